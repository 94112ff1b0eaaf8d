"""An initiative, as far as notifications knows it: whether what was said of its progress still holds."""

from dataclasses import dataclass, field
from datetime import date

from chassis.domain.aggregate import Aggregate
from chassis.domain.replica import newest

INITIATIVE_MOVED_ON = "initiative_moved_on"


@dataclass(kw_only=True)
class Initiative(Aggregate):
    """What became of an initiative: which of its events ended a stall last, or told whether scores differ."""

    moved_sequence: int = 0
    differences: dict[str, int] = field(default_factory=dict)
    """By month, the sequence of the last event that told whether its two scores differ."""

    sources: dict[str, int] = field(default_factory=dict)
    """By lesson of another industry, the sequence of the last event that told what became of it."""

    def keep_source(self, lesson_id: str, *, sequence: int) -> None:
        """Keep that an event told what became of a lesson that was taken up; raises Superseded when a later one did."""
        self.sources[lesson_id] = newest(self.sources.get(lesson_id, 0), sequence)

    def newest_move(self, sequence: int) -> int:
        """Give the sequence of the event that ended a stall last; raises Superseded when a later one is known."""
        return newest(self.moved_sequence, sequence)

    def refuse_if_moved_since(self, sequence: int) -> None:
        """Raise Superseded when a later one of its events ended a stall."""
        newest(self.moved_sequence, sequence)

    def ending_since(self, sequence: int) -> str | None:
        """Give why there is nothing to follow up on since an event by which it had stalled, if there is nothing."""
        return INITIATIVE_MOVED_ON if self.moved_sequence > sequence else None

    def session_since(self, day: date) -> None:
        """Give no session: each is about a milestone, or about nothing in particular."""

    def keep_difference(self, month: str, *, sequence: int) -> None:
        """Keep that an event told whether the scores of a month differ; raises Superseded when a later one did."""
        self.differences[month] = newest(self.differences.get(month, 0), sequence)
