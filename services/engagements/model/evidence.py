"""Evidence that a milestone is reached: what a person says, what data must show, and what they do show."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from chassis.domain.errors import Invalid
from services.engagements.model.statement import Statement


class EvidenceKind(StrEnum):
    """What data must show for a milestone to be proposed."""

    FAVOURABLE_SHIFT = "favourable_shift"
    """A shift of a measure in the direction in which it is to go."""
    TARGET_HELD = "target_held"
    """So many consecutive data points at the target of a measure or beyond it."""
    SCORE = "score"
    """A progress score of an initiative by faculty, in any month."""
    SHARE_OF_UNITS = "share_of_units"
    """A share of the strata of a measure whose newest data point meets the target."""


class RuleIncomplete(Invalid):
    """Each kind of evidence rule has members of its own."""


class EvidenceOfAnotherEngagement(Invalid):
    """The evidence for a milestone is in its own engagement."""


class ReasonNeededDespite(Invalid):
    """Where data speak against a milestone, or do not propose it, confirming it needs a reason that is shown."""


NEEDED = {
    EvidenceKind.FAVOURABLE_SHIFT: ("measure_id",),
    EvidenceKind.TARGET_HELD: ("measure_id", "points"),
    EvidenceKind.SCORE: ("initiative_id", "score"),
    EvidenceKind.SHARE_OF_UNITS: ("measure_id", "percent"),
}


@dataclass(frozen=True, kw_only=True)
class EvidenceRule:
    """What data must show, of a measure or an initiative, since a day."""

    kind: EvidenceKind
    measure_id: str | None = None
    initiative_id: str | None = None
    points: int | None = None
    score: Decimal | None = None
    percent: int | None = None
    since: date | None = None
    """From when on it counts; None for whenever it was."""

    def must_be_whole(self) -> None:
        """Raise RuleIncomplete, at the member that is missing, or is not one of its kind."""
        for name in ("measure_id", "initiative_id", "points", "score", "percent"):
            needed, given = name in NEEDED[self.kind], getattr(self, name) is not None
            if needed != given:
                wanted = "A value" if needed else "Null"
                detail = f"{wanted} is expected with {self.kind}, which needs {', '.join(NEEDED[self.kind])}"
                raise RuleIncomplete.at(f"/evidence_rule/{name}", "required" if needed else "not_wanted", detail)


@dataclass(frozen=True, kw_only=True)
class Found:
    """What data show that meets a rule.

    `key` stays the same while it is the same finding; `judged` is the hash of what was judged, where a series was.
    """

    key: str
    finding: str
    judged: str | None = None


@dataclass(frozen=True, kw_only=True)
class Concern:
    """A group that the work is to be better for, while its data get worse."""

    stratum: str
    since: date
    signal_id: str


@dataclass(frozen=True, kw_only=True)
class Declined:
    """What data proposed, and why a person said that it does not hold."""

    key: str
    statement: Statement


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Why somebody says that a milestone is reached, and who it was.

    `proposal` is what data showed at that time, `concerns` what spoke against it, and `despite` why it was confirmed
    nevertheless.
    """

    statement: str
    confirmed_by: str
    confirmed_at: datetime
    despite: str | None = None
    proposal: Found | None = None
    concerns: list[Concern] = field(default_factory=list)


def refuse_without_reason(evidence: Evidence, rule: EvidenceRule | None) -> None:
    """Raise ReasonNeededDespite, at `despite`, where data speak against it or do not propose it, without a reason.

    Equity is a gate (programme's aim of closing equity gaps): overall progress does not hide that a group falls behind.
    """
    if evidence.despite or rule is None:
        return
    if evidence.concerns:
        groups = ", ".join(f"{each.stratum} since {each.since}" for each in evidence.concerns)
        raise ReasonNeededDespite.at("/despite", "required", f"A reason is expected: the data get worse for {groups}")
    if evidence.proposal is None:
        detail = f"A reason is expected: the data do not show what its rule, {rule.kind}, asks for"
        raise ReasonNeededDespite.at("/despite", "required", detail)
