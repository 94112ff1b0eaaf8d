"""Letters that are written for diaries alone, where no other letter can tell them."""

from dataclasses import replace

from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from services.notifications.model.copied import Recipient
from services.notifications.model.invitation import Invitation
from services.notifications.model.letter_trigger import Category, LetterTrigger
from services.notifications.repository import Letters, Partners, Recipients
from services.notifications.repository.calendars import CalendarEntries, Delegates
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.letter import write


def take_out_of_diaries(
    uow: UnitOfWork, letter_templates: LetterTemplates, trigger: LetterTrigger, invitation: Invitation
) -> None:
    """Write to everybody whose diary still has the camp of an invitation, and whom no other letter tells.

    Who was named to come is told by what becomes of that.
    """
    offer = invitation.offer
    if offer is None or offer.camp_id is None:
        return
    partner = Partners(uow).known(invitation.partner_id, scope=PLATFORM)
    about = {"partner_name": partner.name, "camp_title": offer.camp_title, "moved": False}
    cancelling = replace(trigger, category=Category.DIARY_CANCELLED, about_id=offer.camp_id, part=invitation.id)
    for entry in list(CalendarEntries(uow).each({"camp_id": offer.camp_id, "partner_id": partner.id}, scope=PLATFORM)):
        recipient = Recipients(uow).first({"_id": entry.recipient_id}, scope=PLATFORM)
        if recipient and not Delegates(uow).at(offer.camp_id, recipient.id):
            write(uow, letter_templates, cancelling, recipient, about)


def move_diary(
    uow: UnitOfWork, event: Envelope, letter_templates: LetterTemplates, recipient: Recipient, *, before: str
) -> None:
    """Take the camps of somebody with another address out of the diary at the one before, and enter them at the new."""
    if before == recipient.email:
        return
    there = replace(recipient, email=before)
    for entry in list(CalendarEntries(uow).each({"recipient_id": recipient.id}, scope=PLATFORM)):
        if recipient.was_of(entry.partner_id):
            continue
        carried = [letter.calendar for letter in Letters(uow).carrying_files(entry.camp_id, there) if letter.calendar]
        if carried:
            shown = carried[-1].appointment
            partner = Partners(uow).first({"_id": recipient.partner_id}, scope=PLATFORM)
            about = {"partner_name": partner.name if partner else letter_templates.institute.name, "moved": True,
                     "camp_title": shown.title}  # fmt: skip
            trigger = LetterTrigger(category=Category.DIARY_CANCELLED, about_id=entry.camp_id, sequence=event.sequence,
                                    partner_id=recipient.partner_id or "", part=f"after_{event.id}")  # fmt: skip
            write(uow, letter_templates, trigger, there, about)
            write(uow, letter_templates, replace(trigger, category=Category.DIARY_ENTRY), recipient, about)
