"""Who somebody was is erased: from what we know of them, and from what was written to them."""

from datetime import date

from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.notifications.model.copied import Recipient
from services.notifications.repository import Recipients
from services.notifications.repository.calendars import Delegates
from services.notifications.schemas import PartnerId, PersonId
from services.notifications.use_cases.letter import cancel_letters
from services.notifications.use_cases.reachability import review_reachability


@reaction("partners.person.erased")
def forget_person(
    uow: UnitOfWork, event: Envelope, *, person_id: PersonId, partner_id: PartnerId | None, left_on: date
) -> None:
    """Write to somebody no more, and remove who they were, also when that is heard later.

    Raises Superseded when that is done.
    """
    known = Recipients(uow).first({"_id": person_id}, scope=PLATFORM)
    recipient = known or Recipient.unknown(person_id, partner_id=partner_id)
    recipient.erase(sequence=event.sequence, left_on=left_on)
    Recipients(uow).save(recipient)
    for delegate in Delegates(uow).of_person(person_id):
        Delegates(uow).save(delegate.forgotten())
    cancel_letters(uow, {"recipient_id": person_id}, reason=f"the recipient left on {left_on}")
    review_reachability(uow, recipient.partner_id)


REACTIONS = (forget_person,)
