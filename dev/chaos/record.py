"""What the writer knows by itself: what it asked for, and what was accepted."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Partner:
    """A partner of the run, with its engagement and as many leaders as it was given."""

    id: str
    engagement_id: str
    leaders: int


@dataclass(frozen=True, kw_only=True)
class Command:
    """One command that was accepted: sent for the first time, and definitely answered, by the monotonic clock."""

    sent_at: float
    accepted_at: float


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """A milestone whose planning and whose reaching were both accepted; `title` is its own among all of the run."""

    id: str
    title: str
    partner: Partner


@dataclass
class Record:
    """Kept by several writers at once: each only appends."""

    accepted: list[Accepted] = field(default_factory=list)
    commands: list[Command] = field(default_factory=list)
    repeats: list[str] = field(default_factory=list)
    """Why a command was sent again."""
    refused: list[str] = field(default_factory=list)
    """What was definitely answered by a no; there is no reason for one."""
    unanswered: list[str] = field(default_factory=list)
    """Titles of milestones of which nobody knows how far they came: the time was over."""

    def recovery_after(self, fault_at: float) -> float | None:
        """Give how long after a fault the next command, sent after the fault, was accepted; None if there was none."""
        later = [command.accepted_at for command in self.commands if command.sent_at >= fault_at]
        return min(later) - fault_at if later else None


def median(values: Sequence[float]) -> float:
    """Give the middle one; 0 of nothing."""
    return sorted(values)[len(values) // 2] if values else 0.0
