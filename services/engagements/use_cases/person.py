"""What engagements learns of people."""

from datetime import date

from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.engagements.repository.engagement import People
from services.engagements.schemas.engagement import Name, PartnerId, PersonId, ZoneName
from services.engagements.use_cases.improvement.standing import follow_person
from services.engagements.use_cases.lead_coach import follow


@reaction("partners.person.joined", "partners.person.changed", "partners.person.returned")
def keep_person(
    uow: UnitOfWork,
    event: Envelope,
    *,
    person_id: PersonId,
    partner_id: PartnerId | None,
    name: Name,
    role: str,
    zone: ZoneName,
    email: str = "",
) -> None:
    """Keep who a person is, and whose; raises Superseded when a later description is known."""
    person = People(uow).about(person_id, partner_id=partner_id)
    person.describe(sequence=event.sequence, partner_id=partner_id, name=name, role=role, zone=zone, email=email)
    follow(uow, People(uow).save(person))
    follow_person(uow, person)


@reaction("partners.person.left")
def keep_departure(
    uow: UnitOfWork, event: Envelope, *, person_id: PersonId, partner_id: PartnerId | None, left_on: date
) -> None:
    """Store that a person left, also when no other event about them has arrived yet; raises Superseded."""
    person = People(uow).about(person_id, partner_id=partner_id)
    person.leave(sequence=event.sequence, on=left_on)
    follow(uow, People(uow).save(person))
    follow_person(uow, person)
