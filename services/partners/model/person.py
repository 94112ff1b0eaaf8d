"""A person: somebody of a partner or of the institute; who left may return, unless who they were is erased."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypedDict, Unpack
from zoneinfo import ZoneInfo

from chassis.domain.aggregate import PERSONAL
from chassis.domain.erasure import ERASED, NO_LANGUAGE, NO_ZONE, erased_address
from chassis.domain.errors import Conflict
from chassis.domain.external_ids import KnownElsewhere
from chassis.domain.transitions import refuse_unless_possible
from services.partners.events import person as events
from services.partners.model.history import HistoryEntry
from services.partners.model.person_lifecycle import (
    TRANSITIONS,
    PersonHasLeft,
    PersonIsErased,
    PersonIsPresent,
    PersonOfTheInstitute,
    PersonState,
    WorksThereAlready,
)
from services.partners.model.role import (
    NotADayOfTheRole,
    Role,
    RoleHeld,
    ended,
    given_up,
    refuse_a_role_elsewhere,
    replaced,
    restored,
    resumed,
    roles_now,
    taken,
)


@dataclass(frozen=True, kw_only=True)
class FormerAddress:
    """Where somebody was written to, until the day, where they are, on which another address took its place."""

    email: str = field(metadata=PERSONAL)
    until: date


@dataclass(frozen=True, kw_only=True)
class Move:
    """To which partner somebody goes, what they do there, where they are written to there, and how that is known."""

    partner_id: str
    role: Role
    email: str | None
    reason: str


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
    roles: list[str]


@dataclass(kw_only=True)
class Person(KnownElsewhere):
    """Somebody of a partner, or of the institute itself when `partner_id` is None.

    `history` has each time they left, by mistake or not, each time they returned, and each time they moved to another
    partner, whose they then are. Whoever changes their address
    is the same person: `former_addresses` has those before, the first one first. `roles` has each role from when to
    when, the first one first; `role` is the main one of those they have, or had when they left.
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
    roles: list[RoleHeld] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Have the role of who was on record before roles were kept from when to when."""
        if not self.roles:
            role = RoleHeld(role=self.role, partner_id=self.partner_id, since=None)
            self.roles = [role.end(self.left_on, by_leaving=True) if self.left_on else role]

    @classmethod
    def join(
        cls,
        *,
        id: str,
        partner_id: str | None,
        name: str,
        email: str,
        role: Role,
        language: str,
        zone: str,
        at: datetime,
    ) -> "Person":
        """Put a person on record; raises RoleOfAPartner and RoleOfTheInstitute."""
        refuse_a_role_elsewhere(role, partner_id)
        person = cls(id=id, partner_id=partner_id, name=name, email=email, role=role, language=language, zone=zone)
        person.roles = [RoleHeld(role=role, partner_id=partner_id, since=person.today(at))]
        person.record(events.PersonJoined(**person._described()))
        return person

    def change(self, *, on: date, **changes: Unpack[Changes]) -> bool:
        """Change what is described of somebody, as in joining, on a day; gives whether anything is different.

        The address before is kept. Another main role is from then on the only one.
        Raises PersonHasLeft, PersonIsErased, RoleOfAPartner and RoleOfTheInstitute.
        """
        self._must_be_present()
        role = changes.get("role", self.role)
        refuse_a_role_elsewhere(role, self.partner_id)
        if all(getattr(self, name) == value for name, value in changes.items()):
            return False
        if changes.get("email", self.email) != self.email:
            self.former_addresses.append(FormerAddress(email=self.email, until=on))
        if role != self.role:
            self.roles = replaced(self.roles, role, partner_id=self.partner_id, on=on)
        for name, value in changes.items():
            setattr(self, name, value)
        self.record(events.PersonChanged(**self._described()))
        return True

    def take_role(self, role: Role, *, since: date | None, reason: str | None, on: date) -> None:
        """Have one role more, from a day on, else from today on.

        Raises PersonHasLeft, PersonIsErased, RoleOfAPartner, RoleOfTheInstitute, RoleIsHeld and NotADayOfTheRole.
        """
        self._must_allow("take_role", otherwise=PersonHasLeft)
        refuse_a_role_elsewhere(role, self.partner_id)
        day = _past(since, on, field="since")
        self._have(taken(self.roles, role, partner_id=self.partner_id, since=day, reason=reason))

    def give_up_role(self, role: Role, *, until: date | None, reason: str | None, on: date) -> None:
        """Have a role no more, from a day on, else from today on; as of the day on which it was taken for a mistake.

        Raises PersonHasLeft, PersonIsErased, RoleIsNotHeld, OnlyRole and NotADayOfTheRole.
        """
        self._must_allow("give_up_role", otherwise=PersonHasLeft)
        self._have(given_up(self.roles, role, until=_past(until, on, field="until"), reason=reason))

    def restore_role(self, role: Role, *, reason: str) -> None:
        """Have a role that was given up by mistake, as though it had not been.

        Raises PersonHasLeft, PersonIsErased, RoleIsHeld and RoleIsNotHeld.
        """
        self._must_allow("restore_role", otherwise=PersonHasLeft)
        self._have(restored(self.roles, role, partner_id=self.partner_id, reason=reason))

    def leave(self, *, on: date, by: str, at: datetime) -> None:
        """Note that somebody is gone; raises PersonHasLeft and PersonIsErased."""
        self._must_allow("leave_person", otherwise=PersonHasLeft)
        self.state, self.left_on, self.roles = PersonState.LEFT, on, ended(self.roles, on=on)
        self.history.append(HistoryEntry(to=self.state, reason=None, by=by, at=at))
        self.record(events.PersonLeft(person_id=self.id, partner_id=self.partner_id, left_on=on))

    def come_back(self, *, reason: str, by: str, at: datetime) -> None:
        """Note that somebody who left is back, or never went; raises PersonIsPresent and PersonIsErased."""
        self._must_allow("return_person", otherwise=PersonIsPresent)
        self.roles = resumed(self.roles, partner_id=self.partner_id, left_on=self.left_on, on=self.today(at))
        self.state, self.left_on = PersonState.PRESENT, None
        self.history.append(HistoryEntry(to=self.state, reason=reason, by=by, at=at))
        self.record(events.PersonReturned(**self._described()))

    def move(self, move: Move, *, by: str, at: datetime) -> None:
        """Work for another partner from today on, in one role there; who left before, too.

        Raises PersonIsErased, PersonOfTheInstitute, WorksThereAlready and RoleOfTheInstitute.
        """
        self._must_allow("move_person", otherwise=PersonIsErased)
        refuse_a_role_elsewhere(move.role, move.partner_id)
        former_id, on = self._leaves_for(move.partner_id), self.today(at)
        left_on = self.left_on or on
        if move.email and move.email != self.email:
            self.former_addresses.append(FormerAddress(email=self.email, until=on))
            self.email = move.email
        goes_on = RoleHeld(role=move.role, partner_id=move.partner_id, since=on, reason=move.reason)
        self.roles, self.role = [*ended(self.roles, on=on), goes_on], move.role
        self.partner_id, self.state, self.left_on = move.partner_id, PersonState.PRESENT, None
        self.history.append(HistoryEntry(to=self.state, reason=move.reason, by=by, at=at))
        told = events.PersonMoved(**self._described(), former_partner_id=former_id, left_on=left_on, moved_on=on)
        self.record(told)

    def _leaves_for(self, partner_id: str) -> str:
        if self.partner_id is None:
            raise PersonOfTheInstitute(f"person {self.id} is of the institute, and moves to no partner")
        if self.partner_id == partner_id:
            raise WorksThereAlready(f"person {self.id} is of partner {partner_id} already")
        return self.partner_id

    @property
    def leads(self) -> bool:
        """Whether they are one of those who lead their partner."""
        return Role.LEADER in self.roles_now

    @property
    def roles_now(self) -> list[Role]:
        """The roles they have, the main one first; none once they have left."""
        return roles_now(self.roles)

    def erase(self, *, on: date, reason: str, by: str, at: datetime) -> None:
        """Remove for good who somebody was; who is still there leaves by that. Raises PersonIsErased."""
        self._must_allow("erase_person", otherwise=PersonIsErased)
        if self.state is PersonState.PRESENT:
            self.leave(on=on, by=by, at=at)
        self.state = PersonState.ERASED
        self.name, self.email, self.external_id = ERASED, erased_address(self.id), None
        self.language, self.zone, self.former_addresses = NO_LANGUAGE, NO_ZONE, []
        self.roles = [replace(each, reason=None) for each in self.roles]
        said_before = [replace(each, reason=None) for each in self.history]
        self.history = [*said_before, HistoryEntry(to=self.state, reason=reason, by=by, at=at)]
        self.record(events.PersonErased(person_id=self.id, partner_id=self.partner_id, left_on=self.left_on or on))

    def today(self, now: datetime) -> date:
        """Give the day that it is where the person is."""
        return now.astimezone(ZoneInfo(self.zone)).date()

    def _have(self, roles: list[RoleHeld]) -> None:
        self.roles, self.role = roles, roles_now(roles)[0]
        self.record(events.PersonChanged(**self._described()))

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
                "role": self.role, "language": self.language, "zone": self.zone,
                "roles": list(self.roles_now)}  # fmt: skip


def _past(day: date | None, today: date, *, field: str) -> date:
    """Give a day, else today; raises NotADayOfTheRole for one that is to come where the person is."""
    if day and day > today:
        raise NotADayOfTheRole.at(f"/{field}", "to_come", f"{today} or an earlier day is expected; got {day}")
    return day or today
