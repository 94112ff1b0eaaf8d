"""A match of what one partner asks for with what another offers, as far as notifications knows it."""

from dataclasses import dataclass

from chassis.domain.aggregate import Aggregate
from chassis.domain.replica import newest


@dataclass(kw_only=True)
class HelpMatch(Aggregate):
    """How far the match's events were heard: each says how it stands from then on, so that only the newest counts."""

    heard_sequence: int = 0

    def hear(self, sequence: int) -> None:
        """Keep that an event was heard; raises Superseded when a later one was."""
        self.heard_sequence = newest(self.heard_sequence, sequence)
