"""Who is told that a gap between two groups gets wider, and that it is not wider any more."""

from datetime import date
from typing import Any

import pytest

from chassis.domain.errors import Superseded
from services.notifications.use_cases import engagement_standing, equity_gap
from tests.integration.notifications.harness import NotificationsHarness

WIDENED: dict[str, Any] = {
    "gap_id": "gap_1",
    "engagement_id": "eng_1",
    "partner_id": "prt_1",
    "coach_id": "per_coach",
    "change": "widened",
    "title": "Waiting days",
    "focus": "women",
    "reference": "men",
    "since": date(2026, 3, 23),
    "overall_improved": False,
}
AS_BEFORE = {"change": "as_before", "since": None}
NARROWED = {"change": "narrowed", "since": date(2026, 5, 4)}


def change(known: NotificationsHarness, *, sequence: int = 1, **otherwise: Any) -> None:
    known.do(equity_gap.tell_of_the_gap, sequence=sequence, **WIDENED | otherwise)


def body(known: NotificationsHarness, category: str) -> str:
    return " ".join(known.letters(category=category)[-1]["body"].split())


def test_the_lead_coach_is_told_that_a_gap_gets_wider_between_whom_and_since_when(
    one_coach: NotificationsHarness,
) -> None:
    change(one_coach)

    (letter,) = one_coach.letters()
    assert (letter["category"], letter["recipient_id"]) == ("equity_gap_widened", "per_coach")
    text = body(one_coach, "equity_gap_widened")
    assert "on “Waiting days”, the gap between the group “women” and “men”" in text
    assert "has been wider since 23 March 2026" in text
    assert "do not show that the measure as a whole got better" in text


def test_it_is_said_plainly_when_the_whole_got_better_meanwhile(one_coach: NotificationsHarness) -> None:
    change(one_coach, overall_improved=True)

    assert "The measure as a whole got better at the same time" in body(one_coach, "equity_gap_widened")


def test_a_letter_that_is_not_sent_yet_is_replaced_when_the_whole_gets_better(one_coach: NotificationsHarness) -> None:
    change(one_coach)

    change(one_coach, sequence=2, overall_improved=True)

    assert one_coach.categories() == ["equity_gap_widened: cancelled", "equity_gap_widened: ready"]


@pytest.mark.parametrize(
    ("otherwise", "says"),
    [(NARROWED, "it has been narrower since 4 May 2026"), (AS_BEFORE, "they do not show that")],
    ids=["narrower", "as before"],
)
def test_who_was_told_is_told_when_it_is_not_wider_any_more(
    one_coach: NotificationsHarness, otherwise: Any, says: str
) -> None:
    change(one_coach)
    one_coach.post()

    change(one_coach, sequence=2, **otherwise)

    assert one_coach.categories() == ["equity_gap_not_wider: ready", "equity_gap_widened: sent"]
    assert says in body(one_coach, "equity_gap_not_wider")


def test_who_was_told_that_it_is_not_wider_is_not_told_so_twice(one_coach: NotificationsHarness) -> None:
    change(one_coach)
    one_coach.post()
    change(one_coach, sequence=2, **AS_BEFORE)

    one_coach.post()
    change(one_coach, sequence=3, **NARROWED)

    assert one_coach.categories() == ["equity_gap_not_wider: sent", "equity_gap_widened: sent"]


def test_a_letter_that_it_is_not_wider_is_not_sent_once_it_is_wider_again(one_coach: NotificationsHarness) -> None:
    change(one_coach)
    one_coach.post()
    change(one_coach, sequence=2, **AS_BEFORE)

    change(one_coach, sequence=3)

    expected = ["equity_gap_not_wider: cancelled", "equity_gap_widened: ready", "equity_gap_widened: sent"]
    assert one_coach.categories() == expected


def test_who_was_told_once_is_told_in_the_end_whatever_was_kept_back_between(one_coach: NotificationsHarness) -> None:
    change(one_coach)
    one_coach.post()
    for sequence, otherwise in ((2, AS_BEFORE), (3, {}), (4, NARROWED)):
        change(one_coach, sequence=sequence, **otherwise)

    one_coach.post()

    letters = {each["category"] for each in one_coach.letters(state="sent")}
    assert letters == {"equity_gap_widened", "equity_gap_not_wider"}


def test_what_was_not_told_yet_never_is_and_needs_no_correction(one_coach: NotificationsHarness) -> None:
    change(one_coach)

    change(one_coach, sequence=2, **AS_BEFORE)

    assert one_coach.categories() == ["equity_gap_widened: cancelled"]


def test_a_gap_that_gets_narrower_is_told_to_nobody_who_was_told_nothing(one_coach: NotificationsHarness) -> None:
    change(one_coach, **NARROWED)

    assert one_coach.letters() == []


def test_a_change_that_is_heard_after_a_later_one_is_told_to_nobody(one_coach: NotificationsHarness) -> None:
    change(one_coach, sequence=2, **AS_BEFORE)

    with pytest.raises(Superseded):
        change(one_coach)

    assert one_coach.letters() == []


def test_without_a_coach_nobody_is_told(one_coach: NotificationsHarness) -> None:
    change(one_coach, coach_id=None)

    assert one_coach.letters() == []


def test_who_leads_by_now_is_told_also_if_nobody_did_then(one_coach: NotificationsHarness) -> None:
    one_coach.do(engagement_standing.keep_the_lead_coach, sequence=3, engagement_id="eng_1", lead_coach_id="per_coach")

    change(one_coach, coach_id=None)

    assert [each["recipient_id"] for each in one_coach.letters()] == ["per_coach"]


def test_a_rest_keeps_the_letter_back_and_while_it_lasts_none_is_written(one_coach: NotificationsHarness) -> None:
    change(one_coach)
    one_coach.do(engagement_standing.rest_coaching, sequence=5, engagement_id="eng_1", partner_id="prt_1",
                 lead_coach_id="per_coach", reason="Elections", with_partner=False)  # fmt: skip

    change(one_coach, sequence=2, overall_improved=True)

    assert set(one_coach.categories(category="equity_gap_widened")) == {"equity_gap_widened: cancelled"}


def test_what_becomes_untrue_while_the_work_rests_is_kept_back(one_coach: NotificationsHarness) -> None:
    change(one_coach)
    one_coach.post()
    change(one_coach, sequence=2, **AS_BEFORE)
    one_coach.do(engagement_standing.rest_coaching, sequence=5, engagement_id="eng_1", partner_id="prt_1",
                 lead_coach_id="per_coach", reason="Elections", with_partner=False)  # fmt: skip

    change(one_coach, sequence=3)

    about_the_gap = [each for each in one_coach.categories() if each.startswith("equity_gap")]
    assert about_the_gap == ["equity_gap_not_wider: cancelled", "equity_gap_widened: sent"]
