"""Who somebody was is erased: from the copy of the person, and from all that they came to or were to come to."""

from chassis.erasure.erasures import Erasures
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.camps.model.invitations.answer import Periods
from services.camps.model.person import Person
from services.camps.repository.camp import People
from services.camps.repository.delegations import Delegates, NeedsOfDelegates
from services.camps.repository.invitations import Invitations
from services.camps.schemas.camp import PartnerId, PersonId
from services.camps.use_cases.delegations.following import follow_person
from services.camps.use_cases.invitations.withdrawal import end_invitations_by_name


@reaction("partners.person.erased")
def forget_person(
    uow: UnitOfWork, event: Envelope, periods: Periods, *, person_id: PersonId, partner_id: PartnerId | None
) -> None:
    """Remove who a person was from all that is kept of them, and what they needed; they come to nothing any more.

    Also who was named for a camp alone and was written to at the same address. Raises Superseded when that is done.
    """
    person = People(uow).about(person_id, partner_id=partner_id)
    address = person.email
    Erasures(uow).begin(person_id, person.name, address)
    person.erase(sequence=event.sequence)
    People(uow).save(person)
    _forget_delegates(uow, person, address)
    follow_person(uow, person)
    _forget_guests(uow, person, address)
    end_invitations_by_name(uow, periods, person_id)


def _forget_delegates(uow: UnitOfWork, person: Person, address: str) -> None:
    for delegate in list(Delegates(uow).of_person(person.id, address)):
        delegate.forget()
        Delegates(uow).save(delegate)
        NeedsOfDelegates(uow).remove({"_id": delegate.id})


def _forget_guests(uow: UnitOfWork, person: Person, address: str) -> None:
    for invitation in list(Invitations(uow).of_guest(person.id, address)):
        invitation.forget_guest()
        Invitations(uow).save(invitation)
