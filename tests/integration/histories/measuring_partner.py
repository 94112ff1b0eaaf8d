"""What engagements publishes of the measures of one partner: gaps between groups, and data that are late."""

from dataclasses import dataclass

from tests.integration.histories.coached_partner import CoachedPartner
from tests.integration.histories.published_event import COACH, PublishedEvent, published

GAP_CHANGES = (
    (), ("widened",), ("narrowed",), ("widened", "as_before"), ("widened", "narrowed"), ("widened", "widened"),
    ("widened", "as_before", "widened"), ("widened", "as_before", "widened", "narrowed"),
)  # fmt: skip
"""What the data can say of a gap, step by step; wider twice, because the whole got better meanwhile."""
LAPSES = (
    (), ("stale",), ("stale", "fresh"), ("stale", "excused"), ("stale", "fresh", "stale"),
    ("stale", "excused", "stale", "fresh"),
)  # fmt: skip
"""What can happen to the data of a measure, as to when they come."""


@dataclass(frozen=True, kw_only=True)
class MeasuringPartner(CoachedPartner):
    """A partner with a measure that compares two groups, and another whose data may be late."""

    gap_changes: tuple[str, ...] = ()
    """What becomes of the gap, in order."""
    lapses: tuple[str, ...] = ()
    """Whether the data of the other measure are late, in order."""

    def measure_events(self) -> list[PublishedEvent]:
        whose = {"engagement_id": self.engagement_id, "partner_id": self.id, "coach_id": COACH}
        gap, watch = f"gap_of_{self.id}", f"wat_of_{self.id}"
        compared = {**whose, "gap_id": gap, "measure_id": f"msr_compared_{self.id}"}
        watched = {**whose, "watch_id": watch, "measure_id": f"msr_watched_{self.id}"}
        return [
            *(published("engagements.equity_gap.changed", gap, number, **compared, change=change,
                        overall_improved=number > 1) for number, change in enumerate(self.gap_changes, 1)),
            *(published(f"engagements.data.{each}", watch, number, **watched)
              for number, each in enumerate(self.lapses, 1)),
        ]  # fmt: skip
