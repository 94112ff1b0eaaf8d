"""What a session is about, and how it is given."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypedDict


class SessionKind(StrEnum):
    """What is shared in a session."""

    RESULT = "result"
    INNOVATION = "innovation"
    COLLABORATION = "collaboration"
    OTHER_INDUSTRY = "other_industry"
    WORKSHOP = "workshop"
    OPEN_SPACE = "open_space"
    PLENARY = "plenary"


class SessionWithdrawal(StrEnum):
    """What a session was withdrawn with."""

    MILESTONE = "milestone_reopened"
    SCORE = "score_fell"
    RECONSIDERED = "decision_reconsidered"
    INVITATION = "invitation_withdrawn"
    DEPARTED = "partner_departed"
    CAMP = "camp_cancelled"
    BY_HAND = "by_hand"


class EvidenceState(StrEnum):
    """Whether what a session shows is still so."""

    CURRENT = "current"
    CHANGED = "changed"
    """Faculty scores its initiative lower than 4.0, it is decided anew what becomes of the change, or its measure has
    another definition, target, baseline or phase."""
    GONE = "gone"
    """Its milestone was reopened, its signal is there no more, or its measure is retired."""


class EvidenceLoss(StrEnum):
    """Why what a session shows is not so any more."""

    MILESTONE = "milestone_reopened"
    SCORE = "score_fell"
    RECONSIDERED = "decision_reconsidered"
    SIGNAL = "signal_withdrawn"
    RETIRED = "measure_retired"
    REVISED = "measure_revised"


EVIDENCE_AFTER = {
    EvidenceLoss.MILESTONE: EvidenceState.GONE,
    EvidenceLoss.SCORE: EvidenceState.CHANGED,
    EvidenceLoss.RECONSIDERED: EvidenceState.CHANGED,
    EvidenceLoss.SIGNAL: EvidenceState.GONE,
    EvidenceLoss.RETIRED: EvidenceState.GONE,
    EvidenceLoss.REVISED: EvidenceState.CHANGED,
}
"""What becomes of the evidence."""


class Verdict(StrEnum):
    """What the institute decides about a proposed session."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, kw_only=True)
class SessionDecision:
    """What was decided about a session, why if it was declined, who decided, and when."""

    verdict: Verdict
    reason: str | None = None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SessionCancellation:
    """Why a session does not take place, who said so, and when."""

    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Material:
    """Something to read or to see with a session: a title, and where it is."""

    title: str
    url: str


class SessionContent(TypedDict, total=False):
    """What is said of a session: the members that are given or changed."""

    title: str
    kind: SessionKind
    abstract: str | None
    presenter_ids: list[str]
    minutes: int | None
    expected_audience: int | None
    needs: str | None
    materials: list[Material]
    lesson: str | None
    hypothesis: str | None
