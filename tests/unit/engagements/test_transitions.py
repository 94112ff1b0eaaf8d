"""Every operation of engagements, milestones, coaching sessions, measures and data points is tried from every state."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from services.engagements.model import coaching_session, engagement_lifecycle, milestone_lifecycle
from services.engagements.model.coaching_session import CoachingSession, CoachingState
from services.engagements.model.engagement import Agreement, Engagement
from services.engagements.model.engagement_lifecycle import EngagementState, PausedFor
from services.engagements.model.measurement.batch import BATCH_TRANSITIONS, IN_JSON, BatchState, DataPointBatch
from services.engagements.model.measurement.data_point import DataPoint, Value
from services.engagements.model.measurement.measure import Measure
from services.engagements.model.measurement.measure_lifecycle import (
    DATA_POINT_TRANSITIONS,
    MEASURE_TRANSITIONS,
    DataPointState,
    MeasureState,
)
from services.engagements.model.milestone import Milestone
from services.engagements.model.milestone_lifecycle import MilestoneState
from services.engagements.model.will import WillInQuestion
from tests.builders.engagements import a_milestone, a_person, a_session, an_engagement, evidence, statement
from tests.builders.measurement import FOUND, YES, a_data_point, a_definition, a_measure
from tests.transition_walk import Try, Walk, refuse_unless, steps

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
TODAY = date(2026, 6, 1)
LATER = datetime(2026, 9, 2, 5, 0, tzinfo=UTC)
AGREEMENT = Agreement(for_partner="Åsa Påhittad", for_institute="Ada Example", on=date(2026, 1, 8))


def engagement_that_is(state: str) -> Engagement:
    """What is paused or closed was active before; a draft or agreed one has no coach. The will is in question."""
    engagement = an_engagement(active=state not in ("draft", "agreed"))
    engagement.will_to_confirm = WillInQuestion(change="leader_left", person_id="per_9", since=TODAY)
    if state == "paused":
        engagement.pause(PausedFor.ITSELF, statement=statement())
    elif state == "closed":
        engagement.close(on=TODAY, statement=statement())
    else:
        engagement.state = EngagementState(state)
    return engagement


def milestone_that_is(state: str) -> Milestone:
    thing = a_milestone(reached_on=date(2026, 5, 1) if state == "reached" else None)
    if state == "dropped":
        thing.drop(statement=statement())
    else:
        thing.state = MilestoneState(state)
    if state in ("missed", "proposed"):
        thing.overdue_at = None
    if state in ("proposed", "reached"):
        thing.proposal = FOUND
    if state == "reached":
        thing.evidence.append(replace(evidence(), proposal=FOUND))
    return thing


def session_that_is(state: str) -> CoachingSession:
    session = a_session()
    if state == "cancelled":
        session.cancel(statement=statement())
    if state == "held":
        session.hold(engagement=an_engagement(), on=TODAY, notes=None, at=NOON)
    return session


def missed(thing: Milestone) -> None:
    """Time does nothing where there is nothing to be done, and tells nobody."""
    refuse_unless(thing.miss(engagement=an_engagement(), at=LATER), milestone_lifecycle.TRANSITIONS, "miss_milestones")


def measure_that_is(state: str) -> Measure:
    thing = a_measure()
    thing.rebase(begins_on=date(2026, 2, 2), answers=YES, statement=statement())
    if state == "retired":
        thing.retire(statement())
    return thing


def data_point_that_is(state: str) -> DataPoint:
    thing = a_data_point()
    if state == "withdrawn":
        thing.withdraw(statement())
    return thing


def batch_that_is(state: str) -> DataPointBatch:
    """One of which the first part came, with one data point."""
    thing = DataPointBatch.begin(a_measure(), id="bat_1", by="anna", skip_invalid=False)
    thing.take_part(1, [a_data_point()], [], at=NOON)
    if state == "discarded":
        thing.discard("discard_data_points", at=NOON)
    if state == "recorded":
        thing.finish(place=IN_JSON, dry_run=False)
    return thing


def received(thing: DataPointBatch) -> None:
    """The next part comes, which is the last one."""
    thing.take_part(thing.parts + 1, [], [], at=NOON)
    thing.finish(place=IN_JSON, dry_run=False)


ENGAGEMENTS: Mapping[str, Try] = {
    "agree_engagement": lambda it: it.agree(AGREEMENT, at=NOON),
    "redraft_engagement": lambda it: it.redraft(statement()),
    "activate_engagement": lambda it: it.activate(lead_coach=a_person(), on=TODAY, at=NOON),
    "pause_engagement": lambda it: it.pause(PausedFor.ITSELF, statement=statement()),
    "resume_engagement": lambda it: it.resume(PausedFor.ITSELF),
    "replace_lead_coach": lambda it: it.replace_lead_coach(coach=a_person("per_2"), by="anna", at=NOON),
    "confirm_will": lambda it: it.confirm_will(statement()),
    "close_engagement": lambda it: it.close(on=TODAY, statement=statement()),
    "reopen_engagement": lambda it: it.reopen(statement()),
}
MILESTONES: Mapping[str, Try] = {
    "reach_milestone": lambda it: it.reach(engagement=an_engagement(), on=TODAY, evidence=evidence()),
    "reopen_milestone": lambda it: it.reopen(engagement=an_engagement(), statement=statement()),
    "reschedule_milestone": lambda it: it.reschedule(
        engagement=an_engagement(), due_on=date(2026, 10, 1), statement=statement()
    ),
    "put_milestone_at_risk": lambda it: it.put_at_risk(engagement=an_engagement(), statement=statement()),
    "miss_milestones": missed,
    "decline_proposal": lambda it: it.decline(engagement=an_engagement(), statement=statement()),
    "drop_milestone": lambda it: it.drop(statement=statement()),
    "restore_milestone": lambda it: it.restore(engagement=an_engagement(), statement=statement()),
}
SESSIONS: Mapping[str, Try] = {
    "hold_coaching": lambda it: it.hold(engagement=an_engagement(), on=TODAY, notes=None, at=NOON),
    "retract_coaching": lambda it: it.retract(engagement=an_engagement(), statement=statement()),
    "move_coaching": lambda it: it.move(held_at=LATER, zone="UTC", statement=statement()),
    "cancel_coaching": lambda it: it.cancel(statement=statement()),
    "hand_over_coaching": lambda it: it.hand_over(coach=a_person("per_2")),
}
MEASURES: Mapping[str, Try] = {
    "redefine_measure": lambda it: it.redefine(a_definition(effective_from=date(2026, 6, 1)), statement()),
    "freeze_baseline": lambda it: it.freeze_baseline(12, statement()),
    "rebase_measure": lambda it: it.rebase(begins_on=date(2026, 6, 1), answers=YES, statement=statement()),
    "undo_rebase": lambda it: it.undo_rebase(statement()),
    "retarget_measure": lambda it: it.retarget(Decimal("1.5"), statement()),
    "retire_measure": lambda it: it.retire(statement()),
    "reinstate_measure": lambda it: it.reinstate(statement()),
}
DATA_POINTS: Mapping[str, Try] = {
    "correct_data_point": lambda it: it.correct(a_measure(), given=Value(value=Decimal(7)), statement=statement()),
    "withdraw_data_point": lambda it: it.withdraw(statement()),
    "restore_data_point": lambda it: it.restore(statement()),
}
BATCHES: Mapping[str, Try] = {
    "receive_data_points": received,
    "discard_data_points": lambda it: it.discard("discard_data_points", at=NOON),
    "clear_batches": lambda it: it.discard("clear_batches", at=NOON),
}
WITH_ITS_ENGAGEMENT = {"close_engagement", "close_with_partner", "reopen_engagement"}
"""The use case does to each milestone and session what its own operation does."""
BY_DATA = {"weigh_evidence"}
"""What data do to a milestone is shown in test_milestone_evidence.py, state by state: nobody is there to be refused."""
WALKS = (
    Walk(
        table=engagement_lifecycle.TRANSITIONS,
        states=list(EngagementState),
        that_is=engagement_that_is,
        tries=ENGAGEMENTS,
        as_another={"pause_with_partner", "resume_with_partner", "close_with_partner"},
    ),
    Walk(
        table=milestone_lifecycle.TRANSITIONS,
        states=list(MilestoneState),
        that_is=milestone_that_is,
        tries=MILESTONES,
        as_another=WITH_ITS_ENGAGEMENT | BY_DATA,
    ),
    Walk(
        table=coaching_session.TRANSITIONS,
        states=list(CoachingState),
        that_is=session_that_is,
        tries=SESSIONS,
        as_another=WITH_ITS_ENGAGEMENT,
    ),
    Walk(table=MEASURE_TRANSITIONS, states=list(MeasureState), that_is=measure_that_is, tries=MEASURES),
    Walk(table=DATA_POINT_TRANSITIONS, states=list(DataPointState), that_is=data_point_that_is, tries=DATA_POINTS),
    Walk(
        table=BATCH_TRANSITIONS,
        states=list(BatchState),
        that_is=batch_that_is,
        tries=BATCHES,
        silent={"discard_data_points", "clear_batches"},
    ),
)


@pytest.mark.parametrize(("walk", "operation", "state"), steps(WALKS))
def test_what_the_table_has_succeeds_and_all_else_is_refused_and_does_nothing(
    walk: Walk, operation: str, state: str
) -> None:
    walk.take(operation, state)


def test_every_operation_is_tried() -> None:
    assert [walk.untried for walk in WALKS] == [set()] * len(WALKS)
