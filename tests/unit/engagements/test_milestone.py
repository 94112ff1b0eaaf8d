from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.domain.errors import DomainError
from services.engagements.events.milestone import (
    MilestoneAtRisk,
    MilestoneMissed,
    MilestoneReached,
    MilestoneReopened,
    MilestoneRescheduled,
)
from services.engagements.model.days import BeforeItBegan, DayIsPast, InTheFuture
from services.engagements.model.milestone import Milestone, MilestoneKind
from services.engagements.model.milestone_lifecycle import (
    MilestoneAlreadyInDoubt,
    MilestoneAlreadyReached,
    MilestoneNotReached,
    MilestoneState,
)
from services.engagements.model.rescheduling import RescheduledToTheSameDay
from tests.builders.engagements import a_milestone, an_engagement, evidence, statement

NAMED = {"milestone_id": "mst_1", "engagement_id": "eng_1", "partner_id": "prt_1", "title": "Ten wards"}
THE_NEXT_DAY = datetime(2026, 9, 2, 5, 0, tzinfo=UTC)
"""When 1 September is over in Chicago."""


def test_reaching_a_milestone_is_a_persons_word_with_evidence() -> None:
    milestone = a_milestone(title="Ten wards", kind=MilestoneKind.SPREAD)

    milestone.reach(engagement=an_engagement(coach="per_7"), on=date(2026, 6, 1), evidence=evidence(by="anna"))

    assert milestone.evidence[0].confirmed_by == "anna"
    assert milestone.recorded == [
        MilestoneReached(
            milestone_id="mst_1",
            engagement_id="eng_1",
            partner_id="prt_1",
            kind="spread",
            title="Ten wards",
            reached_on=date(2026, 6, 1),
            coach_id="per_7",
        )
    ]


def test_a_milestone_says_in_which_admission_of_the_partner_it_is_reached() -> None:
    milestone, engagement = a_milestone(), an_engagement()
    engagement.admission_number = 2

    milestone.reach(engagement=engagement, on=date(2026, 6, 1), evidence=evidence())
    engagement.close(on=date(2026, 6, 2), statement=statement())

    assert [each.admission_number for each in (*milestone.recorded, *engagement.recorded)] == [2, 2]  # type: ignore[attr-defined]


def test_a_milestone_is_reached_once() -> None:
    milestone = a_milestone(reached_on=date(2026, 5, 1))

    with pytest.raises(MilestoneAlreadyReached, match="was reached on 2026-05-01"):
        milestone.reach(engagement=an_engagement(), on=date(2026, 6, 1), evidence=evidence())


def test_a_milestone_is_not_reached_in_the_future_where_the_partner_is() -> None:
    still_may_there = evidence(at=datetime(2026, 6, 1, 4, 59, tzinfo=UTC))

    with pytest.raises(InTheFuture, match="up to 2026-05-31 is expected; got '2026-06-01'") as refused:
        a_milestone().reach(engagement=an_engagement(zone="America/Chicago"), on=date(2026, 6, 1),
                            evidence=still_may_there)  # fmt: skip

    assert refused.value.fields[0]["pointer"] == "/reached_on"


def test_where_tomorrow_has_begun_already_a_milestone_can_be_reached_tomorrow() -> None:
    # 11:00 UTC on 1 June is 01:00 on 2 June in Kiritimati (UTC+14).
    said_at = datetime(2026, 6, 1, 11, 0, tzinfo=UTC)

    milestone = a_milestone()
    milestone.reach(
        engagement=an_engagement(zone="Pacific/Kiritimati"), on=date(2026, 6, 2), evidence=evidence(at=said_at)
    )

    assert milestone.reached_on == date(2026, 6, 2)


def test_a_milestone_is_not_reached_before_work_began() -> None:
    with pytest.raises(BeforeItBegan, match="2026-01-12 or a later day is expected; got '2026-01-11'"):
        a_milestone().reach(engagement=an_engagement(), on=date(2026, 1, 11), evidence=evidence())


