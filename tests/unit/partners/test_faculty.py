"""How somebody comes to the faculty, and out of it, and what is kept of that."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.partners.events import faculty as events
from services.partners.model.faculty.faculty_lifecycle import FacultyState
from services.partners.model.faculty.faculty_member import FacultyMember
from services.partners.model.person import Person
from services.partners.model.person_lifecycle import PersonHasLeft
from tests.builders.partners import a_faculty_member, a_person, a_provenance

SAID: dict[str, Any] = {"by": "staff_2", "at": datetime(2026, 7, 1, 9, tzinfo=UTC)}


def who_left() -> Person:
    person = a_person()
    person.leave(on=date(2026, 6, 15), **SAID)
    return person


def ready_to_coach() -> FacultyMember:
    member = a_faculty_member()
    member.consider(**SAID)
    member.invite(**SAID)
    member.orient(**SAID)
    return member


def test_where_somebody_came_from_stays_on_record_with_each_step_and_its_reason() -> None:
    member = a_faculty_member(provenance=a_provenance(experience_id="exp_1"))
    member.consider(**SAID)
    member.invite(**SAID)
    member.decline(reason="No time this year", **SAID)
    member.reconsider(reason="She has time now", **SAID)

    assert member.provenance == a_provenance(experience_id="exp_1")
    assert [(each.to, each.reason, each.by) for each in member.history] == [
        ("nominated", "She teaches others", "staff_1"),
        ("considered", None, "staff_2"),
        ("invited", None, "staff_2"),
        ("declined", "No time this year", "staff_2"),
        ("considered", "She has time now", "staff_2"),
    ]


def test_others_hear_of_a_nomination_an_appointment_a_retirement_and_an_appointment_once_more() -> None:
    member = ready_to_coach()
    member.appoint(person=a_person(), **SAID)
    member.retire(person=a_person(), reason="She moves", **SAID)
    member.reinstate(person=a_person(), reason="She is back", **SAID)

    assert [type(each) for each in member.recorded] == [
        events.FacultyNominated,
        events.FacultyAppointed,
        events.FacultyRetired,
        events.FacultyAppointed,
    ]
    described = {"person_id": "per_1", "partner_id": "prt_1", "topics": ["safer_care"], "languages": ["sv"]}
    assert member.recorded[1] == events.FacultyAppointed(faculty_member_id="fac_1", **described)


def test_who_has_left_is_neither_nominated_nor_appointed() -> None:
    with pytest.raises(PersonHasLeft, match="per_1 left on 2026-06-15"):
        a_faculty_member(person=who_left())
    member = ready_to_coach()
    with pytest.raises(PersonHasLeft):
        member.appoint(person=who_left(), **SAID)
    assert member.state is FacultyState.ORIENTING


def test_a_faculty_member_whose_person_left_can_retire_but_not_come_back() -> None:
    member = ready_to_coach()
    member.appoint(person=a_person(), **SAID)
    member.retire(person=who_left(), reason="She has left", **SAID)

    with pytest.raises(PersonHasLeft):
        member.reinstate(person=who_left(), reason="She is back", **SAID)
    assert member.state is FacultyState.EMERITUS


def test_what_they_coach_about_is_changed_only_where_it_is_different() -> None:
    member = a_faculty_member()

    assert not member.change(topics=["safer_care"])
    assert member.change(topics=["flow"], languages=["sv", "en"])
    assert (member.topics, member.languages, member.zone) == (["flow"], ["sv", "en"], "Europe/Stockholm")
