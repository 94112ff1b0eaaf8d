"""A person: somebody of a partner or of the institute; who left may return, unless who they were is erased."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TypedDict, Unpack
from zoneinfo import ZoneInfo

from chassis.domain.aggregate import PERSONAL
from chassis.domain.erasure import ERASED, NO_LANGUAGE, NO_ZONE, erased_address
from chassis.domain.errors import Conflict, Invalid
from chassis.domain.external_ids import KnownElsewhere
from chassis.domain.transitions import refuse_unless_possible
from services.partners.events import person as events
from services.partners.model.history import HistoryEntry
from services.partners.model.person_lifecycle import (
    TRANSITIONS,
    PersonHasLeft,
    PersonIsErased,
    PersonIsPresent,
    PersonState,
)


class Role(StrEnum):
    """What a person does: the first three for a partner, the others for the institute."""

    LEADER = "leader"
    IMPROVER = "improver"
    DELEGATE = "delegate"
    COACH = "coach"
    STAFF = "staff"


INSTITUTE_ROLES = frozenset({Role.COACH, Role.STAFF})


class RoleOfAPartner(Invalid):
    """Leaders, improvers and delegates are a partner's people."""


class RoleOfTheInstitute(Invalid):
    """Coaches and staff are the institute's own people."""


@dataclass(frozen=True, kw_only=True)
class FormerAddress:
    """Where somebody was written to, until the day, where they are, on which another address took its place."""

    email: str = field(metadata=PERSONAL)
    until: date


class Changes(TypedDict, total=False):
    """What is on record of somebody: the members that are to be changed."""

    name: str
    email: str
    role: Role
    language: str
    zone: str


class Description(TypedDict):
    """What others know of somebody: the members of `events.PersonEvent`."""

    person_id: str
    partner_id: str | None
    name: str
    email: str
    role: str
    language: str
    zone: str


@dataclass(kw_only=True)
class Person(KnownElsewhere):
    """Somebody of a partner, or of the institute itself when `partner_id` is None.

    `history` has each time they left, by mistake or not, and each time they returned. Whoever changes their address
    is the same person: `former_addresses` has those before, the first one first.
    Of who is erased there is only that there was somebody with this id, whose, in which role, and when.
    """

    lifecycle = TRANSITIONS

    partner_id: str | None
    name: str = field(metadata=PERSONAL)
    email: str = field(metadata=PERSONAL)
    role: Role
    language: str
    zone: str
    state: PersonState = PersonState.PRESENT
    left_on: date | None = None
    former_addresses: list[FormerAddress] = field(default_factory=list)
    history: list[HistoryEntry] = field(default_factory=list)

    @classmethod
    def join(
        cls, *, id: str, partner_id: str | None, name: str, email: str, role: Role, language: str, zone: str
    ) -> "Person":
        """Put a person on record; raises RoleOfAPartner and RoleOfTheInstitute."""
        _refuse_a_role_elsewhere(role, partner_id)
        person = cls(id=id, partner_id=partner_id, name=name, email=email, role=role, language=language, zone=zone)
        person.record(events.PersonJoined(**person._described()))
        return person

    def change(self, *, on: date, **changes: Unpack[Changes]) -> bool:
        """Change what is described of somebody, as in joining, on a day; gives whether anything is different.

        The address before is kept. Raises PersonHasLeft, PersonIsErased, RoleOfAPartner and RoleOfTheInstitute.
        """
        self._must_be_present()
        _refuse_a_role_elsewhere(changes.get("role", self.role), self.partner_id)
        if all(getattr(self, name) == value for name, value in changes.items()):
            return False
        if changes.get("email", self.email) != self.email:
            self.former_addresses.append(FormerAddress(email=self.email, until=on))
        for name, value in changes.items():
            setattr(self, name, value)
        self.record(events.PersonChanged(**self._described()))
        return True

    def leave(self, *, on: date, by: str, at: datetime) -> None:
        """Note that somebody is gone; raises PersonHasLeft and PersonIsErased."""
        self._must_allow("leave_person", otherwise=PersonHasLeft)
        self.state, self.left_on = PersonState.LEFT, on
        self.history.append(HistoryEntry(to=self.state, reason=None, by=by, at=at))
        self.record(events.PersonLeft(person_id=self.id, partner_id=self.partner_id, left_on=on))

    def come_back(self, *, reason: str, by: str, at: datetime) -> None:
        """Note that somebody who left is back, or never went; raises PersonIsPresent and PersonIsErased."""
        self._must_allow("return_person", otherwise=PersonIsPresent)
        self.state, self.left_on = PersonState.PRESENT, None
        self.history.append(HistoryEntry(to=self.state, reason=reason, by=by, at=at))
        self.record(events.PersonReturned(**self._described()))

    @property
    def leads(self) -> bool:
        """Whether they are one of those who lead their partner."""
        return self.role == Role.LEADER and self.state == PersonState.PRESENT

    def erase(self, *, on: date, reason: str, by: str, at: datetime) -> None:
        """Remove for good who somebody was; who is still there leaves by that. Raises PersonIsErased."""
        self._must_allow("erase_person", otherwise=PersonIsErased)
        if self.state is PersonState.PRESENT:
            self.leave(on=on, by=by, at=at)
        self.state = PersonState.ERASED
        self.name, self.email, self.external_id = ERASED, erased_address(self.id), None
        self.language, self.zone, self.former_addresses = NO_LANGUAGE, NO_ZONE, []
        said_before = [replace(each, reason=None) for each in self.history]
        self.history = [*said_before, HistoryEntry(to=self.state, reason=reason, by=by, at=at)]
        self.record(events.PersonErased(person_id=self.id, partner_id=self.partner_id, left_on=self.left_on or on))

    def today(self, now: datetime) -> date:
        """Give the day that it is where the person is."""
        return now.astimezone(ZoneInfo(self.zone)).date()

    def _must_allow(self, operation: str, *, otherwise: type[Conflict]) -> None:
        is_erased = self.state is PersonState.ERASED
        left = self.left_on and not is_erased
        about = f"person {self.id} left on {self.left_on}" if left else f"person {self.id} is {self.state}"
        refusal = PersonIsErased if is_erased else otherwise
        refuse_unless_possible(TRANSITIONS, operation, state=self.state, about=about, otherwise=refusal)

    def _must_be_present(self) -> None:
        if self.state is PersonState.ERASED:
            raise PersonIsErased(f"person {self.id} is erased: whoever joins again is put on record anew")
        if self.state is PersonState.LEFT:
            raise PersonHasLeft(
                f"person {self.id} left on {self.left_on}: first say, with a reason, that they returned"
            )

    def _described(self) -> Description:
        return {"person_id": self.id, "partner_id": self.partner_id, "name": self.name, "email": self.email,
                "role": self.role, "language": self.language, "zone": self.zone}  # fmt: skip


def _refuse_a_role_elsewhere(role: Role, partner_id: str | None) -> None:
    if partner_id is None and role not in INSTITUTE_ROLES:
        detail = f"The partner whose {role} this is, is expected; got null"
        raise RoleOfAPartner.at("/partner_id", "missing", detail)
    if partner_id is not None and role in INSTITUTE_ROLES:
        detail = f"No partner is expected, for {role} is a role of the institute; got '{partner_id}'"
        raise RoleOfTheInstitute.at("/partner_id", "not_allowed", detail)
