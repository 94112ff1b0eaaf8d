"""Who of the institute is asked to assess a partner, and told that assessors differ, and when that is over."""

import pytest

from chassis.domain.errors import Superseded
from services.notifications.use_cases import fit
from tests.integration.notifications.harness import NotificationsHarness
from tests.integration.notifications.standing import depart
from tests.service_harness import an_event

FIT = {"fit_id": "fit_1", "partner_id": "prt_1"}
NAMED = {**FIT, "partner_name": "Partner prt_1"}


@pytest.fixture
def staffed(one_coach: NotificationsHarness) -> NotificationsHarness:
    """The institute has one person on its staff."""
    one_coach.person("per_staff", partner_id=None, role="staff")
    return one_coach


def ask(known: NotificationsHarness, what: str, *, sequence: int) -> None:
    event = an_event(id=f"evt_{what}_{sequence}", type=f"partners.assessment.{what}", sequence=sequence)
    known.react("ask_to_assess", event, {**FIT, "due_on": "2027-06-01"})


def excuse(known: NotificationsHarness, *, sequence: int) -> None:
    known.do(fit.stop_asking_to_assess, sequence=sequence, fit_id="fit_1")


def differ(known: NotificationsHarness, *, sequence: int, about: tuple[str, ...] = ("reach",)) -> None:
    known.do(fit.tell_that_assessors_differ, sequence=sequence, **NAMED, characteristics=list(about))


def agree(known: NotificationsHarness, *, sequence: int) -> None:
    known.do(fit.tell_that_assessors_agree, sequence=sequence, **NAMED)


def test_staff_is_asked_once_to_assess_a_partner_and_told_once_that_it_is_overdue(
    staffed: NotificationsHarness,
) -> None:
    ask(staffed, "due", sequence=4)
    ask(staffed, "due", sequence=4)
    staffed.post()
    ask(staffed, "overdue", sequence=5)

    due, overdue = staffed.letters()
    assert (due["recipient_id"], due["subject"]) == ("per_staff", "Partner prt_1 is to be assessed again")
    assert overdue["subject"] == "Overdue: the assessment of Partner prt_1"


def test_who_is_staff_among_other_roles_is_asked_as_staff_is(one_coach: NotificationsHarness) -> None:
    one_coach.person("per_staff", partner_id=None, role="coach", roles=["coach", "staff"])
    one_coach.person("per_other", partner_id=None, role="coach", roles=["coach"])

    ask(one_coach, "due", sequence=4)

    assert [each["recipient_id"] for each in one_coach.letters()] == ["per_staff"]


def test_nobody_is_asked_to_assess_what_is_not_due_any_more(staffed: NotificationsHarness) -> None:
    ask(staffed, "due", sequence=4)
    excuse(staffed, sequence=5)
    ask(staffed, "overdue", sequence=3)

    assert staffed.categories() == ["assessment_due: cancelled"]


def test_staff_hears_that_assessors_differ_also_of_a_partner_that_is_not_admitted(
    staffed: NotificationsHarness,
) -> None:
    known = {**NAMED, "partner_id": "prt_proposed"}
    staffed.do(fit.tell_that_assessors_differ, sequence=1, **known, characteristics=["reach", "desire_to_test"])

    (letter,) = staffed.letters()
    assert letter["subject"] == "Partner prt_1: assessors do not find the same"
    assert "- desire to test" in letter["body"]


def test_who_was_told_that_assessors_differ_is_told_when_they_do_not_any_more(staffed: NotificationsHarness) -> None:
    differ(staffed, sequence=1)
    staffed.post()
    differ(staffed, sequence=2, about=("reach", "desire_to_test"))
    agree(staffed, sequence=3)

    assert staffed.categories() == ["assessors_agree: ready", "assessors_differ: cancelled", "assessors_differ: sent"]


def test_who_was_told_nothing_yet_is_told_nothing(staffed: NotificationsHarness) -> None:
    differ(staffed, sequence=1)
    agree(staffed, sequence=3)
    with pytest.raises(Superseded):
        differ(staffed, sequence=2)

    assert staffed.categories() == ["assessors_differ: cancelled"]


def test_what_was_told_of_an_earlier_round_is_over_with_it(staffed: NotificationsHarness) -> None:
    differ(staffed, sequence=1)
    staffed.post()
    staffed.do(fit.stop_telling_that_assessors_differ, sequence=2, fit_id="fit_1")
    differ(staffed, sequence=3)
    agree(staffed, sequence=4)

    assert staffed.categories() == ["assessors_differ: cancelled", "assessors_differ: sent"]


def test_of_a_partner_that_has_departed_nobody_is_told_that_it_was_due(staffed: NotificationsHarness) -> None:
    depart(staffed)

    ask(staffed, "due", sequence=4)

    assert "assessment_due: ready" not in staffed.categories()