def test_a_milestone_whose_evidence_is_withdrawn_is_reopened_and_its_evidence_kept() -> None:
    milestone = a_milestone()
    milestone.reach(engagement=an_engagement(), on=date(2026, 6, 1), evidence=evidence())

    milestone.reopen(engagement=an_engagement(coach="per_7"), statement=statement("The July data were wrong", by="bo"))

    assert milestone.recorded[-1] == MilestoneReopened(**NAMED, reason="The July data were wrong", coach_id="per_7")
    assert (milestone.state, milestone.reached_on) == (MilestoneState.REOPENED, None)
    assert [each.confirmed_by for each in milestone.evidence] == ["anna"]
    assert [(turn.to, turn.statement.by) for turn in milestone.transitions] == [(MilestoneState.REOPENED, "bo")]


def test_only_a_reached_milestone_is_reopened() -> None:
    with pytest.raises(MilestoneNotReached, match="milestone mst_1 is planned"):
        a_milestone().reopen(engagement=an_engagement(), statement=statement())


def test_a_reopened_milestone_can_be_reached_again_and_that_is_said_again() -> None:
    milestone = a_milestone(reached_on=date(2026, 5, 1))
    milestone.reopen(engagement=an_engagement(), statement=statement())

    milestone.reach(engagement=an_engagement(), on=date(2026, 6, 1), evidence=evidence())

    assert [type(event) for event in milestone.recorded] == [MilestoneReopened, MilestoneReached]


def test_a_milestone_reopened_after_its_day_waits_for_another_day_and_not_for_the_one_that_is_over() -> None:
    milestone = a_milestone(reached_on=date(2026, 9, 1))

    milestone.reopen(engagement=an_engagement(), statement=statement(at=THE_NEXT_DAY))

    assert not milestone.miss(engagement=an_engagement(), at=THE_NEXT_DAY + timedelta(days=90))


def test_a_milestone_reopened_before_its_day_can_still_miss_it() -> None:
    milestone = a_milestone(reached_on=date(2026, 5, 1))

    milestone.reopen(engagement=an_engagement(), statement=statement(at=THE_NEXT_DAY - timedelta(days=1)))

    assert milestone.miss(engagement=an_engagement(), at=THE_NEXT_DAY)


def test_every_day_given_up_is_kept_and_counted() -> None:
    milestone = a_milestone()

    milestone.reschedule(engagement=an_engagement(), due_on=date(2026, 10, 1), statement=statement("Staff were ill"))
    milestone.reschedule(engagement=an_engagement(), due_on=date(2026, 12, 1), statement=statement("Two wards moved"))

    assert [(slip.from_due_on, slip.due_on, slip.statement.reason) for slip in milestone.reschedulings] == [
        (date(2026, 9, 1), date(2026, 10, 1), "Staff were ill"),
        (date(2026, 10, 1), date(2026, 12, 1), "Two wards moved"),
    ]
    assert milestone.recorded[-1] == MilestoneRescheduled(
        **NAMED, from_due_on=date(2026, 10, 1), due_on=date(2026, 12, 1), times=2
    )


def test_a_milestone_is_not_rescheduled_into_the_past() -> None:
    with pytest.raises(DayIsPast, match="or a later day is expected; got '1999-05-01'"):
        a_milestone().reschedule(engagement=an_engagement(), due_on=date(1999, 5, 1), statement=statement("Too late"))


def test_to_reschedule_is_to_give_another_day() -> None:
    with pytest.raises(RescheduledToTheSameDay, match="other than 2026-09-01 is expected"):
        a_milestone().reschedule(engagement=an_engagement(), due_on=date(2026, 9, 1), statement=statement())


def test_a_person_puts_a_milestone_at_risk_with_a_reason() -> None:
    milestone = a_milestone()

    milestone.put_at_risk(engagement=an_engagement(coach="per_7"), statement=statement("No baseline yet"))

    assert milestone.recorded == [
        MilestoneAtRisk(**NAMED, due_on=date(2026, 9, 1), coach_id="per_7", reason="No baseline yet")
    ]


