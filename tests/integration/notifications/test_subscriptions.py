"""What notifications makes of events, in whatever order and however often they come."""

import random
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest

from chassis.domain.errors import NotYetKnown, Superseded
from chassis.domain.scope import PLATFORM
from services.notifications.repository import Recipients
from tests.integration.notifications.harness import CAUSE, Heard, NotificationsHarness


def outcome(notifications: NotificationsHarness) -> tuple[Counter[Any], list[Any]]:
    letters = Counter((letter["category"], letter["recipient_id"]) for letter in notifications.letters())
    return letters, [(each["milestone_id"], each["coach_id"], each["due_on"]) for each in notifications.follow_ups()]


def test_a_milestone_reached_plans_a_follow_up_and_writes_to_the_coach(notifications: NotificationsHarness) -> None:
    notifications.coach("per_coach")
    notifications.partner("prt_1")

    notifications.coach_after(kind="aim_target", milestone_id="mst_1")

    (follow_up,) = notifications.follow_ups()
    (letter,) = notifications.letters()
    (said,) = notifications.published("notifications.follow_up.planned")
    assert (follow_up["coach_id"], follow_up["due_on"]) == ("per_coach", "2026-06-15")
    assert (letter["category"], letter["about_id"], letter["recipient_id"]) == (
        "follow_up",
        follow_up["id"],
        "per_coach",
    )
    assert "15 June 2026" in letter["subject"]
    assert "Partner prt_1" in letter["body"]
    assert said["data"] == {
        "follow_up_id": follow_up["id"],
        "partner_id": "prt_1",
        "engagement_id": "eng_1",
        "milestone_id": "mst_1",
        "initiative_id": None,
        "coach_id": "per_coach",
        "due_on": "2026-06-15",
        "policy": "hold_the_gain",
    }
    reached = notifications.heard_by("plan_coaching_follow_up")
    assert (said["correlation_id"], said["causation_id"]) == ("req_test", reached)


def test_days_are_counted_in_the_coachs_zone(notifications: NotificationsHarness, store: Any) -> None:
    store.clock.now = datetime(2026, 8, 1, 2, 0, tzinfo=UTC)  # still 31 July in New York
    notifications.coach(zone="America/New_York")
    notifications.partner()

    notifications.coach_after()

    assert notifications.follow_ups()[0]["due_on"] == "2026-08-03"


@pytest.mark.parametrize("missing", ["coach", "partner"])
def test_nothing_is_planned_before_coach_and_partner_are_known(
    notifications: NotificationsHarness, missing: str
) -> None:
    if missing == "coach":
        notifications.partner()
    else:
        notifications.coach()

    with pytest.raises(NotYetKnown, match=missing if missing == "partner" else "recipient per_coach"):
        notifications.coach_after()

    assert notifications.follow_ups() == []


def test_a_milestone_reached_again_is_followed_up_again(notifications: NotificationsHarness) -> None:
    notifications.coach()
    notifications.partner()

    for sequence in (2, 2, 4):
        notifications.coach_after(milestone_id="mst_1", sequence=sequence)

    assert len(notifications.follow_ups(milestone_id="mst_1")) == 2
    assert len(notifications.letters(category="follow_up")) == 2


def test_everybody_who_leads_the_partner_is_told_and_nobody_else(notifications: NotificationsHarness) -> None:
    notifications.partner(leader_ids=("per_leader",))
    notifications.person("per_leader")
    notifications.person("per_later_leader")
    notifications.person("per_improver", role="improver")
    notifications.person("per_elsewhere", partner_id="prt_2")

    notifications.tell()

    assert {letter["recipient_id"] for letter in notifications.letters()} == {"per_leader", "per_later_leader"}


def test_leaders_are_not_told_before_all_that_the_partner_was_admitted_with_are_known(
    notifications: NotificationsHarness,
) -> None:
    notifications.partner(leader_ids=("per_leader", "per_second"))
    notifications.person("per_leader")

    with pytest.raises(NotYetKnown, match="per_second"):
        notifications.tell()

    assert notifications.letters() == []


def test_an_invitation_goes_to_the_leaders_with_its_days_and_reasons(notifications: NotificationsHarness) -> None:
    notifications.partner()
    notifications.person("per_leader")

    notifications.invite()

    (letter,) = notifications.letters(about_id="inv_1")
    assert (letter["category"], letter["about_kind"]) == ("invitation", "invitation")
    assert letter["subject"] == "You are invited: Summer Camp 2026, Boston"
    assert "- Infections halved" in letter["body"]


def test_a_recipient_keeps_what_the_latest_event_said(notifications: NotificationsHarness) -> None:
    notifications.person("per_leader", sequence=2, name="Åsa Lind")
    with pytest.raises(Superseded, match="event 2 of this subject is known, and this is 1"):
        notifications.person("per_leader", sequence=1, name="Åsa Berg")
    notifications.person("per_leader", sequence=3, name="Åsa Ek")

    kept = Recipients(notifications.store.reading(cause=CAUSE)).get("per_leader", scope=PLATFORM)

    assert (kept.name, kept.seen_sequence, kept.version) == ("Åsa Ek", 3, 2)


@pytest.mark.parametrize("seed", range(8))
def test_in_whatever_order_and_however_often_events_come_the_outcome_is_the_same(
    notifications: NotificationsHarness, seed: int
) -> None:
    leaders = ("per_leader", "per_second")
    heard: list[Heard] = [
        lambda: notifications.person("per_leader"),
        lambda: notifications.person("per_second"),
        lambda: notifications.coach("per_coach"),
        lambda: notifications.partner(leader_ids=leaders),
        lambda: notifications.welcome(leader_ids=leaders),
        notifications.coach_after,
        notifications.tell,
        notifications.invite,
    ]
    twice = heard * 2
    random.Random(seed).shuffle(twice)

    notifications.hear_all(twice)

    to_leaders = {(category, leader): 1 for category in ("welcome", "milestone", "invitation") for leader in leaders}
    assert outcome(notifications) == (
        Counter(to_leaders | {("follow_up", "per_coach"): 1}),
        [("mst_1", "per_coach", "2026-06-15")],
    )
