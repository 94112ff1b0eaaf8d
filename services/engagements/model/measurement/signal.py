"""A signal: that the data of a measure say more than chance would, since when, and whether they still do."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from chassis.domain.aggregate import Aggregate
from services.engagements.analysis.rule_sets import RULE_SETS
from services.engagements.analysis.verdict import Meaning
from services.engagements.events import signal as events
from services.engagements.model.measurement.judgement import Finding, Judgement
from services.engagements.model.measurement.measure import Measure
from services.engagements.model.measurement.measure_lifecycle import SIGNAL_TRANSITIONS, SignalState

MOVES_MILESTONES = ("shift", "sustained_shift")
"""Rules by which a signal is evidence; a trend alone moves nothing, for its false alarms are many."""


@dataclass(frozen=True, kw_only=True)
class Sighting:
    """When a signal was detected or withdrawn, and the hash of the data that said so."""

    state: SignalState
    at: datetime
    judged: str


@dataclass(kw_only=True)
class Signal(Aggregate):
    """A finding with an identity: by its measure, stratum, rule set, rule, side, and the period in which it begins.

    It is the same signal while what is found lies partly in the same periods: late data may move its beginning.
    """

    lifecycle = SIGNAL_TRANSITIONS
    measure_id: str
    engagement_id: str
    partner_id: str
    stratum: str | None = None
    title: str
    rules: str
    rules_version: str
    rule: str
    side: str
    meaning: Meaning
    first: date
    last: date
    length: int
    judged: str
    state: SignalState = SignalState.DETECTED
    sightings: list[Sighting] = field(default_factory=list)

    @classmethod
    def of(cls, finding: Finding, measure: Measure, *, id: str, stratum: str | None) -> "Signal":
        """Give a finding its identity; it is not detected yet."""
        rules = RULE_SETS[measure.rules]
        return cls(id=id, measure_id=measure.id, engagement_id=measure.engagement_id, partner_id=measure.partner_id,
                   stratum=stratum, title=measure.title, rules=rules.name, rules_version=rules.version, judged="",
                   rule=finding.rule, side=finding.side, meaning=finding.meaning, first=finding.first,
                   last=finding.last, length=finding.length, state=SignalState.WITHDRAWN)  # fmt: skip

    def is_same_as(self, finding: Finding) -> bool:
        """Whether a finding is this signal: by its rule, on its side, and partly in the same periods."""
        alike = (self.rule, self.side) == (finding.rule, finding.side)
        return alike and self.first <= finding.last and finding.first <= self.last

    def detect(self, finding: Finding, *, judged: str, at: datetime, coach_id: str | None) -> None:
        """Note that the data say so."""
        self._become(finding, judged)
        self._enter(SignalState.DETECTED, judged, at)
        self.record(events.SignalDetected(**self._named(), title=self.title, coach_id=coach_id))

    def extend(self, finding: Finding, *, judged: str) -> bool:
        """Note where it lies now; gives whether that is elsewhere than before."""
        if (self.first, self.last, self.length, self.meaning) == _place_of(finding):
            return False
        self._become(finding, judged)
        self.record(events.SignalExtended(**self._named()))
        return True

    def withdraw(self, *, judged: str, at: datetime, coach_id: str | None) -> None:
        """Note that the data say so no more."""
        self.judged = judged
        self._enter(SignalState.WITHDRAWN, judged, at)
        self.record(events.SignalWithdrawn(**self._named(), title=self.title, coach_id=coach_id))

    @property
    def is_there(self) -> bool:
        """Whether the data say so now."""
        return self.state is SignalState.DETECTED

    def _become(self, finding: Finding, judged: str) -> None:
        self.first, self.last, self.length, self.meaning = _place_of(finding)
        self.judged = judged

    def _enter(self, state: SignalState, judged: str, at: datetime) -> None:
        self.state = state
        self.sightings.append(Sighting(state=state, at=at, judged=judged))

    def _named(self) -> dict[str, Any]:
        """Give what every event says of it."""
        whose = {"signal_id": self.id, "measure_id": self.measure_id, "engagement_id": self.engagement_id,
                 "partner_id": self.partner_id, "stratum": self.stratum}  # fmt: skip
        by = {"rules": self.rules, "rules_version": self.rules_version, "rule": self.rule, "meaning": self.meaning}
        return {**whose, **by, "first": self.first, "last": self.last, "length": self.length, "judged": self.judged}


def _place_of(finding: Finding) -> tuple[date, date, int, Meaning]:
    return finding.first, finding.last, finding.length, finding.meaning


@dataclass(frozen=True, kw_only=True)
class Matched:
    """Which finding is which known signal, and which of either has no counterpart."""

    same: list[tuple[Signal, Finding]]
    new: list[Finding]
    gone: list[Signal]


def match(known: Iterable[Signal], judgement: Judgement) -> Matched:
    """Find what was found before again: the earliest signal first, and each finding is one signal at most.

    A signal that was withdrawn is the one that is detected again where a finding begins in the same period.
    """
    left = sorted(judgement.findings, key=lambda finding: (finding.first, finding.rule))
    same, gone = [], []
    for signal in sorted(known, key=lambda signal: (not signal.is_there, signal.first, signal.id)):
        found = next((finding for finding in left if _is(signal, finding)), None)
        if found:
            left.remove(found)
            same.append((signal, found))
        elif signal.is_there:
            gone.append(signal)
    return Matched(same=same, new=left, gone=gone)


def _is(signal: Signal, finding: Finding) -> bool:
    return signal.is_same_as(finding) and (signal.is_there or signal.first == finding.first)
