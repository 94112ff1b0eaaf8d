"""What broker or database should have, compared with what it has."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Whether a thing is as this version needs it."""

    THERE = "there"
    MISSING = "missing"
    CHANGEABLE = "to be changed"
    DIFFERENT = "different"
    UNNEEDED = "not needed"


@dataclass(frozen=True, kw_only=True)
class Planned:
    """One thing, how it stands, and what to do where applying the plan does not do it."""

    what: str
    state: State
    detail: str = ""
