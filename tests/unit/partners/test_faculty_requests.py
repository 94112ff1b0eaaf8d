"""A partner asks for faculty: answered by an instant, never with its own person, counted how fast and how fairly."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.partners.events import faculty_access as events
from services.partners.model.faculty.faculty_member import FacultyMember
from services.partners.model.faculty.faculty_request import FacultyRequest, access_of, apart
from services.partners.model.faculty.faculty_request_lifecycle import (
    FacultyNotActive,
    FacultyOfThePartner,
    FacultyRequestState,
)
from services.partners.model.partner_lifecycle import PartnerNotInTheProgramme
from tests.builders.partners import a_faculty_member, a_faculty_request, a_partner, a_person

ASKED_AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
DUE_AT = datetime(2026, 6, 11, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def active() -> FacultyMember:
    member, said = a_faculty_member(), {"by": "staff_1", "at": ASKED_AT}
    member.consider(**said)
    member.invite(**said)
    member.orient(**said)
    member.appoint(person=a_person(), **said)
    return member


def answered(after: timedelta, *, grants: bool = True, partner_id: str = "prt_1") -> FacultyRequest:
    request = a_faculty_request(partner_id=partner_id)
    said: dict[str, Any] = {"by": "staff_1", "at": ASKED_AT + after}
    request.fall_overdue(said["at"])
    if grants:
        request.grant([(active(), a_person(partner_id="prt_9"))], **said)
    else:
        request.decline(reason="Nobody knows that yet", **said)
    return request


def test_a_request_is_overdue_at_its_instant_and_not_before_and_once() -> None:
    request = a_faculty_request()

    assert not request.fall_overdue(DUE_AT - timedelta(milliseconds=1))
    assert request.fall_overdue(DUE_AT)
    assert not request.fall_overdue(DUE_AT + timedelta(days=9))
    assert [each for each in request.recorded if isinstance(each, events.FacultyAccessOverdue)] == [
        events.FacultyAccessOverdue(faculty_request_id="frq_1", partner_id="prt_1", answer_by=DUE_AT)
    ]


def test_what_is_answered_in_time_is_never_overdue() -> None:
    request = answered(HOUR)

    assert not request.fall_overdue(DUE_AT)
    assert request.overdue_since is None


def test_a_partner_is_given_active_faculty_and_none_of_its_own() -> None:
    request, said = a_faculty_request(), {"by": "staff_1", "at": ASKED_AT}

    with pytest.raises(FacultyNotActive, match="fac_1 is nominated"):
        request.grant([(a_faculty_member(), a_person(partner_id="prt_2"))], **said)
    with pytest.raises(FacultyOfThePartner, match="person per_1, is of partner prt_1 itself"):
        request.grant([(active(), a_person(partner_id="prt_1"))], **said)
    assert request.state is FacultyRequestState.OPEN


def test_only_a_partner_in_the_programme_asks() -> None:
    with pytest.raises(PartnerNotInTheProgramme, match="prt_1 is proposed"):
        a_faculty_request(partner=a_partner())


def test_who_opens_a_request_again_has_it_answered_anew() -> None:
    request = answered(HOUR)
    request.reopen(reason="She has left", by="staff_1", at=DUE_AT, answer=timedelta(days=10))

    assert (request.person_ids, request.answered_at, request.answer_due_at) == ([], None, DUE_AT + timedelta(days=10))


def test_how_fast_and_how_often_a_partner_is_answered_is_counted_without_what_was_withdrawn() -> None:
    withdrawn, waiting = a_faculty_request(), a_faculty_request()
    withdrawn.withdraw(reason="We found somebody", by="lead_1", at=ASKED_AT)
    late = answered(timedelta(days=11), grants=False)

    counted = access_of("prt_1", [answered(1 * HOUR), answered(4 * HOUR), late, withdrawn, waiting])

    assert (counted.requested, counted.granted, counted.declined, counted.awaiting, counted.overdue) == (4, 2, 1, 1, 1)
    assert (counted.median_response_seconds, counted.granted_percent) == (4 * 3600, 67)


def test_of_an_even_number_the_median_is_between_the_two_in_the_middle() -> None:
    assert access_of("prt_1", [answered(1 * HOUR), answered(2 * HOUR)]).median_response_seconds == 5400


def test_partners_are_apart_by_the_fastest_and_the_slowest_of_those_that_were_answered() -> None:
    assert apart({"prt_1": 3600, "prt_2": 7200, "prt_3": None}) == 3600
    assert apart({"prt_1": 3600, "prt_3": None}) is None
