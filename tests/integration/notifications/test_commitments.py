"""Who is reminded of what was promised at a camp, and who is told that its day is over, once and truly."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from chassis.domain.errors import Superseded
from chassis.persistence.claims import Claims
from services.notifications.use_cases import commitment, engagement_standing
from tests.integration.notifications.harness import NotificationsHarness

PROMISE: dict[str, Any] = {
    "commitment_id": "cmt_1", "partner_id": "prt_1", "what": "A checklist", "camp_title": "Summer Camp 2026",
    "owner_id": "per_leader", "made_on": date(2026, 6, 1), "due_on": date(2026, 8, 15),
}  # fmt: skip


def hear(known: NotificationsHarness, use_case: Callable[..., object], sequence: int, **otherwise: Any) -> None:
    known.do(use_case, sequence=sequence, **PROMISE | otherwise)


def it_is(known: NotificationsHarness, year: int, month: int, day: int, hour: int = 12) -> None:
    """Let time pass, and the timer poke."""
    known.it_becomes(datetime(year, month, day, hour, tzinfo=UTC))
    claims = Claims(known.store, collection="commitments", owner="test", lease_seconds=30)
    commitment.remind_of_promises(store=known.store, claims=claims, letter_templates=known.letter_templates)


def reminded(known: NotificationsHarness) -> list[str]:
    return sorted(f"{each['recipient_id']}: {each['state']}" for each in known.letters(category="commitment_reminder"))


def test_its_owner_is_reminded_after_30_and_60_days_and_not_after_its_day(one_coach: NotificationsHarness) -> None:
    hear(one_coach, commitment.remind_of_the_promise, 1)
    it_is(one_coach, 2026, 6, 30)
    before = reminded(one_coach)

    it_is(one_coach, 2026, 7, 1)
    after_30 = reminded(one_coach)
    it_is(one_coach, 2026, 7, 2)
    it_is(one_coach, 2026, 9, 20)

    assert (before, len(after_30), len(reminded(one_coach))) == ([], 1, 2)


def test_what_is_reported_asks_nobody_any_more(one_coach: NotificationsHarness) -> None:
    hear(one_coach, commitment.remind_of_the_promise, 1)
    it_is(one_coach, 2026, 7, 1)

    hear(one_coach, commitment.stop_reminding_of_the_promise, 2)
    it_is(one_coach, 2026, 8, 1)

    assert [each.partition(": ")[2] for each in reminded(one_coach)] == ["cancelled"]


def test_a_report_that_is_taken_back_is_reminded_of_again(one_coach: NotificationsHarness) -> None:
    hear(one_coach, commitment.stop_reminding_of_the_promise, 2)
    with pytest.raises(Superseded):
        hear(one_coach, commitment.remind_of_the_promise, 1)
    hear(one_coach, commitment.remind_of_the_promise, 3)

    it_is(one_coach, 2026, 7, 1)

    assert len(reminded(one_coach)) == 1


def test_when_its_day_is_over_owner_and_lead_coach_are_told_once(one_coach: NotificationsHarness) -> None:
    one_coach.do(engagement_standing.keep_the_lead_coach, engagement_id="eng_1", lead_coach_id="per_coach")
    hear(one_coach, commitment.remind_of_the_promise, 2)
    for sequence in (2, 2):
        hear(one_coach, commitment.tell_its_owner_that_it_is_overdue, sequence)
    one_coach.do(commitment.tell_the_coach_that_it_is_overdue, sequence=2, engagement_id="eng_1", **PROMISE)

    told = {(each["category"], each["recipient_id"]) for each in one_coach.letters()}
    assert ("commitment_overdue", "per_leader") in told
    assert len([each for each in told if each[0].startswith("commitment")]) == 2


def test_what_is_promised_otherwise_is_not_overdue(one_coach: NotificationsHarness) -> None:
    hear(one_coach, commitment.tell_its_owner_that_it_is_overdue, 2)
    hear(one_coach, commitment.remind_of_the_promise, 3, due_on=date(2026, 12, 1))

    assert [each["state"] for each in one_coach.letters(category="commitment_overdue")] == ["cancelled"]
    with pytest.raises(Superseded):
        hear(one_coach, commitment.tell_its_owner_that_it_is_overdue, 2)
