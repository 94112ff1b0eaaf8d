"""A connection: a site visit, buddies, a joint test or mentoring between two partners, with what came of it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from chassis.domain.aggregate import INTERNAL, Aggregate
from chassis.domain.errors import Conflict
from chassis.domain.transitions import NotFromThisState, refuse_unless_possible
from services.partners.events import connection as events
from services.partners.events.connection import ConnectionReason
from services.partners.model.connection.connection_lifecycle import (
    OPEN,
    TRANSITIONS,
    ConnectedWithItself,
    ConnectionIsFull,
    ConnectionState,
    DayNotOfTheConnection,
    NotConnected,
    NotOfTheConnection,
    ProposedByThem,
    PurposeMissing,
)

MOST_CONTACTS = 200
"""That one connection takes: it is one document."""


class ConnectionKind(StrEnum):
    """What two partners do with each other."""

    SITE_VISIT = "site_visit"
    BUDDY = "buddy"
    JOINT_TEST = "joint_test"
    MENTORING = "mentoring"


class ReasonKind(StrEnum):
    """Why two partners may want to do something with each other."""

    BY_HAND = "by_hand"
    MATCHED_ASK = "matched_ask"
    ADOPTED_SAME_CHANGE = "adopted_same_change"
    SAME_SESSION = "same_session"


class EndedBecause(StrEnum):
    """Why a connection is over."""

    RESULT = "result"
    PARTNER_PAUSED = "partner_paused"
    PARTNER_DEPARTED = "partner_departed"


@dataclass(frozen=True, kw_only=True)
class Contact:
    """That both had to do with each other on a day, and what about, as one of them or the institute says."""

    on: date
    note: str
    by_partner_id: str | None
    by: str = field(metadata=INTERNAL)
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Doing:
    """For which partner something is done (None: for the institute), by whom, where it is which day, and when."""

    partner_id: str | None
    by: str
    today: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ConnectionMove:
    """That a connection came into a state: for which partner, None for neither, and why where that is said.

    Who said so for one partner is not for the other to see.
    """

    to: ConnectionState
    reason: str | None
    by_partner_id: str | None
    by: str = field(metadata=INTERNAL)
    at: datetime


@dataclass(kw_only=True)
class Connection(Aggregate):
    """What two partners do with each other; of each kind they have one at a time that is open.

    `partner_ids` are in the order of their ids: neither comes first. `purpose` is what it is for; until one of both
    proposes it, what the suggestion says, None where that does not. `dormant_since` is since when it was noted that
    nothing is known of it, until a contact is.
    """

    lifecycle = TRANSITIONS

    partner_ids: list[str]
    kind: ConnectionKind
    purpose: str | None
    reasons: list[ConnectionReason] = field(default_factory=list)
    state: ConnectionState = ConnectionState.SUGGESTED
    proposed_by_id: str | None = None
    starts_on: date | None = None
    ended_on: date | None = None
    result: str | None = None
    ended_because: EndedBecause | None = None
    contacts: list[Contact] = field(default_factory=list)
    dormant_since: datetime | None = None
    last_contact_on: date | None = None
    history: list[ConnectionMove] = field(default_factory=list)
    opened_at: datetime | None = field(default=None, metadata=INTERNAL)
    quiet_since: date | None = field(default=None, metadata=INTERNAL)
    """The day since which nothing is known of it; None while it is not active, or once it was noted as dormant."""

    @classmethod
    def suggest(
        cls,
        *,
        id: str,
        partner_ids: list[str],
        kind: ConnectionKind,
        purpose: str | None,
        reason: ConnectionReason,
        doing: Doing,
    ) -> "Connection":
        """Say that two partners may want to do something with each other; raises ConnectedWithItself."""
        connection = cls(id=id, partner_ids=pair_of(*partner_ids), kind=kind, purpose=purpose, reasons=[reason],
                         opened_at=doing.at)  # fmt: skip
        connection._moved(doing, reason=reason.what)
        connection.record(events.ConnectionSuggested(**connection._named(), reasons=[reason]))
        return connection

    @classmethod
    def propose(
        cls, *, id: str, with_partner_id: str, kind: ConnectionKind, purpose: str, doing: Doing
    ) -> "Connection":
        """Let one partner propose something to another one; raises ConnectedWithItself."""
        both = pair_of(doing.partner_id or "", with_partner_id)
        connection = cls(id=id, partner_ids=both, kind=kind, purpose=purpose, opened_at=doing.at)
        connection._propose(purpose, doing)
        return connection

    def add_reason(self, reason: ConnectionReason) -> bool:
        """Keep one more reason of a suggestion; gives whether it is news."""
        if any((each.kind, each.about_id) == (reason.kind, reason.about_id) for each in self.reasons):
            return False
        self.reasons.append(reason)
        return True

    def take_up(self, purpose: str | None, *, doing: Doing) -> None:
        """Let one of both propose to the other what was suggested.

        Raises NotFromThisState, NotOfTheConnection and PurposeMissing.
        """
        self._of_both(doing)
        self._must_allow("take_up_connection")
        if (purpose or self.purpose) is None:
            raise PurposeMissing.at("/purpose", "missing", "What it is for is expected: the suggestion does not say")
        self._propose(purpose or self.purpose or "", doing)

    def agree(self, starts_on: date | None, *, doing: Doing) -> None:
        """Let the other one agree: they are connected, from today unless another day is said.

        Raises NotFromThisState, NotOfTheConnection and ProposedByThem.
        """
        self._of_both(doing)
        self._must_allow("agree_to_connection")
        if doing.partner_id == self.proposed_by_id:
            raise ProposedByThem(f"partner {doing.partner_id} proposed connection {self.id}: the other one agrees")
        self.state, self.starts_on = ConnectionState.ACTIVE, starts_on or doing.today
        self.quiet_since = self.starts_on
        self._moved(doing)
        self.record(events.ConnectionMade(**self._named(), starts_on=self.starts_on))

    def decline(self, reason: str, *, doing: Doing) -> None:
        """Say no, for one of both or the institute; raises NotFromThisState and NotOfTheConnection."""
        if doing.partner_id is not None:
            self._of_both(doing)
        self._must_allow("decline_connection")
        self.state = ConnectionState.DECLINED
        self._moved(doing, reason=reason)
        self.record(events.ConnectionDeclined(**self._named(), by_partner_id=doing.partner_id, reason=reason))

    def end(self, result: str, *, ended_on: date | None, doing: Doing) -> None:
        """Say what came of it; raises NotFromThisState and DayNotOfTheConnection."""
        self._must_allow("end_connection")
        ended_on = ended_on or doing.today
        self._refuse_another_day(ended_on, today=doing.today, at="ended_on")
        self.result = result
        self._end(EndedBecause.RESULT, ended_on, doing)

    def end_with_partner(self, because: EndedBecause, *, doing: Doing) -> bool:
        """End it because one of both rests or has departed; gives whether it was open."""
        if not self.is_open:
            return False
        self._end(because, doing.today, doing)
        return True

    def note_contact(self, on: date | None, note: str, *, doing: Doing) -> None:
        """Keep that both had to do with each other; raises NotConnected, ConnectionIsFull and DayNotOfTheConnection."""
        self._must_allow_contacts()
        on = on or doing.today
        self._refuse_another_day(on, today=doing.today, at="on")
        self.contacts.append(Contact(on=on, note=note, by_partner_id=doing.partner_id, by=doing.by, at=doing.at))
        if self.last_contact_on is None or on > self.last_contact_on:
            self.last_contact_on = on
            self._is_heard_of(on)

    def fall_dormant(self, on: date, *, at: datetime) -> bool:
        """Note that nothing is known of it since a day or longer; gives whether that is news."""
        if self.quiet_since is None or self.quiet_since > on:
            return False
        quiet_since, self.quiet_since, self.dormant_since = self.quiet_since, None, at
        self.record(events.ConnectionDormant(**self._named(), quiet_since=quiet_since))
        return True

    @property
    def is_open(self) -> bool:
        """Whether it is the only one of its kind between its partners."""
        return self.state in OPEN

    def _propose(self, purpose: str, doing: Doing) -> None:
        self.state, self.purpose, self.proposed_by_id = ConnectionState.PROPOSED, purpose, doing.partner_id
        self._moved(doing)
        self.record(events.ConnectionProposed(**self._named(), by_partner_id=doing.partner_id or "", purpose=purpose))

    def _end(self, because: EndedBecause, ended_on: date, doing: Doing) -> None:
        was_made = self.state is ConnectionState.ACTIVE
        self.state, self.ended_on, self.ended_because = ConnectionState.ENDED, ended_on, because
        self.quiet_since, self.dormant_since = None, None
        self._moved(doing)
        self.record(events.ConnectionEnded(**self._named(), because=because, was_made=was_made, ended_on=ended_on))

    def _must_allow(self, operation: str, *, otherwise: type[Conflict] = NotFromThisState) -> None:
        about = f"connection {self.id} is {self.state}"
        refuse_unless_possible(TRANSITIONS, operation, state=self.state, about=about, otherwise=otherwise)

    def _is_heard_of(self, on: date) -> None:
        self.quiet_since = on
        if self.dormant_since is not None:
            self.dormant_since = None
            self.record(events.ConnectionRevived(**self._named(), contact_on=on))

    def _must_allow_contacts(self) -> None:
        if self.state is not ConnectionState.ACTIVE:
            raise NotConnected(f"connection {self.id} is {self.state}")
        if len(self.contacts) >= MOST_CONTACTS:
            raise ConnectionIsFull

    def _of_both(self, doing: Doing) -> None:
        if doing.partner_id not in self.partner_ids:
            detail = f"{' or '.join(self.partner_ids)} is expected; got '{doing.partner_id}'"
            raise NotOfTheConnection.at("/partner_id", "not_of_the_connection", detail)

    def _refuse_another_day(self, day: date, *, today: date, at: str) -> None:
        first = self.starts_on or today
        if not min(first, today) <= day <= today:
            detail = f"A day from {first} to {today} is expected; got '{day}'"
            raise DayNotOfTheConnection.at(f"/{at}", "another_day", detail)

    def _moved(self, doing: Doing, *, reason: str | None = None) -> None:
        self.history.append(ConnectionMove(to=self.state, reason=reason, by_partner_id=doing.partner_id, by=doing.by,
                                           at=doing.at))  # fmt: skip

    def _named(self) -> events.OfConnection:
        return {"connection_id": self.id, "partner_ids": self.partner_ids, "kind": self.kind}


def pair_of(one: str, other: str) -> list[str]:
    """Give two partners such that neither comes first; raises ConnectedWithItself."""
    if one == other:
        detail = f"Another partner than {one} is expected"
        raise ConnectedWithItself.at("/other_partner_id", "own", detail)
    return sorted((one, other))
