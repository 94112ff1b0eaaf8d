"""A milestone that was dropped is aimed at again: what is known of its day by letters is what holds again."""

from datetime import UTC, date, datetime
from itertools import permutations
from typing import Any

import pytest

from chassis.domain.errors import NotYetKnown, Superseded
from services.notifications.use_cases import milestone
from tests.integration.notifications.harness import Heard, NotificationsHarness
from tests.integration.notifications.standing import close, pause, reopen

DAY, OTHER_DAY = date(2026, 9, 1), date(2026, 11, 2)
ABOUT = {"partner_id": "prt_1", "milestone_id": "mst_1", "title": "Ten wards"}
WORK = {**ABOUT, "engagement_id": "eng_1"}


def miss(known: NotificationsHarness, *, sequence: int = 2) -> None:
    known.do(milestone.alert_the_coach_of_a_miss, sequence=sequence, **WORK, coach_id="per_coach", due_on=DAY)


def put_at_risk(known: NotificationsHarness) -> None:
    known.do(milestone.alert_the_coach, sequence=2, **WORK, coach_id="per_coach", due_on=DAY, reason="Few nurses")


def reschedule(known: NotificationsHarness, *, sequence: int) -> None:
    known.do(milestone.tell_of_the_other_day, sequence=sequence, **ABOUT, from_due_on=DAY, due_on=OTHER_DAY)


def drop(known: NotificationsHarness, *, sequence: int = 4) -> None:
    known.do(milestone.stop_alerts, sequence=sequence, milestone_id="mst_1")


def restore(known: NotificationsHarness, *, sequence: int = 5, state: str = "missed", due_on: date = DAY) -> None:
    said = {"state": state, "due_on": due_on, "reason": "There are nurses again"}
    known.do(milestone.tell_where_it_stands, sequence=sequence, **WORK, **said)


ALERTS = [pytest.param(miss, "missed", id="missed"), pytest.param(put_at_risk, "at_risk", id="at risk")]


@pytest.mark.parametrize(("alert", "state"), ALERTS)
def test_the_coach_is_told_where_it_stands_if_the_alert_was_never_sent(
    coached: NotificationsHarness, alert: Any, state: str
) -> None:
    alert(coached)
    drop(coached)

    restore(coached, state=state)

    (letter,) = coached.letters(category=f"milestone_{state}", state="ready")
    assert letter["recipient_id"] == "per_coach"
    assert (
        "“Ten wards” of Partner prt_1 had been given up, and is aimed at again:\n\nThere are nurses" in letter["body"]
    )
    assert "by the end of 1 September 2026" in letter["body"]


@pytest.mark.parametrize(("alert", "state"), ALERTS)
def test_who_has_read_where_it_stands_is_not_told_again(coached: NotificationsHarness, alert: Any, state: str) -> None:
    alert(coached)
    coached.post()
    drop(coached)

    restore(coached, state=state)

    assert coached.categories(category=f"milestone_{state}") == [f"milestone_{state}: sent"]


@pytest.mark.parametrize("state", ["planned", "reopened"])
def test_of_what_nobody_was_told_before_nobody_is_told_now(coached: NotificationsHarness, state: str) -> None:
    drop(coached)

    restore(coached, state=state)

    assert [each for each in coached.categories() if each.startswith("milestone")] == []


def test_that_it_was_missed_on_an_earlier_day_is_no_news_of_this_one(coached: NotificationsHarness) -> None:
    miss(coached)
    coached.post()
    reschedule(coached, sequence=3)
    drop(coached)

    restore(coached, due_on=OTHER_DAY)

    (letter,) = coached.letters(category="milestone_missed", state="ready")
    assert letter["subject"].startswith("Not reached by 2 November 2026")


def test_who_read_that_it_was_missed_is_told_of_its_other_day_if_they_have_not_read_that(
    coached: NotificationsHarness,
) -> None:
    miss(coached)
    coached.post()
    reschedule(coached, sequence=3)
    drop(coached)

    restore(coached, state="planned", due_on=OTHER_DAY)

    (letter,) = coached.letters(category="milestone_rescheduled", state="ready")
    assert "it is to be reached by the end of 2 November 2026" in letter["body"]
    assert "It had been given up meanwhile, and is aimed at again:\n\nThere are nurses again" in letter["body"]


def test_who_read_of_its_other_day_is_not_told_of_it_again(coached: NotificationsHarness) -> None:
    miss(coached)
    coached.post()
    reschedule(coached, sequence=3)
    coached.post()
    drop(coached)

    restore(coached, state="planned", due_on=OTHER_DAY)

    assert coached.categories(category="milestone_rescheduled") == ["milestone_rescheduled: sent"]


def test_of_a_day_that_is_over_only_its_miss_is_told(coached: NotificationsHarness) -> None:
    miss(coached)
    coached.post()
    drop(coached)
    coached.it_is(datetime(2026, 11, 2, 23, 30, tzinfo=UTC))  # In Stockholm it is the day after.

    restore(coached, state="planned", due_on=OTHER_DAY)

    assert coached.letters(category="milestone_rescheduled") == []


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_in_whatever_order_it_is_heard_the_coach_is_told_once(coached: NotificationsHarness, order: list[int]) -> None:
    heard: list[Heard] = [lambda: miss(coached), lambda: drop(coached), lambda: restore(coached)]

    coached.hear_all([heard[index] for index in order])

    (letter,) = coached.letters(category="milestone_missed", state="ready")
    assert "is aimed at again" in letter["body"]


def test_the_unsent_alert_of_before_is_not_sent_even_before_the_drop_is_heard(coached: NotificationsHarness) -> None:
    miss(coached)

    restore(coached)

    assert coached.categories(category="milestone_missed") == ["milestone_missed: cancelled", "milestone_missed: ready"]


@pytest.mark.parametrize("later", [drop, reschedule])
def test_once_it_is_dropped_again_or_has_another_day_it_is_told_to_nobody(
    coached: NotificationsHarness, later: Any
) -> None:
    later(coached, sequence=6)

    with pytest.raises(Superseded):
        restore(coached)

    assert coached.letters(category="milestone_missed") == []


def test_an_alert_of_before_that_is_heard_late_is_told_to_nobody(coached: NotificationsHarness) -> None:
    restore(coached, state="planned")

    with pytest.raises(Superseded):
        put_at_risk(coached)
    reschedule(coached, sequence=3)

    assert [each for each in coached.categories() if each.startswith("milestone")] == []


def test_another_day_of_before_that_is_heard_late_is_told_once(coached: NotificationsHarness) -> None:
    miss(coached)
    coached.post()
    restore(coached, state="planned", due_on=OTHER_DAY)

    reschedule(coached, sequence=3)

    assert coached.categories(category="milestone_rescheduled") == ["milestone_rescheduled: ready"]


def test_while_the_work_rests_the_coach_is_asked_nothing(coached: NotificationsHarness) -> None:
    pause(coached, sequence=4)

    restore(coached)

    assert coached.letters(category="milestone_missed") == []


def test_what_is_aimed_at_again_with_its_engagement_waits_for_the_news_that_this_is_open(
    coached: NotificationsHarness,
) -> None:
    miss(coached)
    close(coached)
    drop(coached)
    with pytest.raises(NotYetKnown):
        restore(coached)

    reopen(coached, sequence=7)
    restore(coached)

    assert coached.categories(category="milestone_missed") == ["milestone_missed: cancelled", "milestone_missed: ready"]


def test_who_leads_it_is_waited_for(one_coach: NotificationsHarness) -> None:
    with pytest.raises(NotYetKnown):
        restore(one_coach)
