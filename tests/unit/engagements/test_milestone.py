from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.domain.errors import DomainError, Invalid
from services.engagements.events import (
    MilestoneAtRisk,
    MilestoneDropped,
    MilestoneMissed,
    MilestonePlanned,
    MilestoneReached,
    MilestoneReopened,
    MilestoneRescheduled,
    MilestoneRestored,
)
from services.engagements.model.days import BeforeItBegan, DayIsPast, InTheFuture
from services.engagements.model.engagement_lifecycle import EngagementAlreadyClosed, EngagementNotActive
from services.engagements.model.milestone import (
    Milestone,
    MilestoneAlreadyDropped,
    MilestoneAlreadyInDoubt,
    MilestoneAlreadyReached,
    MilestoneKind,
    MilestoneNotDropped,
    MilestoneNotReached,
    MilestoneState,
    RescheduledToTheSameDay,
)
from services.engagements.model.person import OwnerHasLeft, OwnerOfAnotherPartner, Person
from tests.builders.engagements import a_milestone, a_person, an_engagement, evidence, statement

NAMED = {"milestone_id": "mst_1", "engagement_id": "eng_1", "partner_id": "prt_1", "title": "Ten wards"}
THE_NEXT_DAY = datetime(2026, 9, 2, 5, 0, tzinfo=UTC)
"""When 1 September is over in Chicago."""


def test_a_milestone_is_planned_only_while_work_is_under_way() -> None:
    with pytest.raises(EngagementNotActive, match="is draft: activate it with a lead coach first"):
        Milestone.plan(
            id="mst_1",
            engagement=an_engagement(active=False),
            kind=MilestoneKind.SPREAD,
            title="Ten wards",
            due_on=date(2026, 9, 1),
            at=datetime(2026, 6, 1, 9, 0, tzinfo=UTC),
        )


def owned_by(owner: Person) -> Milestone:
    """A milestone of partner `prt_1`."""
    return Milestone.plan(id="mst_1", engagement=an_engagement(), kind=MilestoneKind.SPREAD, title="Ten wards",
                          due_on=date(2026, 9, 1), at=datetime(2026, 6, 1, 9, 0, tzinfo=UTC), owner=owner)  # fmt: skip


@pytest.mark.parametrize("partner_id", ["prt_1", None], ids=["the partner's", "the institute's"])
def test_an_owner_is_of_the_partner_or_of_the_institute(partner_id: str | None) -> None:
    assert owned_by(a_person("per_7", partner_id=partner_id)).owner_id == "per_7"


@pytest.mark.parametrize(
    ("owner", "refusal", "code"),
    [
        (a_person(partner_id="prt_1", present=False), OwnerHasLeft, "left"),
        (a_person(partner_id="prt_2"), OwnerOfAnotherPartner, "another_organisation"),
    ],
    ids=["left", "another partner's"],
)
def test_nobody_else_owns_a_milestone(owner: Person, refusal: type[Invalid], code: str) -> None:
    with pytest.raises(refusal, match=r"is expected; .*'per_1'") as refused:
        owned_by(owner)

    (field,) = refused.value.fields
    assert (field["pointer"], field["code"]) == ("/owner_id", code)


def test_a_planned_milestone_says_what_is_to_be_reached_and_by_when() -> None:
    milestone = Milestone.plan(
        id="mst_1",
        engagement=an_engagement(active=True),
        kind=MilestoneKind.SPREAD,
        title="Ten wards",
        due_on=date(2026, 9, 1),
        at=datetime(2026, 6, 1, 9, 0, tzinfo=UTC),
    )

    assert milestone.recorded == [
        MilestonePlanned(
            milestone_id="mst_1",
            engagement_id="eng_1",
            partner_id="prt_1",
            kind="spread",
            title="Ten wards",
            due_on=date(2026, 9, 1),
        )
    ]


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


def planned_for(day: date) -> Milestone:
    just_before_midnight = THE_NEXT_DAY - timedelta(minutes=1)  # in UTC it is 2 September already
    about = an_engagement(active=True)
    return Milestone.plan(
        id="mst_1", engagement=about, kind=MilestoneKind.SPREAD, title="Ten", due_on=day, at=just_before_midnight
    )


def test_a_milestone_can_be_planned_for_what_is_today_where_the_partner_is() -> None:
    assert planned_for(date(2026, 9, 1)).due_on == date(2026, 9, 1)


@pytest.mark.parametrize("day", [date(2026, 8, 31), date(1999, 1, 1)])
def test_no_milestone_is_planned_for_a_day_that_is_past_where_the_partner_is(day: date) -> None:
    with pytest.raises(DayIsPast, match="2026-09-01 or a later day is expected"):
        planned_for(day)


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


def test_a_dropped_milestone_is_nobodys_aim_any_more() -> None:
    milestone = a_milestone()

    milestone.drop(statement=statement("The wards were merged"))

    assert milestone.recorded == [MilestoneDropped(**NAMED, reason="The wards were merged")]
    with pytest.raises(MilestoneAlreadyDropped, match="was dropped: The wards were merged"):
        milestone.reach(engagement=an_engagement(), on=date(2026, 6, 1), evidence=evidence())


@pytest.mark.parametrize("before", ["planned", "at_risk", "missed", "reopened"])
def test_what_was_dropped_by_mistake_is_again_what_it_was_and_both_reasons_are_kept(before: str) -> None:
    milestone = a_milestone()
    milestone.state = MilestoneState(before)
    milestone.drop(statement=statement("The wards were merged", by="anna"))

    milestone.restore(engagement=an_engagement(), statement=statement("They were not", by="bo"))

    assert milestone.state == before
    assert [(turn.to, turn.statement.reason, turn.statement.by) for turn in milestone.transitions] == [
        ("dropped", "The wards were merged", "anna"),
        (before, "They were not", "bo"),
    ]
    assert milestone.recorded[-1] == MilestoneRestored(
        **NAMED, reason="They were not", state=before, due_on=date(2026, 9, 1)
    )
    assert (milestone.overdue_at is None) == (before == "missed")


def test_what_was_not_dropped_is_not_restored() -> None:
    with pytest.raises(MilestoneNotDropped, match="is planned: restore_milestone is possible from dropped"):
        a_milestone().restore(engagement=an_engagement(), statement=statement())


def test_in_a_closed_engagement_no_milestone_is_open_again() -> None:
    closed, reached, dropped = an_engagement(), a_milestone(reached_on=date(2026, 5, 1)), a_milestone()
    dropped.drop(statement=statement())
    closed.close(on=date(2026, 6, 1), statement=statement())

    with pytest.raises(EngagementAlreadyClosed, match="reopen it first"):
        reached.reopen(engagement=closed, statement=statement())
    with pytest.raises(EngagementAlreadyClosed, match="reopen it first"):
        dropped.restore(engagement=closed, statement=statement())


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
