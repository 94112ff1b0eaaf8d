"""Every operation is tried from every state: what the tables have succeeds, all else is refused and does nothing."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

import pytest

from chassis.domain.errors import Conflict
from chassis.domain.transitions import Transition, leading_from
from services.engagements.model import coaching_session, engagement_lifecycle, milestone
from services.engagements.model.coaching_session import CoachingSession, CoachingState
from services.engagements.model.engagement import Agreement, Engagement
from services.engagements.model.engagement_lifecycle import EngagementState, PausedFor
from services.engagements.model.milestone import Milestone, MilestoneState
from tests.builders.engagements import a_milestone, a_person, a_session, an_engagement, evidence, statement

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
TODAY = date(2026, 6, 1)
LATER = datetime(2026, 9, 2, 5, 0, tzinfo=UTC)
AGREEMENT = Agreement(for_partner="Åsa Påhittad", for_institute="Ada Example", on=date(2026, 1, 8))
Try = Callable[[Any], object]


def engagement_that_is(state: str) -> Engagement:
    """What is paused or closed was active before; what is a draft or agreed has no coach yet."""
    engagement = an_engagement(active=state not in ("draft", "agreed"))
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
    if state == "missed":
        thing.overdue_at = None
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
    if not thing.miss(engagement=an_engagement(), at=LATER):
        raise Conflict("miss_milestones is possible from planned, at_risk, reopened")


ENGAGEMENTS: dict[str, Try] = {
    "agree_engagement": lambda it: it.agree(AGREEMENT, at=NOON),
    "redraft_engagement": lambda it: it.redraft(statement()),
    "activate_engagement": lambda it: it.activate(lead_coach=a_person(), on=TODAY, at=NOON),
    "pause_engagement": lambda it: it.pause(PausedFor.ITSELF, statement=statement()),
    "resume_engagement": lambda it: it.resume(PausedFor.ITSELF),
    "replace_lead_coach": lambda it: it.replace_lead_coach(coach=a_person("per_2"), by="anna", at=NOON),
    "close_engagement": lambda it: it.close(on=TODAY, statement=statement()),
    "reopen_engagement": lambda it: it.reopen(statement()),
}
MILESTONES: dict[str, Try] = {
    "reach_milestone": lambda it: it.reach(engagement=an_engagement(), on=TODAY, evidence=evidence()),
    "reopen_milestone": lambda it: it.reopen(engagement=an_engagement(), statement=statement()),
    "reschedule_milestone": lambda it: it.reschedule(
        engagement=an_engagement(), due_on=date(2026, 10, 1), statement=statement()
    ),
    "put_milestone_at_risk": lambda it: it.put_at_risk(engagement=an_engagement(), statement=statement()),
    "miss_milestones": missed,
    "drop_milestone": lambda it: it.drop(statement=statement()),
    "restore_milestone": lambda it: it.restore(engagement=an_engagement(), statement=statement()),
}
SESSIONS: dict[str, Try] = {
    "hold_coaching": lambda it: it.hold(engagement=an_engagement(), on=TODAY, notes=None, at=NOON),
    "retract_coaching": lambda it: it.retract(engagement=an_engagement(), statement=statement()),
    "move_coaching": lambda it: it.move(held_at=LATER, zone="UTC", statement=statement()),
    "cancel_coaching": lambda it: it.cancel(statement=statement()),
    "hand_over_coaching": lambda it: it.hand_over(coach=a_person("per_2")),
}
AS_ONE_OF_ITS_OWN = {"pause_with_partner", "resume_with_partner", "close_with_partner"}
WITH_ITS_ENGAGEMENT = {"close_engagement", "close_with_partner", "reopen_engagement"}
"""The use case does to each milestone and session what its own operation does."""
WALKS: list[tuple[tuple[Transition, ...], type[StrEnum], Callable[[str], Any], dict[str, Try]]] = [
    (engagement_lifecycle.TRANSITIONS, EngagementState, engagement_that_is, ENGAGEMENTS),
    (milestone.TRANSITIONS, MilestoneState, milestone_that_is, MILESTONES),
    (coaching_session.TRANSITIONS, CoachingState, session_that_is, SESSIONS),
]


def steps() -> Iterator[Any]:
    for table, states, that_is, tries in WALKS:
        for operation, attempt in tries.items():
            for state in states:
                yield pytest.param(table, operation, attempt, that_is(state), id=f"{operation} from {state}")


@pytest.mark.parametrize(("table", "operation", "attempt", "thing"), list(steps()))
def test_what_the_table_has_succeeds_and_all_else_is_refused_and_does_nothing(
    table: tuple[Transition, ...], operation: str, attempt: Try, thing: Any
) -> None:
    before, thing = thing, deepcopy(thing)
    rows = [row for row in table if row.operation == operation and before.state in row.from_states]
    if rows:
        attempt(thing)

        assert thing.state in rows[0].to
        assert thing.recorded != before.recorded
    else:
        with pytest.raises(Conflict) as refused:
            attempt(thing)

        assert (thing, thing.recorded) == (before, before.recorded)
        assert all(state in str(refused.value) for state in leading_from(table, operation))


@pytest.mark.parametrize(("table", "tries"), [(table, tries) for table, _, _, tries in WALKS], ids=["e", "m", "s"])
def test_every_operation_of_a_table_is_walked(table: tuple[Transition, ...], tries: dict[str, Try]) -> None:
    changing = {row.operation for row in table if row.from_states}

    assert changing - AS_ONE_OF_ITS_OWN - (WITH_ITS_ENGAGEMENT - tries.keys()) == set(tries)
