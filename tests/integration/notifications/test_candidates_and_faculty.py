"""Who is told that a partner that waits has a place, and what becomes of a partner's request for faculty."""

import pytest

from chassis.domain.errors import Superseded
from services.notifications.use_cases import candidacy, faculty_request
from tests.integration.notifications.harness import NotificationsHarness
from tests.service_harness import an_event

CANDIDATE = {"candidate_id": "cnd_1"}
REQUEST = {"faculty_request_id": "frq_1", "partner_id": "prt_1"}


@pytest.fixture
def staffed(one_coach: NotificationsHarness) -> NotificationsHarness:
    """The institute has one person on its staff, and coaches; a partner is in the programme."""
    one_coach.person("per_staff", partner_id=None, role="staff")
    return one_coach


def place_free(known: NotificationsHarness, *, sequence: int) -> None:
    said = {"partner_id": "prt_waiting", "partner_name": "Region Skåne", "since": "2026-06-01T09:00:00.000Z"}
    known.do(candidacy.tell_that_a_place_is_free, sequence=sequence, **CANDIDATE, **said, waiting=2)


def ask(known: NotificationsHarness, what: str, *, sequence: int) -> None:
    event = an_event(id=f"evt_{what}_{sequence}", type=f"partners.faculty_access.{what}", sequence=sequence)
    known.react("ask_for_faculty", event, {**REQUEST, "answer_by": "2026-06-11T09:00:00.000Z"})


def grant(known: NotificationsHarness, *, sequence: int) -> None:
    known.do(faculty_request.tell_the_leaders_whom_they_were_given, sequence=sequence, **REQUEST,
             person_ids=["per_coach"])  # fmt: skip


def about(known: NotificationsHarness, *beginnings: str) -> list[str]:
    return [each for each in known.categories() if each.startswith(beginnings)]


def test_staff_is_told_which_partner_that_waits_has_a_place(staffed: NotificationsHarness) -> None:
    place_free(staffed, sequence=3)

    (letter,) = staffed.letters()
    assert letter["recipient_id"] == "per_staff"
    assert letter["subject"] == "The programme has a place for Region Skåne"
    assert "1 June 2026" in letter["body"]


def test_nobody_is_told_of_a_place_for_who_waits_no_more_whichever_is_heard_first(
    staffed: NotificationsHarness,
) -> None:
    place_free(staffed, sequence=3)
    staffed.do(candidacy.stop_telling_that_a_place_is_free, sequence=5, **CANDIDATE)

    with pytest.raises(Superseded):
        place_free(staffed, sequence=4)
    assert staffed.categories() == ["candidate_place_free: cancelled"]


def test_staff_is_told_once_of_a_request_for_faculty_and_once_that_it_is_overdue(
    staffed: NotificationsHarness,
) -> None:
    ask(staffed, "requested", sequence=1)
    ask(staffed, "requested", sequence=1)
    staffed.post()
    ask(staffed, "overdue", sequence=2)

    asked = [each for each in staffed.letters() if each["recipient_id"] == "per_staff"]
    assert sorted(each["subject"] for each in asked) == [
        "Partner prt_1 asks for faculty",
        "Partner prt_1 still waits for an answer about faculty",
    ]
    assert all("11 June 2026" in each["body"] for each in asked)


def test_the_leaders_are_told_whom_they_were_given_and_staff_is_asked_no_more(staffed: NotificationsHarness) -> None:
    grant(staffed, sequence=3)
    ask(staffed, "requested", sequence=1)
    ask(staffed, "overdue", sequence=2)

    given = [each for each in staffed.letters() if each["category"] == "faculty_granted"]
    assert given
    assert {each["organisation_id"] for each in given} == {"prt_1"}
    assert about(staffed, "faculty_requ") == []


def test_of_a_request_that_is_opened_again_nobody_hears_whom_it_was_given_before(
    staffed: NotificationsHarness,
) -> None:
    ask(staffed, "requested", sequence=4)

    with pytest.raises(Superseded):
        grant(staffed, sequence=3)
    assert about(staffed, "faculty") == ["faculty_requested: ready"]
