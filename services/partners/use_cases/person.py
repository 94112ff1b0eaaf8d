"""What one can have done with a person on record."""

from typing import Unpack

from chassis.domain.scope import EVERY_ORGANISATION, PLATFORM, Scope
from chassis.erasure.erasures import Erasures
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.external_ids import ExternalId
from chassis.schemas.mail_addresses import canonical_address
from chassis.schemas.operations import NeedsEveryOrganisation, command
from services.partners.model.person import Move, Person
from services.partners.model.role import Role
from services.partners.repository.inquiry import Inquiries
from services.partners.repository.inquiry_messages import FurtherMessages
from services.partners.repository.partner import Partners
from services.partners.repository.person import People
from services.partners.schemas.identity import ExpectedVersion, PartnerId, PersonId
from services.partners.schemas.partner import Reason
from services.partners.schemas.person import Address, AnotherRole, DayOfRole, PersonChanges, PersonName
from services.partners.schemas.place import LanguageTag, ZoneName
from services.partners.use_cases.leadership import follow_leader, lead_no_more


@command
def add_person(
    uow: UnitOfWork,
    scope: Scope,
    *,
    name: PersonName,
    email: Address,
    role: Role,
    language: LanguageTag,
    zone: ZoneName,
    partner_id: PartnerId | None = None,
    external_id: ExternalId | None = None,
    same_address_is_meant: bool = False,
) -> Person:
    """Put a person of a partner, or of the institute itself, on record; one who left before returns instead."""
    if partner_id is not None:
        Partners(uow).named(partner_id, by="partner_id", scope=scope)
    elif not scope.is_unrestricted:  # not declared as what it needs: a partner's own lead may add its people
        raise NeedsEveryOrganisation
    person = Person.join(id=uow.new_id("per"), partner_id=partner_id, name=name, email=email, role=role,
                         language=language, zone=zone, at=uow.now)  # fmt: skip
    person.external_id = external_id
    follow_leader(uow, person)
    return People(uow).save_new(person, same_address_is_meant=same_address_is_meant)


@command
def change_person(
    uow: UnitOfWork,
    scope: Scope,
    *,
    person_id: PersonId,
    version: ExpectedVersion,
    same_address_is_meant: bool = False,
    **changes: Unpack[PersonChanges],
) -> Person:
    """Change the given members of a person's record; the address before stays on it."""
    person = People(uow).get(person_id, scope=scope, version=version)
    before = person.email
    if not person.change(on=person.today(uow.now), **changes):
        return person
    follow_leader(uow, person)
    is_known = same_address_is_meant or person.email == before
    return People(uow).save_as(person, same_address_is_meant=is_known)


@command
def take_role(
    uow: UnitOfWork,
    scope: Scope,
    *,
    person_id: PersonId,
    version: ExpectedVersion,
    role: AnotherRole,
    since: DayOfRole | None = None,
    reason: Reason | None = None,
) -> Person:
    """Record that a person has one role more, since a day; today if none is given."""
    person = People(uow).get(person_id, scope=scope, version=version)
    person.take_role(role, since=since, reason=reason, on=person.today(uow.now))
    follow_leader(uow, person)
    return People(uow).save(person)


@command
def give_up_role(
    uow: UnitOfWork,
    scope: Scope,
    *,
    person_id: PersonId,
    version: ExpectedVersion,
    role: AnotherRole,
    until: DayOfRole | None = None,
    reason: Reason | None = None,
) -> Person:
    """Record that a person has a role no more, since a day; a mistake ends on the day on which it was taken."""
    person = People(uow).get(person_id, scope=scope, version=version)
    person.give_up_role(role, until=until, reason=reason, on=person.today(uow.now))
    follow_leader(uow, person)
    return People(uow).save(person)


@command
def restore_role(
    uow: UnitOfWork, scope: Scope, *, person_id: PersonId, version: ExpectedVersion, role: AnotherRole, reason: Reason
) -> Person:
    """Record, with a reason, that a role was given up by mistake: it goes on as though it had not been."""
    person = People(uow).get(person_id, scope=scope, version=version)
    person.restore_role(role, reason=reason)
    follow_leader(uow, person)
    return People(uow).save(person)


@command
def leave_person(uow: UnitOfWork, scope: Scope, *, person_id: PersonId, version: ExpectedVersion) -> Person:
    """Record that a person has left, today where they are."""
    person = People(uow).get(person_id, scope=scope, version=version)
    person.leave(on=person.today(uow.now), by=scope.subject, at=uow.now)
    follow_leader(uow, person)
    return People(uow).save(person)


@command(needs=EVERY_ORGANISATION)
def return_person(
    uow: UnitOfWork, scope: Scope, *, person_id: PersonId, version: ExpectedVersion, reason: Reason
) -> Person:
    """Record, with a reason, that a person who left has returned, or was recorded as left by mistake."""
    person = People(uow).get(person_id, scope=scope, version=version)
    person.come_back(reason=reason, by=scope.subject, at=uow.now)
    follow_leader(uow, person)
    return People(uow).save(person)


@command(needs=EVERY_ORGANISATION)
def move_person(
    uow: UnitOfWork,
    scope: Scope,
    *,
    person_id: PersonId,
    version: ExpectedVersion,
    partner_id: PartnerId,
    role: Role,
    reason: Reason,
    email: Address | None = None,
    same_address_is_meant: bool = False,
) -> Person:
    """Record that a person works for another partner from today on, in a role and perhaps at an address there."""
    Partners(uow).named(partner_id, by="partner_id", scope=scope)
    person = People(uow).get(person_id, scope=scope, version=version)
    former_id = person.partner_id
    person.move(Move(partner_id=partner_id, role=role, email=email, reason=reason), by=scope.subject, at=uow.now)
    lead_no_more(uow, person.id, str(former_id))
    follow_leader(uow, person)
    return People(uow).save_as(person, same_address_is_meant=same_address_is_meant)


@command(needs=EVERY_ORGANISATION)
def erase_person(
    uow: UnitOfWork, scope: Scope, *, person_id: PersonId, version: ExpectedVersion, reason: Reason
) -> Person:
    """Erase who a person was, for a reason that names nobody; one who is present leaves by that. Nothing undoes it."""
    person = People(uow).get(person_id, scope=scope, version=version)
    addresses = [person.email, *(each.email for each in person.former_addresses)]
    Erasures(uow).begin(person.id, person.name, *addresses)
    for address in addresses:
        _forget_what_they_asked(uow, canonical_address(address))
    person.erase(on=person.today(uow.now), reason=reason, by=scope.subject, at=uow.now)
    follow_leader(uow, person)
    return People(uow).save(person)


def _forget_what_they_asked(uow: UnitOfWork, address: str) -> None:
    """Remove inquiries of theirs that are over, and what is kept beside them; of one that is open they wait."""
    for inquiry in Inquiries(uow).each({"inquirer.address": address}, scope=PLATFORM):
        if not inquiry.is_open:
            inquiry.forget_inquirer(uow.now)
            FurtherMessages(uow).remove_of(inquiry.id)
            Inquiries(uow).save(inquiry)


COMMANDS = (
    add_person,
    change_person,
    take_role,
    give_up_role,
    restore_role,
    leave_person,
    return_person,
    move_person,
    erase_person,
)
