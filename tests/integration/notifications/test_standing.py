"""What rests and what ends: coaches are asked nothing that cannot be done, and everybody is told once, and why."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import permutations
from typing import Any

import pytest

from chassis.domain.errors import Superseded
from services.notifications.use_cases import invitation_end, milestone, partner
from tests.integration.notifications.harness import Heard, NotificationsHarness
from tests.integration.notifications.standing import close, depart, hand_over, pause, reopen, resume, state, told

AFTER_ITS_DAY = datetime(2026, 8, 1, 12, tzinfo=UTC)


def test_while_an_engagement_rests_its_coach_is_asked_nothing(coached: NotificationsHarness) -> None:
    pause(coached)
    coached.it_is(AFTER_ITS_DAY)
    coached.let_due_fall()

    assert state(coached) == "resting"
    assert coached.categories() == ["coaching_paused: ready", "follow_up: cancelled", "work_paused: ready"]
    (letter,) = coached.letters(category="coaching_paused")
    assert letter["recipient_id"] == "per_coach"
    assert "Elections" in letter["body"]


def test_what_was_taken_up_again_is_due_with_notice_enough(coached: NotificationsHarness) -> None:
    pause(coached)
    coached.it_is(AFTER_ITS_DAY)

    resume(coached)

    (follow_up,) = coached.follow_ups()
    (letter,) = coached.letters(category="coaching_resumed")
    assert (follow_up["state"], follow_up["due_on"]) == ("planned", "2026-08-04")
    assert told(coached, "per_coach") == ["coaching_resumed"]
    assert told(coached, "per_leader") == ["work_resumed"]
    assert "“Infections halved”, by 4 August 2026" in letter["body"]


def test_who_was_reminded_before_a_rest_is_reminded_again_after_it(coached: NotificationsHarness) -> None:
    coached.it_is(datetime(2026, 6, 15, 12, tzinfo=UTC))
    coached.let_due_fall()
    pause(coached)
    coached.it_is(AFTER_ITS_DAY)
    resume(coached)

    coached.it_is(datetime(2026, 8, 4, 12, tzinfo=UTC))
    coached.let_due_fall()

    assert state(coached) == "due"
    assert coached.categories(category="follow_up_due") == ["follow_up_due: cancelled", "follow_up_due: ready"]


def test_what_was_reached_just_before_a_rest_rests_too_when_it_is_heard_after_it(coached: NotificationsHarness) -> None:
    pause(coached)

    coached.coach_after(milestone_id="mst_2")

    assert {each["state"] for each in coached.follow_ups()} == {"resting"}
    assert coached.categories(category="follow_up") == ["follow_up: cancelled"]


def test_when_an_engagement_has_ended_nothing_is_asked_any_more(coached: NotificationsHarness) -> None:
    close(coached)

    (said,) = coached.published("notifications.follow_up.cancelled")
    assert said["data"]["reason"] == "engagement_closed"
    assert told(coached, "per_coach") == ["coaching_ended"]
    assert told(coached, "per_leader") == ["work_ended"]
    coached.coach_after(milestone_id="mst_2")
    assert {each["state"] for each in coached.follow_ups()} == {"cancelled"}
    assert coached.categories(category="follow_up") == ["follow_up: cancelled"]


@pytest.mark.parametrize("ended", [pause, close])
def test_no_coach_is_alerted_about_what_rests_or_has_ended(coached: NotificationsHarness, ended: Any) -> None:
    about = {"milestone_id": "mst_3", "engagement_id": "eng_1", "partner_id": "prt_1", "coach_id": "per_coach",
             "title": "Ten wards", "due_on": date(2026, 6, 1)}  # fmt: skip
    coached.do(milestone.alert_the_coach_of_a_miss, sequence=2, **about)

    ended(coached)

    assert coached.categories(category="milestone_missed") == ["milestone_missed: cancelled"]
    with pytest.raises(Superseded):
        coached.do(milestone.alert_the_coach, sequence=3, **about, reason="Few nurses")


@pytest.mark.parametrize("news", [pause, resume, close])
def test_news_of_an_engagement_takes_back_nothing_that_another_one_asks(
    coached: NotificationsHarness, news: Any
) -> None:
    about = {"milestone_id": "mst_3", "engagement_id": "eng_1", "partner_id": "prt_1", "coach_id": "per_coach",
             "title": "Ten wards", "due_on": date(2026, 6, 1)}  # fmt: skip
    coached.do(milestone.alert_the_coach_of_a_miss, sequence=2, **about)

    news(coached, engagement_id="eng_of_an_earlier_admission")

    asked = {"follow_up: ready", "milestone_missed: ready"}
    assert {each for each in coached.categories() if each.startswith(("follow_up", "milestone"))} == asked


def test_leaders_hear_of_their_partners_rest_in_one_letter(coached: NotificationsHarness) -> None:
    rests = {"partner_id": "prt_1", "reason": "Elections", "paused_on": date(2026, 6, 1)}
    coached.do(partner.tell_the_leaders_that_it_rests, sequence=2, **rests)
    pause(coached, with_partner=True)

    (letter,) = coached.letters(category="partnership_paused")
    assert told(coached, "per_leader") == ["partnership_paused"]
    assert told(coached, "per_coach") == ["coaching_paused"]
    assert "Elections" in letter["body"]


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_in_whatever_order_it_is_heard_the_last_news_holds(coached: NotificationsHarness, order: list[int]) -> None:
    heard: list[Heard] = [lambda: pause(coached), lambda: resume(coached), lambda: close(coached)]

    coached.hear_all([heard[index] for index in order])

    assert told(coached, "per_coach") == ["coaching_ended"]
    assert told(coached, "per_leader") == ["work_ended"]
    assert state(coached) == "cancelled"


@pytest.fixture
def begun(notifications: NotificationsHarness) -> NotificationsHarness:
    """Those are known whom the events of an engagement are about, but none of these events."""
    notifications.partner()
    notifications.person("per_leader")
    notifications.coach("per_coach")
    notifications.coach("per_successor")
    return notifications


@pytest.mark.parametrize(
    ("news", "category"), [(pause, "coaching_paused"), (resume, "coaching_resumed"), (close, "coaching_ended")]
)
def test_a_coach_is_told_also_when_it_was_not_heard_yet_that_they_lead_the_work(
    begun: NotificationsHarness, news: Callable[..., None], category: str
) -> None:
    news(begun, lead_coach_id="per_coach")

    assert told(begun, "per_coach") == [category]


@pytest.mark.parametrize("order", list(permutations(range(4))), ids=str)
def test_an_end_taken_back_before_a_rest_cancels_nothing_for_good(
    begun: NotificationsHarness, order: list[int]
) -> None:
    heard: list[Heard] = [
        begun.coach_after,
        lambda: close(begun, sequence=4),
        lambda: reopen(begun, sequence=5),
        lambda: pause(begun, sequence=6),
    ]

    begun.hear_all([heard[index] for index in order])

    assert state(begun) == "resting"


@pytest.mark.parametrize("order", list(permutations(range(4))), ids=str)
def test_what_is_asked_again_after_an_end_is_asked_of_who_leads_the_work_then(
    begun: NotificationsHarness, order: list[int]
) -> None:
    heard: list[Heard] = [
        begun.coach_after,
        lambda: hand_over(begun, sequence=4),
        lambda: close(begun, sequence=5),
        lambda: reopen(begun, sequence=6),
    ]

    begun.hear_all([heard[index] for index in order])

    (follow_up,) = begun.follow_ups()
    assert (follow_up["state"], follow_up["coach_id"]) == ("planned", "per_successor")


def test_a_partner_that_departs_is_said_goodbye_to_once_and_told_of_no_other_camp(
    coached: NotificationsHarness,
) -> None:
    coached.invite()
    coached.post()

    depart(coached)
    coached.depart()
    close(coached, with_partner=True)
    coached.about_the_invitation(invitation_end.announce_withdrawal, sequence=2, reason="Merged")

    (letter,) = coached.letters(category="farewell")
    assert told(coached, "per_leader") == ["farewell"]
    assert told(coached, "per_coach") == ["coaching_ended"]
    assert "Merged" in letter["body"]


def test_a_withdrawal_that_is_heard_first_is_overtaken_by_the_goodbye(coached: NotificationsHarness) -> None:
    coached.invite()
    coached.post()
    coached.about_the_invitation(invitation_end.announce_withdrawal, sequence=2, reason="Merged")

    depart(coached)

    assert told(coached, "per_leader") == ["farewell"]


def test_no_invitation_is_written_to_a_partner_that_has_departed(coached: NotificationsHarness) -> None:
    depart(coached)

    coached.invite()

    assert told(coached, "per_leader") == ["farewell"]
