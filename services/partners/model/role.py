"""What people do for a partner or for the institute, from when to when."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from chassis.domain.errors import Conflict, Invalid


class Role(StrEnum):
    """What a person does: the first three for a partner, the others for the institute. The main ones come first."""

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


class RoleIsHeld(Conflict):
    """Somebody has a role once at a time."""


class RoleIsNotHeld(Conflict):
    """Only a role that somebody has is given up, and only one that they gave up is restored."""


class OnlyRole(Conflict):
    """Whoever is present has a role: who gives up the only one takes another one first, or has left."""


class NotADayOfTheRole(Invalid):
    """A role is taken after it was given up last, is given up after it was taken, and neither on a day to come."""


@dataclass(frozen=True, kw_only=True)
class RoleHeld:
    """Somebody has a role for a partner, or for the institute where `partner_id` is None, or had it until a day.

    `since` is None where it was so before it was kept. `ended_by_leaving`: by their leaving, not given up alone; who
    returns has it again. What was given up on the day on which it was taken was had on no day, as after a mistake.
    """

    role: Role
    partner_id: str | None
    since: date | None
    until: date | None = None
    ended_by_leaving: bool = False
    reason: str | None = None
    """Why it was taken, given up or restored, whichever was said last."""

    @property
    def is_held(self) -> bool:
        """Whether they have it now."""
        return self.until is None

    def end(self, on: date, *, reason: str | None = None, by_leaving: bool = False) -> "RoleHeld":
        """Give it as it is once it has ended."""
        return replace(self, until=on, ended_by_leaving=by_leaving, reason=reason or self.reason)


Roles = Sequence[RoleHeld]


def roles_now(roles: Roles) -> list[Role]:
    """Give the roles that are held, the main one first."""
    held = {each.role for each in roles if each.is_held}
    return [role for role in Role if role in held]


def taken(roles: Roles, role: Role, *, partner_id: str | None, since: date, reason: str | None) -> list[RoleHeld]:
    """Give the roles with one more; raises RoleIsHeld, and NotADayOfTheRole before it was given up last."""
    if role in roles_now(roles):
        raise RoleIsHeld(f"{role} is among the roles already")
    over = [each for each in roles if each.role == role or each.partner_id != partner_id]
    last = max((each.until for each in over if each.until), default=since)
    if since < last:
        detail = f"{last} or later is expected, for they were {role}, or elsewhere, until then; got {since}"
        raise NotADayOfTheRole.at("/since", "too_early", detail)
    return [*roles, RoleHeld(role=role, partner_id=partner_id, since=since, reason=reason)]


def given_up(roles: Roles, role: Role, *, until: date, reason: str | None) -> list[RoleHeld]:
    """Give the roles with one ended; raises RoleIsNotHeld, OnlyRole, and NotADayOfTheRole before it was taken."""
    now = roles_now(roles)
    if role not in now:
        raise RoleIsNotHeld(f"{role} is not among the roles: {', '.join(now)}")
    if now == [role]:
        raise OnlyRole(f"{role} is the only role: another one is taken first, or the person has left")
    since = next(each.since for each in roles if each.role == role and each.is_held)
    if since and until < since:
        detail = f"{since} or later is expected, for they are {role} since then; got {until}"
        raise NotADayOfTheRole.at("/until", "too_early", detail)
    return [each.end(until, reason=reason) if each.role == role and each.is_held else each for each in roles]


def restored(roles: Roles, role: Role, *, partner_id: str | None, reason: str) -> list[RoleHeld]:
    """Give the roles with one going on as though it had never been given up; raises RoleIsHeld and RoleIsNotHeld."""
    if role in roles_now(roles):
        raise RoleIsHeld(f"{role} is among the roles already")
    had = [at for at, each in enumerate(roles) if (each.role, each.partner_id) == (role, partner_id)]
    if not had:
        raise RoleIsNotHeld(f"{role} was never among the roles")
    goes_on = replace(roles[had[-1]], until=None, ended_by_leaving=False, reason=reason)
    return [*roles[: had[-1]], goes_on, *roles[had[-1] + 1 :]]


def replaced(roles: Roles, role: Role, *, partner_id: str | None, on: date) -> list[RoleHeld]:
    """Give the roles where one is the only one from a day on."""
    others = [each.end(on) if each.is_held and each.role != role else each for each in roles]
    if role in roles_now(roles):
        return others
    return [*others, RoleHeld(role=role, partner_id=partner_id, since=on)]


def ended(roles: Roles, *, on: date) -> list[RoleHeld]:
    """Give the roles once somebody has left on a day."""
    return [each.end(on, by_leaving=True) if each.is_held else each for each in roles]


def resumed(roles: Roles, *, partner_id: str | None, left_on: date | None, on: date) -> list[RoleHeld]:
    """Give the roles once somebody who left is back; on the day on which they left, as though they never had."""
    there = [each for each in roles if each.partner_id == partner_id]
    back = [each for each in there if each.ended_by_leaving and each.until == left_on]
    if left_on == on:
        return [replace(each, until=None, ended_by_leaving=False) if each in back else each for each in roles]
    return [*roles, *(RoleHeld(role=each.role, partner_id=each.partner_id, since=on) for each in back)]


def refuse_a_role_elsewhere(role: Role, partner_id: str | None) -> None:
    """Raise RoleOfAPartner or RoleOfTheInstitute for a role that somebody of them cannot have."""
    if partner_id is None and role not in INSTITUTE_ROLES:
        detail = f"The partner whose {role} this is, is expected; got null"
        raise RoleOfAPartner.at("/partner_id", "missing", detail)
    if partner_id is not None and role in INSTITUTE_ROLES:
        detail = f"No partner is expected, for {role} is a role of the institute; got '{partner_id}'"
        raise RoleOfTheInstitute.at("/partner_id", "not_allowed", detail)
