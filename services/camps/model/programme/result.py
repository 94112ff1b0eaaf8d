"""Results in camps: the sequence of the last event processed about each, to recognise superseded ones."""

from dataclasses import dataclass
from typing import ClassVar

from chassis.domain.aggregate import Aggregate
from chassis.domain.replica import newest
from services.camps.model.programme.session_content import EvidenceLoss


@dataclass(kw_only=True)
class Result(Aggregate):
    """What a partner may share: it holds, or holds no longer, by the event whose sequence is `seen_sequence`."""

    partner_id: str
    seen_sequence: int = 0

    def keep(self, *, sequence: int) -> None:
        """Store the sequence of an event about it; raises Superseded when a later one is stored."""
        self.seen_sequence = newest(self.seen_sequence, sequence)


@dataclass(kw_only=True)
class Milestone(Result):
    """A milestone that was reached or reopened."""


@dataclass(kw_only=True)
class Initiative(Result):
    """An initiative that was scored."""


@dataclass(kw_only=True)
class Cycle(Result):
    """A PDSA cycle that was acted on, or whose decision was reconsidered."""


@dataclass(kw_only=True)
class LiveResult(Result):
    """What data show: it is there, or not, by the event whose sequence is `seen_sequence`."""

    gone_because: ClassVar[EvidenceLoss]

    is_there: bool = True
    revised_sequence: int = 0
    """Of the last event by which it is to be read otherwise."""

    def become(self, *, is_there: bool, sequence: int) -> None:
        """Keep whether it is there; raises Superseded when a later event said so."""
        self.keep(sequence=sequence)
        self.is_there = is_there

    def revise(self, *, sequence: int) -> None:
        """Keep that it is to be read otherwise; raises Superseded when a later event said so."""
        self.revised_sequence = newest(self.revised_sequence, sequence)

    def lost_because(self, revision_seen: int) -> EvidenceLoss | None:
        """Say why it is not so any more to who has seen it as it was by a revision; None if it is."""
        if not self.is_there:
            return self.gone_because
        return EvidenceLoss.REVISED if self.revised_sequence > revision_seen else None


@dataclass(kw_only=True)
class Signal(LiveResult):
    """A signal in the data of a measure: it is there while the data have it."""

    gone_because = EvidenceLoss.SIGNAL


@dataclass(kw_only=True)
class Measure(LiveResult):
    """A measure: it is there while data are recorded for it."""

    gone_because = EvidenceLoss.RETIRED
