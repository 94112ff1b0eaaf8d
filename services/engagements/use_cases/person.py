"""What engagements learns of people."""

from datetime import date, datetime, timedelta

from chassis.erasure.erasures import Erasures
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.engagements.repository.engagement import People
from services.engagements.schemas.engagement import Name, PartnerId, PersonId, ZoneName
from services.engagements.use_cases.improvement.standing import follow_person
from services.engagements.use_cases.lead_coach import follow


@reaction("partners.person.joined", "partners.person.changed", "partners.person.returned", "partners.person.moved")
def keep_person(
    uow: UnitOfWork,
    event: Envelope,
    former_employer_period: timedelta,
    *,
    person_id: PersonId,
    partner_id: PartnerId | None,
    name: Name,
    role: str,
    zone: ZoneName,
    email: str = "",
    roles: tuple[str, ...] = (),
    former_partner_id: PartnerId | None = None,
    left_on: date | None = None,
    moved_on: date | None = None,
) -> None:
    """Keep who a person is, and for whom they work and worked.

    A description that comes late describes nobody any more, and still says for whom they worked.
    """
    person = People(uow).about(person_id, partner_id=partner_id)
    is_late = person.knows_later_than(event.sequence)
    left_by_this = former_partner_id if left_on == moved_on else None
    person.work(sequence=event.sequence, employer_id=partner_id, on=moved_on or _day_of(event), former_id=left_by_this)
    if is_late:
        follow(uow, People(uow).save(person), former_employer_period)
        return
    person.describe(sequence=event.sequence, partner_id=partner_id, name=name, role=role, zone=zone, email=email,
                    roles=roles)  # fmt: skip
    follow(uow, People(uow).save(person), former_employer_period)
    follow_person(uow, person)


@reaction("partners.person.left")
def keep_departure(
    uow: UnitOfWork,
    event: Envelope,
    former_employer_period: timedelta,
    *,
    person_id: PersonId,
    partner_id: PartnerId | None,
    left_on: date,
) -> None:
    """Store that a person left, and whom, also when no other event about them has arrived yet."""
    person = People(uow).about(person_id, partner_id=partner_id)
    person.work(sequence=event.sequence, employer_id=None, on=left_on, former_id=partner_id)
    if not person.left_later_than(event.sequence):
        person.leave(sequence=event.sequence, on=left_on)
    follow(uow, People(uow).save(person), former_employer_period)
    follow_person(uow, person)


@reaction("partners.faculty.appointed", "partners.faculty.retired")
def make_assignable(
    uow: UnitOfWork,
    event: Envelope,
    former_employer_period: timedelta,
    *,
    person_id: PersonId,
    partner_id: PartnerId | None,
) -> None:
    """Have who is faculty coach, never a partner they work or worked for, until they retire; raises Superseded."""
    person = People(uow).about(person_id, partner_id=partner_id)
    person.become_faculty(event.type == "partners.faculty.appointed", sequence=event.sequence)
    follow(uow, People(uow).save(person), former_employer_period)


@reaction("partners.person.erased")
def forget_person(
    uow: UnitOfWork,
    event: Envelope,
    former_employer_period: timedelta,
    *,
    person_id: PersonId,
    partner_id: PartnerId | None,
    left_on: date,
) -> None:
    """Remove who a person was, and whatever says so later; what waits for somebody else in their place does so."""
    person = People(uow).about(person_id, partner_id=partner_id)
    Erasures(uow).begin(person_id, person.name, person.email)
    person.erase(sequence=event.sequence, left_on=left_on)
    follow(uow, People(uow).save(person), former_employer_period)
    follow_person(uow, person)


def _day_of(event: Envelope) -> date:
    return datetime.fromisoformat(event.time).date()
