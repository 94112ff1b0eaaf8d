from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notifications.events import (
    FollowUpCancelled,
    FollowUpCompleted,
    FollowUpDue,
    FollowUpPlanned,
    FollowUpReassigned,
    FollowUpSkipped,
)
from services.notifications.model.follow_up import FollowUp, FollowUpClosed, FollowUpState
from services.notifications.reference import FOLLOW_UP_POLICIES
from tests.builders.notifications import a_follow_up, a_reached_milestone, policies

NEW_YORK = "America/New_York"
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def on(day: date) -> dict[str, Any]:
    """At noon in New York, where the coach is."""
    return {"zone": NEW_YORK, "at": datetime(day.year, day.month, day.day, 16, tzinfo=UTC)}


def test_a_follow_up_says_who_must_coach_and_by_when() -> None:
    milestone = a_reached_milestone(kind="aim_target", reached_on=date(2026, 6, 1), coach_id="per_coach")

    follow_up = FollowUp.plan(id="fup_1", occasion=milestone, policies=policies(aim_target=14), **on(date(2026, 6, 2)))

    assert follow_up.recorded == [
        FollowUpPlanned(
            follow_up_id="fup_1",
            partner_id="prt_1",
            engagement_id="eng_1",
            milestone_id="mst_1",
            coach_id="per_coach",
            due_on=date(2026, 6, 15),
            policy="after_aim_target",
        )
    ]


def test_a_kind_nobody_has_thought_of_yet_is_followed_up_like_all_others() -> None:
    milestone = a_reached_milestone(kind="moonshot", reached_on=date(2026, 6, 1))

    follow_up = FollowUp.plan(
        id="fup_1", occasion=milestone, policies=policies(aim_target=14, other_days=21), **on(date(2026, 6, 1))
    )

    assert (follow_up.policy, follow_up.due_on) == ("after_others", date(2026, 6, 22))


@pytest.mark.parametrize(
    ("today", "due_on"),
    [
        (date(2026, 6, 1), date(2026, 6, 15)),  # 14 days after the milestone
        (date(2026, 6, 12), date(2026, 6, 15)),  # just three days' notice
        (date(2026, 6, 13), date(2026, 6, 16)),  # two would be too few
        (date(2026, 8, 1), date(2026, 8, 4)),  # confirmed two months late
    ],
)
def test_a_coach_who_hears_late_still_gets_notice(today: date, due_on: date) -> None:
    milestone = a_reached_milestone(kind="spread", reached_on=date(2026, 6, 1))

    follow_up = FollowUp.plan(
        id="fup_1", occasion=milestone, policies=policies(spread=14, least_notice_days=3), **on(today)
    )

    assert follow_up.due_on == due_on


@given(reached_on=DAYS, today=DAYS, days=st.integers(0, 90), notice=st.integers(0, 10))
def test_no_follow_up_is_due_before_its_days_or_without_notice(
    reached_on: date, today: date, days: int, notice: int
) -> None:
    rules = policies(spread=days, least_notice_days=notice)

    due_on = rules.due_on(kind="spread", reached_on=reached_on, today=today)

    assert due_on >= reached_on + timedelta(days)
    assert due_on >= today + timedelta(notice)
    assert due_on in (reached_on + timedelta(days), today + timedelta(notice))


@pytest.mark.parametrize("kind", ["aim_target", "capability", "spread", "governance", "learning"])
def test_every_kind_of_milestone_we_know_has_a_policy_of_its_own(kind: str) -> None:
    policy = FOLLOW_UP_POLICIES.for_kind(kind)

    assert policy != FOLLOW_UP_POLICIES.for_other_kinds
    assert policy.days > 0
    assert policy.coach_should


@pytest.mark.parametrize(
    ("zone", "due_at"),
    [
        ("America/New_York", datetime(2026, 6, 15, 4, tzinfo=UTC)),
        ("Europe/Stockholm", datetime(2026, 6, 14, 22, tzinfo=UTC)),
    ],
)
def test_a_follow_up_is_due_when_its_day_begins_where_the_coach_is(zone: str, due_at: datetime) -> None:
    assert a_follow_up(zone=zone).due_at == due_at


