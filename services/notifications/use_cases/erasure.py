"""Who somebody was is erased: from what we know of them, and from what was written to them."""

from datetime import date
from functools import partial

from chassis.domain.causation import Cause
from chassis.domain.erasure import Removal
from chassis.domain.scope import PLATFORM
from chassis.erasure.erasures import Erasures
from chassis.messaging.envelope import Envelope
from chassis.persistence.pagination import Order
from chassis.persistence.unit_of_work import Store, UnitOfWork
from chassis.schemas.operations import reaction
from services.notifications.model.copied import Recipient
from services.notifications.model.letter import REMOVED
from services.notifications.model.letter_removal import remove_from
from services.notifications.repository import Letters, Recipients, mentioning
from services.notifications.repository.calendars import Delegates
from services.notifications.schemas import PartnerId, PersonId
from services.notifications.use_cases.letter import cancel_letters
from services.notifications.use_cases.reachability import review_reachability

AT_ONCE = 100
"""Letters in one transaction."""


@reaction("partners.person.erased")
def forget_person(
    uow: UnitOfWork, event: Envelope, *, person_id: PersonId, partner_id: PartnerId | None, left_on: date
) -> None:
    """Write to somebody no more, and remove who they were, also when that is heard later.

    Raises Superseded when that is done.
    """
    known = Recipients(uow).first({"_id": person_id}, scope=PLATFORM)
    recipient = known or Recipient.unknown(person_id, partner_id=partner_id)
    Erasures(uow).begin(person_id, recipient.name, recipient.email)
    recipient.erase(sequence=event.sequence, left_on=left_on)
    Recipients(uow).save(recipient)
    for delegate in Delegates(uow).of_person(person_id):
        Delegates(uow).save(delegate.forgotten())
    cancel_letters(uow, {"recipient_id": person_id}, reason=f"the recipient left on {left_on}")
    review_reachability(uow, recipient.partner_id)


def remove_from_letters(store: Store, removal: Removal, cause: Cause) -> None:
    """Remove what was written to somebody, and their name and address from what was written to others of them."""
    while store.transact(partial(_forget_some, removal), cause=cause):
        pass
    reading = store.reading(cause=cause)
    for letter in Letters(reading).each(mentioning(removal), scope=PLATFORM) if removal.texts else ():
        store.transact(partial(_remove_from, letter.id, removal), cause=cause)


def _forget_some(removal: Removal, uow: UnitOfWork) -> bool:
    theirs = {"recipient_id": removal.id, "body": {"$ne": REMOVED}}
    some = Letters(uow).page(theirs, scope=PLATFORM, limit=AT_ONCE, order=Order())
    for letter in some:
        letter.cancel("its recipient is erased", at=uow.now)
        letter.forget()
        Letters(uow).save(letter)
    return bool(some)


def _remove_from(letter_id: str, removal: Removal, uow: UnitOfWork) -> None:
    letter = Letters(uow).get(letter_id, scope=PLATFORM)
    if remove_from(letter, removal):
        Letters(uow).save(letter)


REACTIONS = (forget_person,)
