"""An inquiry is acknowledged when its inquirer has the letter with the link to it."""

from chassis.domain.errors import Superseded
from chassis.domain.scope import PLATFORM
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.partners.model.inquiry.inquiry_lifecycle import RECEIVED
from services.partners.repository.inquiry import Inquiries
from services.partners.schemas.inquiry import Word

WITH_LINK, SENT = "inquiry_received", "sent"
NOTIFICATIONS = "notifications"


@reaction("notifications.delivery.settled")
def acknowledge_delivered_inquiry(uow: UnitOfWork, *, about_id: Word, category: Word, state: Word) -> None:
    """Acknowledge an inquiry once the letter that tells its inquirer so was sent.

    Other letters are not partners' business. Raises NotYetKnown for an inquiry that is not stored, and Superseded for
    one that is further on already.
    """
    if category != WITH_LINK or state != SENT:
        return
    inquiry = Inquiries(uow).known(about_id, scope=PLATFORM)
    if inquiry.state is not RECEIVED:
        raise Superseded(f"inquiry {inquiry.id} is {inquiry.state}")
    inquiry.acknowledge(by=NOTIFICATIONS, at=uow.now)
    Inquiries(uow).save(inquiry)


REACTIONS = (acknowledge_delivered_inquiry,)