def test_a_follow_up_whose_day_has_come_is_due() -> None:
    follow_up = a_follow_up()

    follow_up.fall_due()

    assert (follow_up.state, follow_up.is_open) == (FollowUpState.DUE, True)
    assert follow_up.recorded == [
        FollowUpDue(
            follow_up_id="fup_1",
            partner_id="prt_1",
            milestone_id="mst_1",
            coach_id="per_coach",
            due_on=date(2026, 6, 15),
        )
    ]


def test_a_session_completes_a_follow_up() -> None:
    follow_up = a_follow_up()

    follow_up.complete(session_id="ses_1")

    assert (follow_up.state, follow_up.session_id, follow_up.closed_by) == (FollowUpState.COMPLETED, "ses_1", None)
    assert follow_up.recorded == [
        FollowUpCompleted(follow_up_id="fup_1", partner_id="prt_1", milestone_id="mst_1", session_id="ses_1")
    ]


def test_a_person_who_skips_a_follow_up_says_why() -> None:
    follow_up = a_follow_up()

    follow_up.skip(reason="the team is being reorganised", by="anna")

    assert follow_up.state is FollowUpState.SKIPPED
    assert (follow_up.reason, follow_up.closed_by) == ("the team is being reorganised", "anna")
    assert follow_up.recorded == [FollowUpSkipped(follow_up_id="fup_1", partner_id="prt_1", milestone_id="mst_1")]


def test_a_follow_up_is_cancelled_for_a_reason() -> None:
    follow_up = a_follow_up()

    follow_up.cancel(reason="milestone_reopened")

    assert follow_up.state is FollowUpState.CANCELLED
    assert follow_up.recorded == [
        FollowUpCancelled(follow_up_id="fup_1", partner_id="prt_1", milestone_id="mst_1", reason="milestone_reopened")
    ]


CLOSE = {
    "complete": lambda follow_up: follow_up.complete(session_id="ses_1"),
    "skip": lambda follow_up: follow_up.skip(reason="…", by="anna"),
    "cancel": lambda follow_up: follow_up.cancel(reason="partner_departed"),
}


@given(st.booleans(), st.lists(st.sampled_from(sorted(CLOSE)), min_size=1, max_size=6))
def test_whatever_happens_a_follow_up_is_closed_once_and_stays_so(is_due: bool, deeds: list[str]) -> None:
    follow_up = a_follow_up()
    if is_due:
        follow_up.fall_due()

    CLOSE[deeds[0]](follow_up)
    closed = (follow_up.state, len(follow_up.recorded))

    for deed in deeds[1:]:
        with pytest.raises(FollowUpClosed, match=f"is {follow_up.state}"):
            CLOSE[deed](follow_up)
    assert (follow_up.state, len(follow_up.recorded)) == closed
    assert not follow_up.is_open


def test_another_coach_follows_up_by_the_same_day_where_they_are() -> None:
    follow_up = a_follow_up(zone=NEW_YORK)

    assert follow_up.reassign("per_successor", zone="Europe/Stockholm")

    assert (follow_up.coach_id, follow_up.due_on) == ("per_successor", date(2026, 6, 15))
    assert follow_up.due_at == datetime(2026, 6, 14, 22, tzinfo=UTC)  # midnight in Stockholm
    assert follow_up.recorded == [
        FollowUpReassigned(
            follow_up_id="fup_1",
            partner_id="prt_1",
            milestone_id="mst_1",
            coach_id="per_successor",
            former_coach_id="per_coach",
        )
    ]


def test_a_follow_up_is_not_given_to_whose_it_is() -> None:
    follow_up = a_follow_up()

    assert not follow_up.reassign("per_coach", zone="Europe/Stockholm")
    assert follow_up.recorded == []
