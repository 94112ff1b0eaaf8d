"""What camps learns of people: who may answer by the link in their letter, and who comes."""

from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.mail_addresses import address_digest
from chassis.schemas.operations import reaction
from services.camps.model.invitations.answer import Periods
from services.camps.model.person import Whom
from services.camps.repository.camp import People
from services.camps.schemas.camp import EmailAddress, LanguageTag, PartnerId, PersonId, Word
from services.camps.use_cases.delegations.following import follow_person
from services.camps.use_cases.invitations.by_name import describe_who_is_invited
from services.camps.use_cases.invitations.withdrawal import end_invitations_by_name


@reaction("partners.person.joined", "partners.person.changed", "partners.person.returned", "partners.person.moved")
def keep_person(
    uow: UnitOfWork,
    event: Envelope,
    *,
    person_id: PersonId,
    partner_id: PartnerId | None,
    role: Word,
    email: EmailAddress,
    name: Word,
    language: LanguageTag,
    zone: Word,
    roles: tuple[str, ...] = (),
) -> None:
    """Keep who somebody is, whether they may answer for a partner by link, and at which address.

    What they are to come to says so, too; who is back comes again if a seat was kept, and who has moved does not come
    for the partner before. Raises Superseded for old news.
    """
    person = People(uow).about(person_id, partner_id=partner_id)
    whom = Whom(person_id=person_id, name=name, email=email, language=language, zone=zone)
    digest = address_digest(email, of=person_id)
    person.describe(whom, sequence=event.sequence, partner_id=partner_id, role=role, roles=roles,
                    address_digest=digest)  # fmt: skip
    follow_person(uow, People(uow).save(person))
    if person.is_present:
        describe_who_is_invited(uow, whom)


@reaction("partners.person.left")
def keep_departure(
    uow: UnitOfWork, event: Envelope, periods: Periods, *, person_id: PersonId, partner_id: PartnerId | None
) -> None:
    """End the links of somebody who left, and have them be invited and come to no camp that is still to begin.

    Also when nothing else is known of them. Raises Superseded for old news.
    """
    person = People(uow).about(person_id, partner_id=partner_id)
    person.leave(sequence=event.sequence)
    follow_person(uow, People(uow).save(person))
    if not person.is_present:
        end_invitations_by_name(uow, periods, person_id)
