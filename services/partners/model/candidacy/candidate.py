"""A candidate: a partner that fits, and waits for a place in the programme."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from chassis.domain.aggregate import Aggregate
from chassis.domain.transitions import refuse_unless_possible
from services.partners.events import candidacy as events
from services.partners.model.candidacy.candidate_lifecycle import (
    ADMITTED,
    DECLINED,
    TRANSITIONS,
    WAITING,
    WITHDRAWN,
    CandidateState,
)
from services.partners.model.history import HistoryEntry
from services.partners.model.partner import Partner
from services.partners.model.partner_lifecycle import IN_THE_PROGRAMME, PartnerAlreadyAdmitted


class Because(StrEnum):
    """What was done with a candidate, so that it has another place, or others have."""

    JOINED = "joined"
    MOVED = "moved"
    ADMITTED = "admitted"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    REINSTATED = "reinstated"


@dataclass(frozen=True, kw_only=True)
class Rearrangement:
    """That the list is in another order: what was done with which candidate, by whom, when, and why."""

    because: Because
    candidate_id: str
    by: str
    at: datetime
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class PlaceTaken:
    """The place on the list that a candidate had from an instant on, and what was done, with it or another."""

    place: int
    since: datetime
    because: Because
    about_id: str
    reason: str | None
    by: str


@dataclass(kw_only=True)
class Candidate(Aggregate):
    """A partner on the list of those that wait, or that waited.

    `place` is 1 for the first, and None for who does not wait any more; `places` are those it had, the first first.
    `place_free_since` is since when the programme has a place for it, so that it can be admitted.
    """

    lifecycle = TRANSITIONS

    partner_id: str
    partner_name: str
    reasons: list[str]
    since: datetime
    state: CandidateState = WAITING
    place: int | None = None
    place_free_since: datetime | None = None
    places: list[PlaceTaken] = field(default_factory=list)
    history: list[HistoryEntry] = field(default_factory=list)

    @classmethod
    def join(cls, *, id: str, partner: Partner, reasons: list[str], place: int, by: str, at: datetime) -> "Candidate":
        """Put a partner on the list; raises PartnerAlreadyAdmitted."""
        _refuse_who_is_in_it(partner)
        candidate = cls(id=id, partner_id=partner.id, partner_name=partner.name, reasons=reasons, since=at)
        reason = "; ".join(reasons)
        candidate.history.append(HistoryEntry(to=WAITING, reason=reason, by=by, at=at))
        done = Rearrangement(because=Because.JOINED, candidate_id=id, by=by, at=at, reason=reason)
        candidate.stand_at(place, done)
        candidate.record(events.CandidacyBegun(**candidate._of(), place=place, reason=reason))
        return candidate

    def move(self, place: int, done: Rearrangement) -> None:
        """Give it another place, by the institute's word; raises NotFromThisState."""
        self._must_allow("move_candidate")
        before = self.last_place
        if self.stand_at(place, done):
            moved = events.CandidacyMoved(**self._of(), place=place, former_place=before, reason=str(done.reason))
            self.record(moved)

    def stand_at(self, place: int, done: Rearrangement) -> bool:
        """Have a place on the list because of what was done; gives whether it is another one."""
        if place == self.place:
            return False
        self.place = place
        self.places.append(PlaceTaken(place=place, since=done.at, because=done.because, about_id=done.candidate_id,
                                      reason=done.reason, by=done.by))  # fmt: skip
        return True

    def note_free_place(self, is_free: bool, *, waiting: int, at: datetime) -> bool:
        """Note whether the programme has a place for it, told once until it is taken; gives whether that is news.

        `waiting` is how many are on the list.
        """
        if is_free is (self.place_free_since is not None):
            return False
        self.place_free_since = at if is_free else None
        if is_free:
            self.record(events.CandidacyPlaceFree(**self._of(), partner_name=self.partner_name, since=self.since,
                                                  waiting=waiting))  # fmt: skip
        return True

    def be_admitted(self, *, by: str, at: datetime) -> None:
        """Wait no more, as it has a place; raises NotFromThisState."""
        self._end("admit_partner", ADMITTED, reason=None, by=by, at=at)

    def withdraw(self, *, reason: str, by: str, at: datetime) -> None:
        """Wait no more, as the partner wants, for a reason; raises NotFromThisState."""
        self._end("withdraw_candidate", WITHDRAWN, reason=reason, by=by, at=at)

    def decline(self, *, reason: str, by: str, at: datetime) -> None:
        """Wait no more, as the institute wants, for a reason; raises NotFromThisState."""
        self._end("decline_candidate", DECLINED, reason=reason, by=by, at=at)

    def reinstate(self, partner: Partner, *, place: int, reason: str, by: str, at: datetime) -> None:
        """Have it wait again; raises NotFromThisState and PartnerAlreadyAdmitted."""
        self._become("reinstate_candidate", WAITING, reason=reason, by=by, at=at)
        _refuse_who_is_in_it(partner)
        done = Rearrangement(because=Because.REINSTATED, candidate_id=self.id, by=by, at=at, reason=reason)
        self.stand_at(place, done)
        self.record(events.CandidacyBegun(**self._of(), place=place, reason=reason))

    @property
    def last_place(self) -> int:
        """The place that it has, or had last."""
        return self.places[-1].place

    def _end(self, operation: str, to: CandidateState, *, reason: str | None, by: str, at: datetime) -> None:
        self._become(operation, to, reason=reason, by=by, at=at)
        self.place = self.place_free_since = None
        self.record(events.CandidacyEnded(**self._of(), outcome=to, reason=reason))

    def _become(self, operation: str, to: CandidateState, *, reason: str | None, by: str, at: datetime) -> None:
        self._must_allow(operation)
        self.state = to
        self.history.append(HistoryEntry(to=to, reason=reason, by=by, at=at))

    def _must_allow(self, operation: str) -> None:
        about = f"candidate {self.id} is {self.state}"
        refuse_unless_possible(TRANSITIONS, operation, state=self.state, about=about)

    def _of(self) -> events.OfCandidate:
        return {"candidate_id": self.id, "partner_id": self.partner_id}


def _refuse_who_is_in_it(partner: Partner) -> None:
    if partner.state in IN_THE_PROGRAMME:
        raise PartnerAlreadyAdmitted(f"partner {partner.id} is {partner.state}: it waits for no place in the programme")
