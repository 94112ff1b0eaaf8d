"""What an engagement might aim at first: what the institute agreed to be missing of its partner."""

from dataclasses import dataclass, field

from chassis.domain.aggregate import INTERNAL, Aggregate
from chassis.domain.replica import newest


@dataclass(frozen=True, kw_only=True)
class ProposedObjective:
    """A gap of a partner that might be closed first: its characteristic, and the assessments that it comes from."""

    characteristic: str
    assessment_ids: list[str]


@dataclass(kw_only=True)
class ProposedObjectives(Aggregate):
    """What one partner's engagement might aim at first, under the partner's id: as it was agreed on last."""

    partner_id: str
    objectives: list[ProposedObjective] = field(default_factory=list)
    fit_sequence: int = field(default=0, metadata=INTERNAL)
    """The sequence of the event that said so."""

    def propose(self, gaps: list[str], *, assessment_ids: list[str], sequence: int) -> None:
        """Propose these and no others; raises Superseded when a later event said which."""
        self.fit_sequence = newest(self.fit_sequence, sequence)
        self.objectives = [ProposedObjective(characteristic=gap, assessment_ids=assessment_ids) for gap in gaps]
