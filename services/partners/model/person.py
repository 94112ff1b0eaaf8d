"""A person: somebody of a partner or of the institute, until they leave."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypedDict, Unpack

from chassis.domain.aggregate import Aggregate
from chassis.domain.errors import Conflict, Invalid
from services.partners import events


class Role(StrEnum):
    """What a person does: the first three for a partner, the others for the institute."""

    LEADER = "leader"
    IMPROVER = "improver"
    DELEGATE = "delegate"
    COACH = "coach"
    STAFF = "staff"


INSTITUTE_ROLES = frozenset({Role.COACH, Role.STAFF})


class PersonState(StrEnum):
    """Whether somebody is still with their partner, or with the institute."""

    PRESENT = "present"
    LEFT = "left"


class RoleOfAPartner(Invalid):
    """Leaders, improvers and delegates are a partner's people."""


class RoleOfTheInstitute(Invalid):
    """Coaches and staff are the institute's own people."""


class PersonHasLeft(Conflict):
    """Of somebody who has left nothing more is put on record."""


class Changes(TypedDict, total=False):
    """What is on record of somebody: the members that are to be changed."""

    name: str
    email: str
    role: Role
    language: str
    zone: str


@dataclass(kw_only=True)
class Person(Aggregate):
    """Somebody of a partner, or of the institute itself when `partner_id` is None."""

    partner_id: str | None
    name: str
    email: str
    role: Role
    language: str
    zone: str
    state: PersonState = PersonState.PRESENT
    left_on: date | None = None

    @classmethod
    def join(
        cls, *, id: str, partner_id: str | None, name: str, email: str, role: Role, language: str, zone: str
    ) -> "Person":
        """Put a person on record; raises RoleOfAPartner and RoleOfTheInstitute."""
        _refuse_a_role_elsewhere(role, partner_id)
        person = cls(id=id, partner_id=partner_id, name=name, email=email, role=role, language=language, zone=zone)
        person.record(events.PersonJoined(person_id=id, partner_id=partner_id, name=name, email=email, role=role,
                                          language=language, zone=zone))  # fmt: skip
        return person

    def change(self, **changes: Unpack[Changes]) -> bool:
        """Change what is described of somebody, as in joining; gives whether anything is different.

        Raises PersonHasLeft, RoleOfAPartner and RoleOfTheInstitute.
        """
        self._must_be_present()
        _refuse_a_role_elsewhere(changes.get("role", self.role), self.partner_id)
        if all(getattr(self, name) == value for name, value in changes.items()):
            return False
        for name, value in changes.items():
            setattr(self, name, value)
        self.record(self._changed())
        return True

    def leave(self, *, on: date) -> None:
        """Note that somebody is gone; raises PersonHasLeft."""
        self._must_be_present()
        self.state, self.left_on = PersonState.LEFT, on
        self.record(events.PersonLeft(person_id=self.id, partner_id=self.partner_id, left_on=on))

    def _must_be_present(self) -> None:
        if self.state is PersonState.LEFT:
            raise PersonHasLeft(f"person {self.id} left on {self.left_on}")

    def _changed(self) -> events.PersonChanged:
        return events.PersonChanged(
            person_id=self.id,
            partner_id=self.partner_id,
            name=self.name,
            email=self.email,
            role=self.role,
            language=self.language,
            zone=self.zone,
        )


def _refuse_a_role_elsewhere(role: Role, partner_id: str | None) -> None:
    if partner_id is None and role not in INSTITUTE_ROLES:
        detail = f"The partner whose {role} this is, is expected; got null"
        raise RoleOfAPartner.at("/partner_id", "missing", detail)
    if partner_id is not None and role in INSTITUTE_ROLES:
        detail = f"No partner is expected, for {role} is a role of the institute; got '{partner_id}'"
        raise RoleOfTheInstitute.at("/partner_id", "not_allowed", detail)
