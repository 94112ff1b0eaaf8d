"""What is written on the worksheet of a PDSA cycle: questions with predictions, tasks, data, what was seen."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Objective(StrEnum):
    """What a cycle is for."""

    DEVELOP = "develop"
    TEST = "test"
    IMPLEMENT = "implement"
    COLLECT_INFORMATION = "collect_information"


class Match(StrEnum):
    """How a prediction compares with what was seen."""

    MATCHED = "matched"
    PARTLY = "partly"
    NOT_MATCHED = "not_matched"


class Decision(StrEnum):
    """What becomes of a change after a test."""

    ADOPT = "adopt"
    ADAPT = "adapt"
    ABANDON = "abandon"


@dataclass(frozen=True, kw_only=True)
class Scale:
    """How large a test is."""

    people: int | None = None
    sites: int | None = None
    shifts: int | None = None


@dataclass(frozen=True, kw_only=True)
class PredictionJudgement:
    """How a prediction compares with what was seen, and who says so."""

    match: Match
    result: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a test is to answer, and what the team predicts; `judgements` are all that were made, the newest counts."""

    question: str
    prediction: str | None = None
    judgements: list[PredictionJudgement] = field(default_factory=list)

    @property
    def match(self) -> Match | None:
        """How the prediction compares; None before that is judged."""
        return self.judgements[-1].match if self.judgements else None


@dataclass(frozen=True, kw_only=True)
class Task:
    """What is to be done for a test, by whom, when and where."""

    what: str
    who: str | None = None
    when: date | None = None
    where: str | None = None


@dataclass(frozen=True, kw_only=True)
class DataToCollect:
    """What is to be collected in a test: by a measure on record, or something else; by whom, when and where."""

    what: str
    measure_id: str | None = None
    who: str | None = None
    when: date | None = None
    where: str | None = None


@dataclass(frozen=True, kw_only=True)
class Observed:
    """What was seen in doing it."""

    as_planned: bool
    deviation: str | None
    """Why it was not carried out as planned."""
    observations: str
    unexpected: str | None
    done_on: date
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Learned:
    """What was learned, and what becomes of the change."""

    decision: Decision
    learning: str
    comparison: str | None
    """How it compares with what was before."""
    next_changes: str | None
    """What is to be different in the next cycle."""
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Matches:
    """How often predictions came true."""

    matched: int = 0
    partly: int = 0
    not_matched: int = 0
    open: int = 0


def count(questions: Iterable[Question]) -> Matches:
    """Count how predictions compare with what was seen."""
    found = [each.match for each in questions]
    return Matches(
        matched=found.count(Match.MATCHED),
        partly=found.count(Match.PARTLY),
        not_matched=found.count(Match.NOT_MATCHED),
        open=found.count(None),
    )
