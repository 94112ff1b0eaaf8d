from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notifications.events import FollowUpPlanned
from services.notifications.model.follow_up import FollowUp
from services.notifications.reference import FOLLOW_UP_POLICIES
from tests.builders.notifications import a_reached_milestone, policies

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def test_a_follow_up_says_who_must_coach_and_by_when() -> None:
    milestone = a_reached_milestone(kind="aim_target", reached_on=date(2026, 6, 1), coach_id="per_coach")

    follow_up = FollowUp.plan(id="fup_1", milestone=milestone, policies=policies(aim_target=14), today=date(2026, 6, 2))

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
        id="fup_1", milestone=milestone, policies=policies(aim_target=14, other_days=21), today=date(2026, 6, 1)
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
        id="fup_1", milestone=milestone, policies=policies(spread=14, least_notice_days=3), today=today
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
