"""What a session shows, and whether that is still so."""

from dataclasses import dataclass, field
from typing import Any

from chassis.domain.aggregate import INTERNAL, Aggregate, Event
from chassis.domain.errors import Conflict, Invalid
from services.camps.events import session as events
from services.camps.model.camp import Camp
from services.camps.model.programme.result import LiveResult
from services.camps.model.programme.session_content import EVIDENCE_AFTER, EvidenceLoss, EvidenceState
from services.camps.model.programme.session_lifecycle import CHANGEABLE, DECIDED, SessionState

MILESTONE, INITIATIVE, CYCLE = "milestone", "initiative", "pdsa_cycle"
"""The kinds of results that a partner may share: reached, scored high by faculty, or adopted after a test."""
ABOUT = {MILESTONE: "milestone_id", INITIATIVE: "initiative_id", CYCLE: "cycle_id"}
"""The members of a session that say which result of a kind it is about."""


class ContentIsSettled(Conflict):
    """What is said of a session can be changed while it is to take place, or may be."""


class ShowsOneThing(Invalid):
    """A session shows one thing: a milestone, an initiative, a change, a measure or a signal."""


class ShowsNothingOfItsOwn(Invalid):
    """A session shows a measure or a signal of the partner whose session it is."""


class NotSoNow(Invalid):
    """What a session is said to show is so then: a measure is in use, and a signal is there."""


@dataclass(kw_only=True)
class Evidenced(Aggregate):
    """What a session is about or shows: a result that proposed it, or a measure or signal that somebody named."""

    camp_id: str
    partner_id: str | None
    milestone_id: str | None = None
    initiative_id: str | None = None
    cycle_id: str | None = None
    """The id of what it is about, at most one of them."""
    measure_id: str | None = None
    signal_id: str | None = None
    """The measure or the signal that it shows, by a person's word."""
    title: str
    presenter_ids: list[str] = field(default_factory=list)
    state: SessionState = SessionState.PROPOSED
    evidence: EvidenceState | None = None
    """Whether what it shows is still so; None where it shows nothing of ours."""
    evidence_told: EvidenceState | None = field(default=None, metadata=INTERNAL)
    """What those who present it were told of that last; None before anything was."""
    lost_because: EvidenceLoss | None = field(default=None, metadata=INTERNAL)
    """Why what it shows is not so any more, while it is not."""
    revision_seen: int = field(default=0, metadata=INTERNAL)
    """Of the measure that it shows: the sequence of its last revision when somebody named it."""

    @property
    def about_id(self) -> str | None:
        """The id of the result that it is about."""
        return self.milestone_id or self.initiative_id or self.cycle_id

    @property
    def is_decided(self) -> bool:
        """Whether it is to take place."""
        return self.state in DECIDED

    def lose_evidence(self, because: EvidenceLoss, camp: Camp) -> None:
        """Keep that what it shows is not so any more; who decided and who presents it are told once."""
        self._keep_evidence(because, camp)

    def regain_evidence(self, camp: Camp) -> None:
        """Keep that what it shows is so again."""
        self._keep_evidence(None, camp)

    def follow(self, shown: LiveResult, camp: Camp) -> bool:
        """Keep whether the measure or the signal that it shows is so now; gives whether that is otherwise than before.

        Who presents it is told once it is to take place.
        """
        before = self.evidence, self.lost_because
        self._keep_evidence(shown.lost_because(self.revision_seen), camp)
        return before != (self.evidence, self.lost_because)

    def show(self, *, measure: LiveResult | None, signal: LiveResult | None, camp: Camp) -> bool:
        """Say which measure or signal it shows, or none; gives whether anything differs.

        Naming the same again says that a revision of it is known. Raises ShowsOneThing, ShowsNothingOfItsOwn, NotSoNow
        and ContentIsSettled.
        """
        self._refuse_what_cannot_be_shown(measure, signal)
        shown, before = measure or signal, (self.measure_id, self.signal_id, self.evidence)
        ids = measure.id if measure else None, signal.id if signal else None
        if before[:2] == ids and (shown is None or self.state not in CHANGEABLE):
            return False
        self._refuse_if_settled()
        self.measure_id, self.signal_id = ids
        self.revision_seen = shown.revised_sequence if shown else 0
        self._keep_evidence(shown.lost_because(self.revision_seen) if shown else None, camp)
        self.evidence = self.evidence if shown else None
        return before != (*ids, self.evidence)

    def _refuse_what_cannot_be_shown(self, measure: LiveResult | None, signal: LiveResult | None) -> None:
        for shown, member in ((measure, "measure_id"), (signal, "signal_id")):
            if shown is None:
                continue
            if self.about_id or (measure and signal):
                detail = f"Nothing is expected beside the other thing that it shows; got '{shown.id}'"
                raise ShowsOneThing.at(f"/{member}", "another_thing", detail)
            if self.partner_id != shown.partner_id:
                detail = f"One of {self.partner_id or 'a partner whose session it is'} is expected; got '{shown.id}'"
                raise ShowsNothingOfItsOwn.at(f"/{member}", "another_organisation", detail)
            if not shown.is_there and shown.id != getattr(self, member):
                detail = f"What is so now is expected; got '{shown.id}': {shown.gone_because}"
                raise NotSoNow.at(f"/{member}", shown.gone_because, detail)

    def _refuse_if_settled(self) -> None:
        if self.state not in CHANGEABLE:
            raise ContentIsSettled(f"{self._standing}: it can be changed in {', '.join(CHANGEABLE)}")

    @property
    def _standing(self) -> str:
        return f"session {self.id} is {self.state}"

    def _keep_evidence(self, because: EvidenceLoss | None, camp: Camp) -> None:
        was, self.lost_because = self.evidence, because
        self.evidence = EVIDENCE_AFTER[because] if because else EvidenceState.CURRENT
        self._tell_news_of_the_evidence(camp, before=was or EvidenceState.CURRENT)

    def _tell_news_of_the_evidence(self, camp: Camp, *, before: EvidenceState = EvidenceState.CURRENT) -> None:
        """Tell of what is to take place whether what it shows is so, if that is otherwise than was told."""
        if self.is_decided and self.evidence and self.evidence != (self.evidence_told or before):
            self.evidence_told = self.evidence
            because = self.lost_because
            self._say(events.SessionEvidenceChanged, evidence=self.evidence, because=because, **self._told_at(camp))

    def _say(self, event: type[Event], **what: Any) -> None:
        """Publish it to the partner; of the institute's own the programme tells."""
        if self.partner_id:
            self.record(event(**self._named(), **what))

    def _told_at(self, camp: Camp) -> dict[str, Any]:
        return {"title": self.title, "camp_title": camp.title, "presenter_ids": list(self.presenter_ids)}

    def _named(self) -> dict[str, Any]:
        whose = {"session_id": self.id, "camp_id": self.camp_id, "partner_id": self.partner_id}
        shown = (*ABOUT.values(), "measure_id", "signal_id")
        return {**whose, **{member: getattr(self, member) for member in shown}}


def about(kind: str, id: str) -> dict[str, Any]:
    """Give the members of a session that say which result it is about."""
    return {ABOUT[kind]: id}
