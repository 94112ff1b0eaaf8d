"""Who is asked to confirm what data propose, who is told that data get worse, and what happens when they do not."""

from datetime import date
from typing import Any

import pytest

from chassis.domain.errors import Superseded
from services.notifications.use_cases import engagement_standing, measurement, milestone
from tests.integration.notifications.harness import NotificationsHarness

ABOUT = {"partner_id": "prt_1", "milestone_id": "mst_1", "title": "Infections halved"}
SHIFT: dict[str, Any] = {
    "signal_id": "sgn_1",
    "engagement_id": "eng_1",
    "partner_id": "prt_1",
    "coach_id": "per_coach",
    "title": "Infections",
    "stratum": None,
    "rules": "perla_2011",
    "rule": "shift",
    "meaning": "concern",
    "first": date(2026, 3, 2),
    "last": date(2026, 4, 6),
    "length": 6,
}


def propose(known: NotificationsHarness, *, sequence: int = 2) -> None:
    known.do(measurement.ask_to_confirm, sequence=sequence, **ABOUT, engagement_id="eng_1", coach_id="per_coach",
             finding="“Infections” shows a favourable shift of 6 data points")  # fmt: skip


def withdraw(known: NotificationsHarness, *, sequence: int = 3) -> None:
    known.do(measurement.stop_asking_to_confirm, sequence=sequence, **ABOUT, reason="The data do not show it any more")


def detect(known: NotificationsHarness, *, sequence: int = 1, **otherwise: Any) -> None:
    known.do(measurement.prompt_the_coach, sequence=sequence, **SHIFT | otherwise)


def take_back(known: NotificationsHarness, *, sequence: int = 2) -> None:
    names = ("signal_id", "partner_id", "title", "stratum")
    known.do(measurement.take_the_prompt_back, sequence=sequence, **{name: SHIFT[name] for name in names})


def recipients(known: NotificationsHarness, category: str) -> list[str]:
    return sorted(letter["recipient_id"] for letter in known.letters(category=category))


def test_leaders_and_the_coach_are_asked_to_confirm_once(one_coach: NotificationsHarness) -> None:
    propose(one_coach)
    with pytest.raises(Superseded):
        propose(one_coach)

    assert recipients(one_coach, "milestone_proposed") == ["per_coach", "per_leader"]
    assert "because you lead the coaching of" in one_coach.letters(recipient_id="per_coach")[0]["body"]
    assert "because you lead Partner prt_1" in one_coach.letters(recipient_id="per_leader")[0]["body"]


def test_who_was_asked_is_told_when_there_is_nothing_to_confirm_any_more(one_coach: NotificationsHarness) -> None:
    propose(one_coach)
    one_coach.post()

    withdraw(one_coach)

    assert recipients(one_coach, "milestone_proposal_withdrawn") == ["per_coach", "per_leader"]
    assert "The data do not show it any more" in one_coach.letters(category="milestone_proposal_withdrawn")[0]["body"]


def test_who_was_not_asked_yet_never_is_and_is_told_nothing(one_coach: NotificationsHarness) -> None:
    propose(one_coach)

    withdraw(one_coach)

    assert set(one_coach.categories()) == {"milestone_proposed: cancelled"}


def test_a_proposal_that_is_heard_after_its_end_asks_nobody(one_coach: NotificationsHarness) -> None:
    withdraw(one_coach)

    with pytest.raises(Superseded):
        propose(one_coach)

    assert one_coach.letters() == []


def test_what_is_reached_before_the_question_leaves_is_not_asked(one_coach: NotificationsHarness) -> None:
    propose(one_coach)

    one_coach.do(milestone.stop_alerts, sequence=3, milestone_id="mst_1")

    assert set(one_coach.categories(category="milestone_proposed")) == {"milestone_proposed: cancelled"}


def test_a_proposal_of_what_is_reached_meanwhile_asks_nobody(one_coach: NotificationsHarness) -> None:
    one_coach.do(milestone.stop_alerts, sequence=3, milestone_id="mst_1")

    with pytest.raises(Superseded):
        propose(one_coach)

    assert one_coach.letters() == []


def test_the_coach_is_told_that_data_get_worse_and_where_and_by_which_rule(one_coach: NotificationsHarness) -> None:
    detect(one_coach, stratum="women")

    (letter,) = one_coach.letters()
    assert (letter["category"], letter["recipient_id"]) == ("signal_of_concern", "per_coach")
    body = " ".join(letter["body"].split())
    assert "“Infections”, for the group “women”, show an unfavourable shift: 6 data points" in body
    assert "from 2 March 2026 to 6 April 2026, by the rules of perla_2011" in body


@pytest.mark.parametrize(
    "otherwise",
    [{"meaning": "improvement"}, {"meaning": "neutral"}, {"rule": "trend"}, {"coach_id": None}],
    ids=["better", "neither", "a trend alone", "no coach yet"],
)
def test_nobody_is_told_of_what_is_no_reason_to_talk(one_coach: NotificationsHarness, otherwise: Any) -> None:
    detect(one_coach, **otherwise)

    assert one_coach.letters() == []


def test_who_was_told_of_a_signal_is_told_that_it_is_there_no_more(one_coach: NotificationsHarness) -> None:
    detect(one_coach)
    one_coach.post()

    take_back(one_coach)

    assert one_coach.categories() == ["signal_of_concern: sent", "signal_withdrawn: ready"]


def test_what_was_not_told_yet_never_is_and_needs_no_correction(one_coach: NotificationsHarness) -> None:
    detect(one_coach)

    take_back(one_coach)

    assert one_coach.categories() == ["signal_of_concern: cancelled"]


def test_a_signal_that_is_heard_after_its_end_is_told_to_nobody(one_coach: NotificationsHarness) -> None:
    take_back(one_coach)

    with pytest.raises(Superseded):
        detect(one_coach)

    assert one_coach.letters() == []


def test_while_the_work_rests_a_coach_is_not_prompted(one_coach: NotificationsHarness) -> None:
    one_coach.do(engagement_standing.rest_coaching, sequence=5, engagement_id="eng_1", partner_id="prt_1",
                 lead_coach_id="per_coach", reason="Elections", with_partner=False)  # fmt: skip

    with pytest.raises(Superseded):
        detect(one_coach)

    assert one_coach.letters(category="signal_of_concern") == []
