"""Who is asked whether another term of a partner follows, and who is told what was decided."""

from typing import Any

import pytest

from chassis.domain.errors import Superseded
from services.notifications.use_cases import term
from tests.integration.notifications.harness import NotificationsHarness
from tests.integration.notifications.standing import depart
from tests.service_harness import an_event

FIRST_TERM = {"partner_id": "prt_1", "term_ends_on": "2028-12-31", "admission_number": 1}
RENEWED = {**FIRST_TERM, "term_starts_on": "2029-01-01", "term_ends_on": "2031-12-31", "reason": "There is more to do"}


@pytest.fixture
def staffed(one_coach: NotificationsHarness) -> NotificationsHarness:
    """The institute has one person on its staff; the partner is in the programme for the first time."""
    one_coach.person("per_staff", partner_id=None, role="staff")
    return one_coach


def ask(known: NotificationsHarness, what: str, *, sequence: int, **said: Any) -> None:
    event = an_event(id=f"evt_{what}_{sequence}", type=f"partners.term.{what}", sequence=sequence)
    known.react("ask_whether_another_term_follows", event, {**FIRST_TERM, "term_id": "trm_1", **said})


def renew(known: NotificationsHarness, *, sequence: int = 5) -> None:
    known.do(term.tell_the_leaders_that_another_term_follows, sequence=sequence, **RENEWED)


def let_end(known: NotificationsHarness, *, sequence: int = 5) -> None:
    known.do(term.tell_the_leaders_that_no_other_term_follows, sequence=sequence, **FIRST_TERM, reason="It is reached")


def reconsider(known: NotificationsHarness, *, sequence: int) -> None:
    known.do(term.tell_the_leaders_that_it_is_open_again, sequence=sequence, **FIRST_TERM, reason="A new government")


def about_terms(known: NotificationsHarness) -> list[str]:
    return [each for each in known.categories() if each.startswith(("renewal", "term"))]


def test_staff_is_asked_once_whether_another_term_follows_and_told_once_that_it_is_overdue(
    staffed: NotificationsHarness,
) -> None:
    ask(staffed, "renewal_due", sequence=4)
    ask(staffed, "renewal_due", sequence=4)
    staffed.post()
    ask(staffed, "renewal_overdue", sequence=5)

    asked = [each for each in staffed.letters() if each["recipient_id"] == "per_staff"]
    assert sorted(each["subject"] for each in asked) == [
        "Is there another term of Partner prt_1?",
        "Overdue: is there another term of Partner prt_1?",
    ]
    assert all("31 December 2028" in each["body"] for each in asked)


def test_nobody_is_asked_any_more_once_it_is_decided_whichever_is_heard_first(staffed: NotificationsHarness) -> None:
    ask(staffed, "renewal_due", sequence=4)
    renew(staffed)
    ask(staffed, "renewal_overdue", sequence=5)

    assert about_terms(staffed) == ["renewal_due: cancelled", "term_goes_on: ready"]
    ask(staffed, "renewal_due", sequence=6, term_ends_on="2031-12-31")
    assert "renewal_due: ready" in about_terms(staffed)


def test_the_leaders_are_told_once_that_their_term_goes_on_until_when_and_why(staffed: NotificationsHarness) -> None:
    renew(staffed)
    with pytest.raises(Superseded):
        renew(staffed)

    (letter,) = [each for each in staffed.letters() if each["category"] == "term_goes_on"]
    assert letter["recipient_id"] != "per_staff"
    assert "from 1 January 2029 to 31 December 2031" in letter["body"]
    assert "There is more to do" in letter["body"]


def test_the_leaders_are_told_that_no_other_term_follows_and_of_a_renewal_that_overtakes_it(
    staffed: NotificationsHarness,
) -> None:
    let_end(staffed, sequence=5)
    staffed.post()
    renew(staffed, sequence=6)

    ends, goes_on = [each for each in staffed.letters() if each["category"].startswith("term_")]
    assert ends["subject"] == "The term of Partner prt_1 ends on 31 December 2028"
    assert "that no other term follows, holds no more" in goes_on["body"]


def test_who_may_know_a_decision_is_told_when_it_is_taken_back_and_nobody_else(staffed: NotificationsHarness) -> None:
    renew(staffed, sequence=5)
    reconsider(staffed, sequence=6)
    assert about_terms(staffed) == ["term_goes_on: cancelled"]

    let_end(staffed, sequence=7)
    staffed.post()
    reconsider(staffed, sequence=8)
    with pytest.raises(Superseded):
        renew(staffed, sequence=4)

    assert about_terms(staffed) == ["term_ends: sent", "term_goes_on: cancelled", "term_is_open: ready"]


def test_of_a_partner_that_has_departed_nobody_is_asked_or_told_of_another_term(staffed: NotificationsHarness) -> None:
    renew(staffed)
    depart(staffed)

    ask(staffed, "renewal_due", sequence=4, term_ends_on="2031-12-31")

    assert about_terms(staffed) == ["term_goes_on: cancelled"]
