"""Every operation of initiatives and PDSA cycles is tried from every state."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from services.engagements.model.improvement import initiative_lifecycle, pdsa_lifecycle
from services.engagements.model.improvement.driver_diagram import TriedIdeas
from services.engagements.model.improvement.initiative import Initiative
from services.engagements.model.improvement.initiative_lifecycle import InitiativeState
from services.engagements.model.improvement.pdsa_lifecycle import PdsaState
from services.engagements.model.improvement.progress import AssessorRole
from tests.builders.engagements import an_engagement, statement
from tests.builders.initiatives import (
    FAMILY,
    NOON,
    TODAY,
    a_closing,
    a_cycle,
    a_diagram,
    a_judgement,
    an_initiative,
    answering,
    judged,
    learned,
    observed,
    scored,
)
from tests.transition_walk import Try, Walk, refuse_unless, steps

LATER = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


def initiative_that_is(state: str) -> Initiative:
    """Signed, and scored 2.5 in May, wherever it stands."""
    thing = scored(an_initiative("active"), "2026-05", "2.5", on=date(2026, 5, 31))
    thing.sign(engagement=an_engagement(), signed_on=TODAY, by="anna", at=NOON)
    if state == "closed":
        thing.close(engagement=an_engagement(), closing=a_closing())
    else:
        thing.state = InitiativeState(state)
    return thing


def stalled(thing: Initiative) -> None:
    """Time does nothing where there is nothing to be done, and tells nobody."""
    stalled = thing.stall(engagement=an_engagement(), at=LATER)
    refuse_unless(stalled, initiative_lifecycle.TRANSITIONS, "stall_initiatives")


INITIATIVES: Mapping[str, Try] = {
    "change_initiative": lambda it: it.change(
        engagement=an_engagement(), people={}, measure=None, family=FAMILY, by="anna", at=NOON, resources="A nurse"
    ),
    "draw_driver_diagram": lambda it: it.draw(
        a_diagram(ideas=("bundle", "checklist")), engagement=an_engagement(), tested=TriedIdeas(), family=FAMILY
    ),
    "sign_charter": lambda it: it.sign(engagement=an_engagement(), signed_on=TODAY, by="anna", at=NOON),
    "withdraw_signature": lambda it: it.withdraw_signature(statement()),
    "charter_initiative": lambda it: it.charter(engagement=an_engagement(), family=FAMILY, answering=answering()),
    "redraft_initiative": lambda it: it.redraft(engagement=an_engagement(), statement=statement()),
    "start_initiative": lambda it: it.start(engagement=an_engagement(), on=TODAY, at=NOON),
    "retract_initiative_start": lambda it: it.retract_start(
        engagement=an_engagement(), tested=TriedIdeas(), statement=statement()
    ),
    "score_initiative": lambda it: it.score(
        engagement=an_engagement(), month="2026-06", role=AssessorRole.SELF, judged=judged("3.0")
    ),
    "correct_score": lambda it: it.correct_score(
        engagement=an_engagement(), month="2026-05", role=AssessorRole.SELF, judged=judged("3.0"), statement=statement()
    ),
    "stall_initiatives": stalled,
    "close_initiative": lambda it: it.close(engagement=an_engagement(), closing=a_closing()),
    "reopen_initiative": lambda it: it.reopen(engagement=an_engagement(), statement=statement()),
}
CYCLES: Mapping[str, Try] = {
    "change_cycle": lambda it: it.change(ends_on=date(2026, 7, 1)),
    "start_cycle": lambda it: it.start(initiative=an_initiative(), engagement=an_engagement(), on=TODAY, at=NOON),
    "retract_cycle_start": lambda it: it.retract_start(statement()),
    "study_cycle": lambda it: it.study(observed(), engagement=an_engagement()),
    "resume_cycle": lambda it: it.resume(statement()),
    "judge_predictions": lambda it: it.judge([(1, a_judgement("partly"))]),
    "act_on_cycle": lambda it: it.act(learned()),
    "reconsider_cycle": lambda it: it.reconsider(next_ids=[], engagement=an_engagement(), statement=statement()),
    "cancel_cycle": lambda it: it.cancel(statement()),
    "restore_cycle": lambda it: it.restore(
        initiative=an_initiative(), engagement=an_engagement(), statement=statement()
    ),
}
WITH_ITS_ENGAGEMENT = {"close_engagement", "close_with_partner", "reopen_engagement"}
"""The use case does to each of them what its own operation does."""
WITH_ITS_PROMISE = {"drop_promised_test", "plan_pdsa_cycle"}
"""A cycle that was planned for a promise is cancelled and restored with it (test_promised_tests)."""
WALKS = (
    Walk(
        table=initiative_lifecycle.TRANSITIONS,
        states=list(InitiativeState),
        that_is=initiative_that_is,
        tries=INITIATIVES,
        as_another=WITH_ITS_ENGAGEMENT,
    ),
    Walk(
        table=pdsa_lifecycle.TRANSITIONS,
        states=list(PdsaState),
        that_is=a_cycle,
        tries=CYCLES,
        as_another=WITH_ITS_ENGAGEMENT | {"close_initiative", "reopen_initiative"} | WITH_ITS_PROMISE,
        silent={"change_cycle"},
    ),
)


@pytest.mark.parametrize(("walk", "operation", "state"), steps(WALKS))
def test_what_the_table_has_succeeds_and_all_else_is_refused_and_does_nothing(
    walk: Walk, operation: str, state: str
) -> None:
    walk.take(operation, state)


def test_every_operation_is_tried() -> None:
    assert [walk.untried for walk in WALKS] == [set(), set()]