def test_a_milestone_is_put_at_risk_once_until_it_has_another_day() -> None:
    milestone = a_milestone()
    milestone.put_at_risk(engagement=an_engagement(), statement=statement())

    with pytest.raises(MilestoneAlreadyInDoubt, match="is at_risk: put_milestone_at_risk is possible from"):
        milestone.put_at_risk(engagement=an_engagement(), statement=statement())
    milestone.reschedule(engagement=an_engagement(), due_on=date(2026, 10, 1), statement=statement())
    milestone.put_at_risk(engagement=an_engagement(), statement=statement())

    assert milestone.state is MilestoneState.AT_RISK


def test_a_milestone_is_missed_when_its_day_is_over_where_the_partner_is_and_not_before() -> None:
    milestone, engagement = a_milestone(), an_engagement(zone="America/Chicago", coach="per_7")

    assert not milestone.miss(engagement=engagement, at=THE_NEXT_DAY - timedelta(milliseconds=1))
    assert milestone.miss(engagement=engagement, at=THE_NEXT_DAY)

    assert milestone.recorded == [MilestoneMissed(**NAMED, due_on=date(2026, 9, 1), coach_id="per_7")]


def test_a_missed_milestone_is_not_at_risk_any_more() -> None:
    milestone = a_milestone()
    milestone.miss(engagement=an_engagement(), at=THE_NEXT_DAY)

    with pytest.raises(MilestoneAlreadyInDoubt, match="is missed: put_milestone_at_risk is possible from"):
        milestone.put_at_risk(engagement=an_engagement(), statement=statement())


def test_a_missed_milestone_can_be_reached_late() -> None:
    milestone = a_milestone()
    milestone.miss(engagement=an_engagement(), at=THE_NEXT_DAY)

    late = evidence(at=THE_NEXT_DAY + timedelta(days=9))
    milestone.reach(engagement=an_engagement(), on=date(2026, 9, 9), evidence=late)

    assert milestone.state is MilestoneState.REACHED


TURNS = st.sampled_from(("reach", "reopen", "reschedule", "put_at_risk", "drop", "restore", "wait"))


@given(st.lists(TURNS, max_size=12))
def test_whatever_is_tried_a_milestone_is_waited_for_only_while_open_and_counts_what_it_said(
    tried: list[str],
) -> None:
    milestone, engagement, now = a_milestone(), an_engagement(), datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
    for turn in tried:
        before = len(milestone.recorded)
        now += timedelta(days=20)
        done = took_the_turn(milestone, turn, now)
        assert len(milestone.recorded) == before + done

    reached = sum(isinstance(event, MilestoneReached) for event in milestone.recorded)
    reopened = sum(isinstance(event, MilestoneReopened) for event in milestone.recorded)
    assert reached - reopened == (milestone.state is MilestoneState.REACHED)
    assert len(milestone.evidence) == reached
    if milestone.overdue_at is not None:
        assert milestone.state in (MilestoneState.PLANNED, MilestoneState.AT_RISK, MilestoneState.REOPENED)
        assert milestone.overdue_at == engagement.end_of(milestone.due_on)


def took_the_turn(milestone: Milestone, turn: str, now: datetime) -> bool:
    """Try one turn; gives whether the rules let it happen."""
    engagement, because = an_engagement(), statement(at=now)
    another_day = milestone.due_on + timedelta(days=30)
    turns: dict[str, Callable[[], object]] = {
        "reach": lambda: milestone.reach(engagement=engagement, on=now.date(), evidence=evidence(at=now)),
        "reopen": lambda: milestone.reopen(engagement=engagement, statement=because),
        "reschedule": lambda: milestone.reschedule(engagement=engagement, due_on=another_day, statement=because),
        "put_at_risk": lambda: milestone.put_at_risk(engagement=engagement, statement=because),
        "drop": lambda: milestone.drop(statement=because),
        "restore": lambda: milestone.restore(engagement=engagement, statement=because),
        "wait": lambda: milestone.miss(engagement=engagement, at=now),
    }
    try:
        return turns[turn]() is not False
    except DomainError:
        return False
