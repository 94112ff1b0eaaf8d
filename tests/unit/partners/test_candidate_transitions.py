"""Every operation of candidates is tried from every state."""

from datetime import UTC, datetime
from typing import Any

import pytest

from services.partners.model.candidacy import candidate_lifecycle
from services.partners.model.candidacy.candidate import Because, Candidate, Rearrangement
from services.partners.model.candidacy.candidate_lifecycle import CandidateState
from tests.builders.partners import a_candidate, a_partner
from tests.transition_walk import Walk, steps

MOVED = Rearrangement(because=Because.MOVED, candidate_id="cnd_1", by="staff_1", at=datetime(2026, 6, 1, 9, tzinfo=UTC))
SAID: dict[str, Any] = {"by": "staff_1", "at": datetime(2026, 6, 1, 9, tzinfo=UTC)}


def be_admitted(candidate: Candidate) -> None:
    candidate.be_admitted(**SAID)


def withdraw(candidate: Candidate) -> None:
    candidate.withdraw(reason="Its board wants to wait", **SAID)


def decline(candidate: Candidate) -> None:
    candidate.decline(reason="Its leaders have changed", **SAID)


def candidate_that_is(state: str) -> Candidate:
    candidate = a_candidate()
    ways = {"waiting": (), "admitted": (be_admitted,), "withdrawn": (withdraw,), "declined": (decline,)}
    for step in ways[state]:
        step(candidate)
    return candidate


WALKS = (
    Walk(
        table=candidate_lifecycle.TRANSITIONS,
        states=list(CandidateState),
        that_is=candidate_that_is,
        tries={
            "move_candidate": lambda it: it.move(1, MOVED),
            "admit_partner": be_admitted,
            "withdraw_candidate": withdraw,
            "decline_candidate": decline,
            "reinstate_candidate": lambda it: it.reinstate(a_partner(), place=1, reason="By mistake", **SAID),
        },
    ),
)


@pytest.mark.parametrize(("walk", "operation", "state"), steps(WALKS))
def test_what_the_table_of_candidates_has_succeeds_and_all_else_is_refused_and_does_nothing(
    walk: Walk, operation: str, state: str
) -> None:
    walk.take(operation, state)


def test_every_operation_of_candidates_is_tried() -> None:
    assert [walk.untried for walk in WALKS] == [set()]
