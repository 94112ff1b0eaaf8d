"""What camps learns of people: who may answer by the link in their letter."""

from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.mail_addresses import address_digest
from chassis.schemas.operations import reaction
from services.camps.repository import People
from services.camps.schemas import EmailAddress, PartnerId, PersonId, Word


@reaction("partners.person.joined", "partners.person.changed", "partners.person.returned")
def keep_person(
    uow: UnitOfWork,
    event: Envelope,
    *,
    person_id: PersonId,
    partner_id: PartnerId | None,
    role: Word,
    email: EmailAddress,
) -> None:
    """Keep whether somebody may answer for a partner by link, and at which address. Raises Superseded for old news."""
    person = People(uow).about(person_id, partner_id=partner_id)
    digest = address_digest(email, of=person_id)
    person.describe(sequence=event.sequence, partner_id=partner_id, role=role, address_digest=digest)
    People(uow).save(person)


@reaction("partners.person.left")
def keep_departure(uow: UnitOfWork, event: Envelope, *, person_id: PersonId, partner_id: PartnerId | None) -> None:
    """End the links of somebody who left, also when nothing else is known of them. Raises Superseded for old news."""
    person = People(uow).about(person_id, partner_id=partner_id)
    person.leave(sequence=event.sequence)
    People(uow).save(person)
