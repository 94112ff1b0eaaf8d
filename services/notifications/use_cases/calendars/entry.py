"""What a letter carries for its recipient's diary: that has a camp in it as long as its recipient is to be there."""

from chassis.domain.scope import PLATFORM
from chassis.persistence.unit_of_work import UnitOfWork
from services.notifications.model.calendar_entry import Appointment, CalendarFile
from services.notifications.model.copied import Recipient
from services.notifications.model.delegate import DELEGATE
from services.notifications.model.letter_trigger import Category, LetterTrigger
from services.notifications.repository import Invitations, Letters, Recipients
from services.notifications.repository.calendars import CalendarEntries, Camps, Delegates

INVITATION, CAMP = "invitation", "camp"
"""What letters are about that may carry something, besides delegates."""
ENDING_FOR_GUESTS = (Category.GUEST_ANSWERED, Category.GUEST_ENDED)
"""Letters by which who was invited by name is not expected, whatever was told to them as a delegate before."""


def file_for(uow: UnitOfWork, trigger: LetterTrigger, recipient: Recipient) -> CalendarFile | None:
    """Give what a letter carries for the diary at the recipient's address, if that is to be told something."""
    if trigger.category is Category.FAREWELL:
        return _taken_out_with_the_partnership(uow, recipient)
    if trigger.category in ENDING_FOR_GUESTS:
        return _taken_out_with_the_answer(uow, trigger.about_id)
    camp_id = _camp_of(uow, trigger)
    if camp_id is None:
        return None
    is_over = trigger.category is Category.DIARY_CANCELLED
    return _told(uow, camp_id, recipient, None if is_over else wanted_in_diary(uow, camp_id, recipient, trigger))


def _taken_out_with_the_partnership(uow: UnitOfWork, recipient: Recipient) -> CalendarFile | None:
    """Give what takes the next camp out: one file is all that a letter carries, and others are told of the rest."""
    entries = list(CalendarEntries(uow).each({"recipient_id": recipient.id}, scope=PLATFORM))
    of_leaders = [entry.camp_id for entry in entries if not Delegates(uow).at(entry.camp_id, recipient.id)]
    return next((file for camp_id in of_leaders if (file := _told(uow, camp_id, recipient, None))), None)


def _taken_out_with_the_answer(uow: UnitOfWork, invitation_id: str) -> CalendarFile | None:
    delegate = Delegates(uow).of_guest(invitation_id)
    if delegate is None:
        return None
    known = Recipients(uow).first({"_id": delegate.recipient_id}, scope=PLATFORM)
    return _told(uow, delegate.camp_id, delegate.recipient(known), None)


def _told(uow: UnitOfWork, camp_id: str, recipient: Recipient, wanted: Appointment | None) -> CalendarFile | None:
    entry = CalendarEntries(uow).of(camp_id, recipient)
    file = entry.tell(wanted, told=Letters(uow).carrying_files(camp_id, recipient))
    if file is None or file.appointment.is_over(uow.now):
        return None
    CalendarEntries(uow).save(entry)
    return file


def wanted_in_diary(uow: UnitOfWork, camp_id: str, recipient: Recipient, trigger: LetterTrigger) -> Appointment | None:
    """Give what a recipient's diary should have of a camp: for who was named what they were named for counts alone."""
    named = Delegates(uow).at(camp_id, recipient.id)
    if named:
        camp = Camps(uow).about(camp_id)
        return next((found for each in named if (found := each.appointment(camp))), None)
    of_partner = {"partner_id": trigger.partner_id, "offer.camp_id": camp_id}
    invitation = Invitations(uow).first(of_partner, scope=PLATFORM)
    return invitation.appointment() if invitation else None


def _camp_of(uow: UnitOfWork, trigger: LetterTrigger) -> str | None:
    if trigger.about_kind == CAMP:
        return trigger.about_id
    if trigger.about_kind == DELEGATE:
        return Delegates(uow).about(trigger.about_id).camp_id
    if trigger.about_kind == INVITATION:
        return Invitations(uow).about(trigger.about_id, partner_id=trigger.partner_id).concerns_diaries_of
    return None
