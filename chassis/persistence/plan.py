"""A plan of changes to broker or database: what is required, compared with what exists."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How an object of the broker or the database compares with what this version requires."""

    THERE = "there"
    MISSING = "missing"
    CHANGEABLE = "to be changed"
    DIFFERENT = "different"
    UNNEEDED = "not needed"


@dataclass(frozen=True, kw_only=True)
class Planned:
    """One object of a plan, its state, and what an operator must do where applying the plan does not."""

    what: str
    state: State
    detail: str = ""
