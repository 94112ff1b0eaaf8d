"""Who is asked to coach an initiative that stands still, or told that its scores differ, and told when that is over."""

from datetime import date
from typing import Any

import pytest

from chassis.domain.errors import Superseded
from services.notifications.use_cases import engagement_standing, initiative
from tests.integration.notifications.harness import NotificationsHarness

ABOUT: dict[str, Any] = {
    "initiative_id": "ini_1",
    "engagement_id": "eng_1",
    "partner_id": "prt_1",
    "coach_id": "per_coach",
    "title": "Fewer infections",
}


def stall(known: NotificationsHarness, *, sequence: int = 5) -> None:
    known.do(initiative.ask_for_coaching, sequence=sequence, **ABOUT, since=date(2026, 2, 28))


def move_on(known: NotificationsHarness, *, sequence: int = 7, **otherwise: Any) -> None:
    said = {"score": "3.0", "corrected": False, **otherwise}
    known.do(initiative.stop_asking_for_coaching, sequence=sequence, **ABOUT, **said)


def differ(known: NotificationsHarness, *, sequence: int = 5, month: str = "2026-05", own: str = "3.5") -> None:
    known.do(initiative.tell_that_scores_differ, sequence=sequence, **ABOUT, month=month, self_score=own,
             faculty_score="2.5")  # fmt: skip


def agree(known: NotificationsHarness, *, sequence: int = 7, month: str = "2026-05") -> None:
    known.do(initiative.tell_that_scores_agree, sequence=sequence, **ABOUT, month=month, self_score="3.0",
             faculty_score="2.5")  # fmt: skip


def rest(known: NotificationsHarness) -> None:
    known.do(engagement_standing.rest_coaching, sequence=3, engagement_id="eng_1", partner_id="prt_1",
             lead_coach_id="per_coach", reason="Elections")  # fmt: skip


def test_the_lead_coach_is_asked_once_to_coach_what_stands_still(one_coach: NotificationsHarness) -> None:
    stall(one_coach)
    stall(one_coach)

    (letter,) = one_coach.letters()
    assert (letter["recipient_id"], letter["about_kind"], letter["about_id"]) == ("per_coach", "initiative", "ini_1")
    assert letter["subject"] == "Partner prt_1: “Fewer infections” has stood at 2.5 since 28 February 2026"


@pytest.mark.parametrize(
    ("moved", "says"),
    [
        ({}, "It stands at 3.0 now"),
        ({"score": "2.5", "corrected": True}, "That was not so: a score was corrected or given late"),
        ({"score": None}, "It has ended since"),
    ],
    ids=["moved", "never stalled", "closed"],
)
def test_the_coach_who_was_asked_is_told_once_that_it_is_over_and_why(
    one_coach: NotificationsHarness, moved: dict[str, Any], says: str
) -> None:
    stall(one_coach)
    one_coach.post()

    move_on(one_coach, **moved)
    move_on(one_coach, sequence=9, score=None)

    assert sorted(one_coach.categories()) == ["initiative_moved_on: ready", "initiative_stalled: sent"]
    (letter,) = one_coach.letters(category="initiative_moved_on")
    assert (letter["recipient_id"], says in letter["body"]) == ("per_coach", True)


def test_who_was_not_asked_yet_never_is_and_is_told_nothing(one_coach: NotificationsHarness) -> None:
    stall(one_coach)

    move_on(one_coach)

    assert one_coach.categories() == ["initiative_stalled: cancelled"]


def test_a_stall_that_is_heard_after_its_end_asks_nobody(one_coach: NotificationsHarness) -> None:
    move_on(one_coach)

    with pytest.raises(Superseded):
        stall(one_coach)

    assert one_coach.letters() == []


def test_another_stall_asks_again(one_coach: NotificationsHarness) -> None:
    stall(one_coach)
    one_coach.post()
    move_on(one_coach)
    one_coach.post()

    stall(one_coach, sequence=11)

    assert [each for each in one_coach.categories() if "ready" in each] == ["initiative_stalled: ready"]


def test_an_initiative_that_ends_with_its_engagement_is_told_by_that(one_coach: NotificationsHarness) -> None:
    stall(one_coach)
    one_coach.post()

    move_on(one_coach, score=None, with_engagement=True)

    assert one_coach.categories() == ["initiative_stalled: sent"]


@pytest.mark.parametrize("ask", [stall, differ])
def test_nothing_is_asked_while_the_engagement_rests(one_coach: NotificationsHarness, ask: Any) -> None:
    rest(one_coach)

    with pytest.raises(Superseded):
        ask(one_coach)

    assert one_coach.letters(about_id="ini_1") == []


@pytest.mark.parametrize("ask", [stall, differ])
def test_what_is_not_sent_yet_is_not_asked_when_the_engagement_comes_to_rest(
    one_coach: NotificationsHarness, ask: Any
) -> None:
    ask(one_coach)

    rest(one_coach)

    assert {each["state"] for each in one_coach.letters(about_id="ini_1")} == {"cancelled"}


def test_the_lead_coach_is_told_that_a_team_and_faculty_see_it_differently(one_coach: NotificationsHarness) -> None:
    differ(one_coach)

    (letter,) = one_coach.letters()
    assert letter["subject"] == "Partner prt_1: two views of “Fewer infections” in May 2026"
    assert "with 3.5, and faculty with 2.5" in letter["body"]


def test_scores_that_are_corrected_are_told_as_they_are_now_and_the_earlier_ones_never(
    one_coach: NotificationsHarness,
) -> None:
    differ(one_coach)

    differ(one_coach, sequence=6, own="4.0")

    assert one_coach.categories() == ["initiative_scores_differ: cancelled", "initiative_scores_differ: ready"]


def test_who_was_told_of_a_difference_is_told_that_there_is_none(one_coach: NotificationsHarness) -> None:
    differ(one_coach)
    one_coach.post()

    agree(one_coach)

    (letter,) = one_coach.letters(category="initiative_scores_agree")
    assert (letter["recipient_id"], "the team gives 3.0 now, and faculty 2.5" in letter["body"]) == ("per_coach", True)


def test_the_difference_of_another_month_stands(one_coach: NotificationsHarness) -> None:
    differ(one_coach)
    differ(one_coach, sequence=6, month="2026-04")

    agree(one_coach, month="2026-04")

    (stands,) = [each for each in one_coach.letters() if each["state"] == "ready"]
    assert "in May 2026" in stands["subject"]


def test_a_difference_that_is_heard_after_its_end_is_told_to_nobody(one_coach: NotificationsHarness) -> None:
    agree(one_coach)

    with pytest.raises(Superseded):
        differ(one_coach)

    assert one_coach.letters() == []


def test_heard_again_under_another_coach_it_asks_nobody_else(one_coach: NotificationsHarness) -> None:
    stall(one_coach)
    one_coach.coach("per_successor")
    one_coach.do(engagement_standing.keep_the_lead_coach, sequence=8, engagement_id="eng_1",
                 lead_coach_id="per_successor")  # fmt: skip

    stall(one_coach)

    assert [each["recipient_id"] for each in one_coach.letters()] == ["per_coach"]
