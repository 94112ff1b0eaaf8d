"""What notifications knows of other services' things: copies, each as events said it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from chassis.domain.aggregate import Aggregate
from chassis.domain.erasure import ERASED, NO_LANGUAGE, NO_ZONE, erased_address
from chassis.domain.errors import NotYetKnown, Superseded
from chassis.domain.replica import newest

LEADER, STAFF, DELEGATE = "leader", "staff", "delegate"


@dataclass(kw_only=True)
class Copy(Aggregate):
    """Our copy of a thing, under the thing's own id; `seen_sequence` is that of the event it is from."""

    seen_sequence: int


@dataclass(frozen=True, kw_only=True)
class FormerPartner:
    """A partner whose person somebody was, until it was heard that they moved to another one."""

    partner_id: str
    until: datetime


@dataclass(kw_only=True)
class Recipient(Copy):
    """A person we can write to; `partner_id` is None for the institute's own people.

    Whoever has left on `left_on` is not written to, whatever older things are heard of them; whoever is described
    by a later event than `left_sequence`, that by which they left last, is back.
    """

    partner_id: str | None
    name: str
    email: str
    role: str
    language: str
    zone: str
    roles: list[str] = field(default_factory=list)
    """Every role they have, `role` the main one; empty until somebody says them."""
    left_on: date | None = None
    left_sequence: int = 0
    refused: str | None = None
    """Their address when the last letter to it failed for good."""
    refused_since: datetime | None = None
    """Since when that address, if it is still theirs, takes no mail."""
    former_partners: list[FormerPartner] = field(default_factory=list)
    is_erased: bool = False
    """Whether who they were is not to be known any more, whatever is heard later."""

    @property
    def takes_mail(self) -> bool:
        """Whether the last letter to their present address, if there was one, did not fail."""
        return self.refused != self.email

    @property
    def is_written_to(self) -> bool:
        """Whether they are there, and letters arrive as far as is known."""
        return self.left_on is None and self.takes_mail

    def refuse(self, address: str, *, at: datetime) -> bool:
        """Keep that a letter to their address failed for good; False when that is known, or it is not theirs."""
        is_news = address == self.email != self.refused
        if is_news:
            self.refused, self.refused_since = address, at
        return is_news

    def accept(self, address: str) -> bool:
        """Keep that an address took a letter; False when nothing else was known."""
        is_news = self.refused == address
        if is_news:
            self.refused, self.refused_since = None, None
        return is_news

    def in_place_of(self, known: "Recipient") -> "Recipient":
        """Give this as what is known from now on; raises Superseded unless it is of a later event than `known`.

        Nothing is later than that somebody is erased.
        """
        if known.is_erased:
            raise Superseded(f"person {known.id} is erased")
        seen = newest(known.seen_sequence, self.seen_sequence)
        left_on = known.left_on if known.left_sequence > seen else None
        return replace(self, version=known.version, seen_sequence=seen, left_on=left_on,
                       left_sequence=known.left_sequence, refused=known.refused,
                       refused_since=known.refused_since, former_partners=known.former_partners)  # fmt: skip

    def move_from(self, partner_id: str, *, at: datetime) -> None:
        """Keep that they are of a partner no more."""
        others = [each for each in self.former_partners if each.partner_id != partner_id]
        self.former_partners = [*others, FormerPartner(partner_id=partner_id, until=at)]

    def was_of(self, partner_id: str | None, *, at: datetime | None = None) -> bool:
        """Whether they are of a partner no more, but were, at an instant if one is given."""
        known = [each for each in self.former_partners if each.partner_id == partner_id != self.partner_id]
        return any(at is None or at <= each.until for each in known)

    @classmethod
    def unknown(cls, id: str, *, partner_id: str | None) -> "Recipient":
        """Give somebody of whom nothing was heard but whose they are."""
        return cls(id=id, seen_sequence=0, partner_id=partner_id, name="", email="", role="", language=NO_LANGUAGE,
                   zone=NO_ZONE)  # fmt: skip

    def erase(self, *, sequence: int, left_on: date) -> None:
        """Remove who they were, and keep that they are gone; raises Superseded when that is done."""
        self.leave(sequence=sequence, on=left_on)
        self.is_erased, self.name, self.email = True, ERASED, erased_address(self.id)
        self.language, self.zone, self.refused, self.refused_since = NO_LANGUAGE, NO_ZONE, None, None

    def leave(self, *, sequence: int, on: date) -> None:
        """Keep that they left, unless they are known to have returned since; raises Superseded for an older leaving."""
        self.left_sequence = newest(self.left_sequence, sequence)
        if self.left_sequence > self.seen_sequence:
            self.left_on = on


