"""What notifications knows of sessions at camps, and of what was told of programmes, as events said it."""

from dataclasses import dataclass

from chassis.domain.aggregate import Aggregate
from chassis.domain.replica import newest


@dataclass(kw_only=True)
class CampSession(Aggregate):
    """Which of the events of a session at a camp told last whether it takes place, and whether its evidence holds."""

    decision_sequence: int = 0
    evidence_sequence: int = 0

    def keep_decision(self, *, sequence: int) -> None:
        """Keep that an event told whether it takes place; raises Superseded when a later one did."""
        self.decision_sequence = newest(self.decision_sequence, sequence)

    def keep_evidence(self, *, sequence: int) -> None:
        """Keep that an event told whether its evidence holds; raises Superseded when a later one did."""
        self.evidence_sequence = newest(self.evidence_sequence, sequence)


@dataclass(kw_only=True)
class ProgrammeTold(Aggregate):
    """Which release of a programme a delegate was told of last, under the delegate's id."""

    number: int = 0

    def keep(self, number: int) -> None:
        """Keep that they are told of a release; raises Superseded when a later one was told."""
        self.number = newest(self.number, number)
