"""What exactly is counted or measured, and since when: operational definitions, and the phases of a chart."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.engagements.model.statement import Statement


@dataclass(frozen=True, kw_only=True)
class OperationalDefinition:
    """How a measure is collected, such that two people who follow it get the same number.

    `multiplier` is what a rate is shown per, such as 1000 for infections in 1,000 bed days. It is about all days from
    `effective_from` on; the first definition, where that is None, about all days.
    """

    number: int
    numerator: str
    denominator: str | None = None
    multiplier: int = 1
    inclusion: str | None = None
    sampling: str | None = None
    collected_by: str | None = None
    effective_from: date | None = None


class PhaseCause(StrEnum):
    """Why a phase of a chart began."""

    FIRST_DATA = "first_data"
    DEFINITION = "definition"
    REBASE = "rebase"


@dataclass(frozen=True, kw_only=True)
class RebaseAnswers:
    """Wheeler's four questions before limits are computed anew; each must be answered yes.

    Wheeler, Understanding Variation (1993); reprinted by NHS England, Making Data Count.
    """

    clearly_different: bool
    """Do the data show that the process behaves clearly differently from before?"""
    reason_known: bool
    """Is it known why?"""
    desirable: bool
    """Is the new behaviour wanted?"""
    expected_to_continue: bool
    """Is it intended, and expected, that it goes on?"""


@dataclass(frozen=True, kw_only=True)
class Phase:
    """A part of a chart that is judged by a centre of its own.

    `begins_on` is the first day of its first period; None for what was always so. `baseline_points` says on how many of
    its first points centre and limits are frozen; None, on all there are.
    """

    begins_on: date | None
    cause: PhaseCause
    baseline_points: int | None = None
    answers: RebaseAnswers | None = None
    statement: Statement | None = None
