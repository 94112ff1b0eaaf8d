"""The writers' own record of their commands and the answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Partner:
    """A partner of the run, with its engagement, a measure of each day, and its number of leaders."""

    id: str
    engagement_id: str
    measure_id: str
    leaders: int


@dataclass(frozen=True, kw_only=True)
class Command:
    """One accepted command: when it was first sent and when it was accepted, by the monotonic clock."""

    sent_at: float
    accepted_at: float


@dataclass(frozen=True, kw_only=True)
class AcceptedMilestone:
    """A milestone that was planned and reached, and the data point of a day, all accepted; its `title` is unique."""

    id: str
    title: str
    partner: Partner
    day: str

    @property
    def data_point(self) -> str:
        """The data point that was recorded with it, by its measure and its day."""
        return data_point_of(self.partner.measure_id, self.day)


def data_point_of(measure_id: str, day: str) -> str:
    """Name a data point by its measure and its day."""
    return f"{measure_id} {day}"


@dataclass
class Record:
    """The record of all writers; each only appends to it."""

    accepted: list[AcceptedMilestone] = field(default_factory=list)
    commands: list[Command] = field(default_factory=list)
    repeats: list[str] = field(default_factory=list)
    """The reason of each repeated command."""
    refused: list[str] = field(default_factory=list)
    """Commands that were refused, which should not happen."""
    unanswered: list[str] = field(default_factory=list)
    """Titles of milestones whose state is unknown, because the time was over before an answer."""

    def recovery_after(self, fault_at: float) -> float | None:
        """Give the seconds from a fault until a command sent after it was accepted; None if there was none."""
        later = [command.accepted_at for command in self.commands if command.sent_at >= fault_at]
        return min(later) - fault_at if later else None


def median(values: Sequence[float]) -> float:
    """Give the median; 0 of an empty sequence."""
    return sorted(values)[len(values) // 2] if values else 0.0