@dataclass(kw_only=True)
class Partner(Copy):
    """A partner: what it is called, and those who led it on the day it was admitted; others may have joined since.

    `leader_ids` is None as long as only other events than its admission were heard. Admissions are counted: who departs
    has departed from one, and another one brings them back.
    """

    name: str
    zone: str = "UTC"
    """In which its days are counted; UTC until one of its events that tell the zone is heard."""
    leader_ids: list[str] | None = None
    departed_on: date | None = None
    admission_number: int = 0
    departed_number: int = 0
    standing_sequence: int = 0
    """Of the last of its events that said whether it rests, goes on or departs."""
    rests: bool = False
    """Whether it is asked and reminded of nothing just now."""

    def keep_standing(self, *, sequence: int, rests: bool) -> None:
        """Keep that an event told whether it rests, goes on or departs; raises Superseded when a later one did."""
        self.standing_sequence, self.rests = newest(self.standing_sequence, sequence), rests

    def describe(self, *, name: str, zone: str, sequence: int) -> None:
        """Keep what it is called, and where it is; raises Superseded when something newer is known."""
        self.seen_sequence = newest(self.seen_sequence, sequence)
        self.name, self.zone = name, zone

    def admit(self, leader_ids: Sequence[str], *, number: int) -> None:
        """Keep who led it on the day of its last admission, by which it is back if it had departed."""
        if number > self.admission_number:
            self.admission_number, self.leader_ids = number, list(leader_ids)
        if self.admission_number > self.departed_number:
            self.departed_on = None

    def wait_for(self, number: int) -> None:
        """Raise NotYetKnown for an admission that was not heard of."""
        if number > max(self.admission_number, self.departed_number):
            raise NotYetKnown(f"admission {number} of partner {self.id} was not heard of yet")

    def refuse_unless_last(self, number: int) -> None:
        """Raise Superseded when it was admitted again since this admission, and NotYetKnown for one not heard of."""
        self.wait_for(number)
        if self.is_back_after(number):
            raise Superseded(f"admission {number} of partner {self.id} has ended")

    def refuse_unless_in(self, number: int) -> None:
        """Raise Superseded when this admission has ended, and NotYetKnown for one that was not heard of."""
        self.refuse_unless_last(number)
        if self.departed_on:
            raise Superseded(f"admission {number} of partner {self.id} has ended")

    def is_back_after(self, number: int) -> bool:
        """Whether it was admitted again since this admission."""
        return self.admission_number > number

    def depart(self, *, number: int, on: date) -> None:
        """Keep that it departed; raises Superseded when it was admitted anew since."""
        if self.is_back_after(number):
            raise Superseded(f"partner {self.id} was admitted anew since")
        self.departed_number, self.departed_on = max(number, self.departed_number), on


@dataclass(frozen=True, kw_only=True)
class HeldSession:
    """A coaching session about a milestone, and the day on which it was held."""

    session_id: str
    held_on: date


MILESTONE_REOPENED = "milestone_reopened"


@dataclass(kw_only=True)
class Milestone(Aggregate):
    """What became of a milestone: which of its events said so last, and the sessions about it."""

    reopened_sequence: int = 0
    rescheduled_sequence: int = 0
    settled_sequence: int = 0
    """Of the last event by which it was reached or dropped."""
    proposal_sequence: int = 0
    """Of the last event by which data proposed it, or that took that back."""
    restored_sequence: int = 0
    """Of the last event by which it was aimed at again."""
    sessions: list[HeldSession] = field(default_factory=list)

    def propose(self, *, sequence: int) -> None:
        """Keep that data proposed it, or no more; raises Superseded when a later event said either."""
        self.proposal_sequence = newest(self.proposal_sequence, sequence)

    def reopen(self, *, sequence: int) -> None:
        """Keep that it was reopened; raises Superseded when it is known that it was again later."""
        self.reopened_sequence = newest(self.reopened_sequence, sequence)

    def refuse_if_reopened_since(self, sequence: int) -> None:
        """Raise Superseded when it was reopened by a later one of its events."""
        newest(self.reopened_sequence, sequence)

    def reschedule(self, *, sequence: int) -> None:
        """Keep that it has another day; raises Superseded when it is known that it was given one later."""
        self.rescheduled_sequence = newest(self.rescheduled_sequence, sequence)

    def settle(self, *, sequence: int) -> None:
        """Keep that it was reached or dropped; raises Superseded when it is known that it was again later."""
        self.settled_sequence = newest(self.settled_sequence, sequence)

    def restore(self, *, sequence: int) -> None:
        """Keep that it is aimed at again; raises as refuse_unless_awaited_since."""
        self.refuse_unless_awaited_since(sequence)
        self.restored_sequence = sequence

    def is_told_anew_since(self, sequence: int) -> bool:
        """Whether a later one of its events reached, dropped or restored it."""
        return max(self.settled_sequence, self.restored_sequence) > sequence

    def refuse_unless_awaited_since(self, sequence: int) -> None:
        """Raise Superseded when a later one of its events gave it another day, reached, dropped or restored it."""
        newest(max(self.rescheduled_sequence, self.settled_sequence, self.restored_sequence), sequence)

    def coach(self, *, session_id: str, held_on: date) -> None:
        """Keep that a session about it was held."""
        self.retract(session_id)
        held = [*self.sessions, HeldSession(session_id=session_id, held_on=held_on)]
        self.sessions = sorted(held, key=lambda each: (each.held_on, each.session_id))

    def retract(self, session_id: str) -> None:
        """Keep that a session was not held after all."""
        self.sessions = [each for each in self.sessions if each.session_id != session_id]

    def ending_since(self, sequence: int) -> str | None:
        """Give why there is nothing to follow up on since an event that reached it, if there is nothing."""
        return MILESTONE_REOPENED if self.reopened_sequence > sequence else None

    def session_since(self, day: date) -> str | None:
        """Give the last session about it that was held on that day or later, if any was."""
        return next((each.session_id for each in reversed(self.sessions) if each.held_on >= day), None)
