"""A milestone that was missed has another day: whoever read that it was missed is told, and nobody else."""

from collections.abc import Callable
from datetime import date

import pytest

from chassis.domain.errors import Superseded
from services.notifications.use_cases import milestone
from tests.integration.notifications.harness import NotificationsHarness

Alert = Callable[[NotificationsHarness], None]
FIRST, SECOND = date(2026, 9, 1), date(2026, 11, 2)
ABOUT = {"partner_id": "prt_1", "milestone_id": "mst_1", "title": "Ten wards"}


def miss(known: NotificationsHarness, *, sequence: int = 2, milestone_id: str = "mst_1") -> None:
    about = {**ABOUT, "milestone_id": milestone_id, "engagement_id": "eng_1", "coach_id": "per_coach", "due_on": FIRST}
    known.do(milestone.alert_the_coach_of_a_miss, sequence=sequence, **about)


def put_at_risk(known: NotificationsHarness) -> None:
    known.do(milestone.alert_the_coach, sequence=2, **ABOUT, engagement_id="eng_1", coach_id="per_coach",
             due_on=FIRST, reason="The data come too late")  # fmt: skip


def reschedule(known: NotificationsHarness, *, to: date = SECOND, sequence: int = 3) -> None:
    known.do(milestone.tell_of_the_other_day, sequence=sequence, **ABOUT, from_due_on=FIRST, due_on=to)


def test_the_coach_who_read_that_it_was_missed_is_told_by_when_it_is_to_be_reached_now(
    one_coach: NotificationsHarness,
) -> None:
    miss(one_coach)
    one_coach.post()

    reschedule(one_coach)

    assert one_coach.categories() == ["milestone_missed: sent", "milestone_rescheduled: ready"]
    (letter,) = one_coach.letters(category="milestone_rescheduled")
    assert (letter["recipient_id"], letter["about_id"]) == ("per_coach", "mst_1")
    assert letter["subject"] == "Now by 2 November 2026: “Ten wards” of Partner prt_1"
    assert "by the end of 2 November 2026 (Europe/Stockholm time; where you are" in letter["body"]
    assert "and no longer by 1 September 2026" in letter["body"]


@pytest.mark.parametrize("alert", [miss, put_at_risk])
def test_what_is_not_sent_yet_about_the_former_day_never_is(one_coach: NotificationsHarness, alert: Alert) -> None:
    alert(one_coach)

    reschedule(one_coach)

    assert {each["state"] for each in one_coach.letters()} == {"cancelled"}


@pytest.mark.parametrize("alert", [miss, put_at_risk])
def test_what_is_heard_of_the_former_day_only_afterwards_is_told_to_nobody(
    one_coach: NotificationsHarness, alert: Alert
) -> None:
    reschedule(one_coach)

    with pytest.raises(Superseded):
        alert(one_coach)

    assert one_coach.letters() == []


def test_of_two_other_days_only_the_last_is_told_in_either_order(one_coach: NotificationsHarness) -> None:
    miss(one_coach)
    one_coach.post()
    reschedule(one_coach, sequence=4, to=date(2026, 12, 1))

    with pytest.raises(Superseded):
        reschedule(one_coach, sequence=3)

    (letter,) = one_coach.letters(category="milestone_rescheduled")
    assert "1 December 2026" in letter["subject"]


def test_a_milestone_missed_again_is_told_again(one_coach: NotificationsHarness) -> None:
    reschedule(one_coach, sequence=3)

    miss(one_coach, sequence=4)

    assert one_coach.categories() == ["milestone_missed: ready"]


def settle(known: NotificationsHarness, *, sequence: int = 3) -> None:
    known.do(milestone.stop_alerts, sequence=sequence, milestone_id="mst_1")


@pytest.mark.parametrize("alert", [miss, put_at_risk])
def test_what_is_not_sent_yet_about_its_day_never_is_once_it_is_reached_or_dropped(
    one_coach: NotificationsHarness, alert: Alert
) -> None:
    alert(one_coach)

    settle(one_coach)

    assert {each["state"] for each in one_coach.letters()} == {"cancelled"}


@pytest.mark.parametrize("alert", [miss, put_at_risk])
def test_what_is_heard_of_its_day_only_when_it_is_reached_or_dropped_is_told_to_nobody(
    one_coach: NotificationsHarness, alert: Alert
) -> None:
    settle(one_coach)

    with pytest.raises(Superseded):
        alert(one_coach)

    assert one_coach.letters() == []


@pytest.mark.parametrize("order", [(reschedule, settle), (settle, reschedule)])
def test_by_which_day_it_is_to_be_reached_instead_is_told_to_nobody_once_it_is_reached(
    one_coach: NotificationsHarness, order: tuple[Callable[..., None], ...]
) -> None:
    miss(one_coach)
    one_coach.post()
    for each in order:
        each(one_coach, sequence=4 if each is settle else 3)

    assert "milestone_rescheduled: ready" not in one_coach.categories()


def test_that_it_was_reached_heard_late_takes_nothing_back_of_what_happened_later(
    one_coach: NotificationsHarness,
) -> None:
    miss(one_coach, sequence=5)

    settle(one_coach)

    assert one_coach.categories() == ["milestone_missed: ready"]


def test_what_is_reached_takes_back_nothing_about_the_other_milestones(one_coach: NotificationsHarness) -> None:
    miss(one_coach, milestone_id="mst_2")

    settle(one_coach)

    assert one_coach.categories() == ["milestone_missed: ready"]


def test_a_milestone_missed_after_it_was_reached_and_opened_again_is_told(one_coach: NotificationsHarness) -> None:
    settle(one_coach)

    miss(one_coach, sequence=5)

    assert one_coach.categories() == ["milestone_missed: ready"]
