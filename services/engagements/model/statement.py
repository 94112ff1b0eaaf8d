"""What people give as a reason, and what became of something by that."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Statement:
    """Who decided something, when, and why."""

    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class StateChange:
    """The state that something was given by a statement."""

    to: str
    statement: Statement
