"""Letters about inquiries: to who made one, who is on no record, and to the institute's contact, who is to answer."""

from datetime import datetime
from typing import TypedDict, Unpack

from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.notifications.model.copied import Recipient
from services.notifications.model.inquiry import InquiryTold
from services.notifications.model.letter_trigger import Category, LetterTrigger
from services.notifications.repository import Letters
from services.notifications.repository.inquiry import InquiriesTold
from services.notifications.schemas import EmailAddress, InquiryId, LanguageTag, WordsToInquirer
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.letter import cancel_letters, contact_of, write

INQUIRER = "inquirer"
ZONE = "UTC"
"""In which hours are written: in which zone an inquirer is, nobody has asked."""
TO_THE_CONTACT = (Category.INQUIRY_TO_ANSWER, Category.INQUIRY_OVERDUE)
ABOUT_THE_END = (Category.INQUIRY_CLOSED, Category.INQUIRY_WITHDRAWN)
OF_THE_OPEN_ONE = (*TO_THE_CONTACT, Category.INQUIRY_QUESTION)
NOT_NEEDED, IS_FORGOTTEN = "there is news of the inquiry", "who made the inquiry is not to be known any more"


class InquiryNamed(TypedDict):
    """Which inquiry an event is about."""

    inquiry_id: InquiryId
    organisation: str


class InquirerNamed(InquiryNamed):
    """Who made the inquiry that an event is about."""

    contact_name: str
    contact_email: EmailAddress
    language: LanguageTag


@reaction("partners.inquiry.received")
def acknowledge_inquiry(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    answer_by: datetime,
    **said: Unpack[InquirerNamed],
) -> None:
    """Write to who makes an inquiry that it is there, with the link to how far it is. Raises Superseded."""
    _take_over(uow, event, said["inquiry_id"])
    _tell(uow, letter_templates, event, said, Category.INQUIRY_RECEIVED, answer_by=answer_by)


@reaction("partners.inquiry.received")
def ask_contact_to_answer(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    answer_by: datetime,
    has_earlier: bool,
    **said: Unpack[InquiryNamed],
) -> None:
    """Write to the institute's contact that an inquiry is there, and by when to answer it. Raises Superseded."""
    _refuse_old_news(uow, event, said["inquiry_id"])
    _ask(uow, letter_templates, event, said, "received", answer_by=answer_by, has_earlier=has_earlier)


@reaction("partners.inquiry.asked_again")
def tell_that_the_inquiry_is_known(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    asked_by_name: str,
    asked_by_email: EmailAddress,
    asked_by_language: LanguageTag,
    **said: Unpack[InquirerNamed],
) -> None:
    """Write to who asks for an organisation of which an inquiry is open that there is one, and to who made that one.

    Neither learns who the other is. Raises Superseded once who made it is not to be known any more.
    """
    InquiriesTold(uow).about(said["inquiry_id"]).refuse_if_forgotten()
    again: InquirerNamed = {**said, "contact_name": asked_by_name, "contact_email": asked_by_email,
                            "language": asked_by_language}  # fmt: skip
    _tell(uow, letter_templates, event, again, Category.INQUIRY_KNOWN)
    _tell(uow, letter_templates, event, said, Category.INQUIRY_ASKED_AGAIN)


@reaction("partners.inquiry.information_requested")
def ask_the_inquirer(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    question: WordsToInquirer,
    **said: Unpack[InquirerNamed],
) -> None:
    """Write to who made an inquiry what the institute asks, with the link to answer by. Raises Superseded."""
    _take_over(uow, event, said["inquiry_id"], OF_THE_OPEN_ONE)
    _tell(uow, letter_templates, event, said, Category.INQUIRY_QUESTION, question=question)


@reaction("partners.inquiry.information_given")
def tell_the_contact_what_came(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    answer_by: datetime | None,
    **said: Unpack[InquiryNamed],
) -> None:
    """Write to the institute's contact that an inquirer has said more, and by when to answer. Raises Superseded."""
    _take_over(uow, event, said["inquiry_id"], OF_THE_OPEN_ONE)
    _ask(uow, letter_templates, event, said, "informed", answer_by=answer_by, has_earlier=False)


@reaction("partners.inquiry.discovery_begun")
def stop_asking_to_answer(uow: UnitOfWork, event: Envelope, *, inquiry_id: InquiryId) -> None:
    """Send no letter any more that asks for an answer: the institute talks with the inquirer. Raises Superseded."""
    _take_over(uow, event, inquiry_id, OF_THE_OPEN_ONE)


@reaction("partners.inquiry.overdue")
def tell_the_contact_that_it_is_overdue(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    answer_by: datetime,
    **said: Unpack[InquiryNamed],
) -> None:
    """Write to the institute's contact that an inquiry was not answered in time. Raises Superseded."""
    _take_over(uow, event, said["inquiry_id"], TO_THE_CONTACT)
    trigger = _trigger(event, said, Category.INQUIRY_OVERDUE)
    write(uow, letter_templates, trigger, contact_of(letter_templates), {**said, "answer_by": answer_by, "zone": ZONE})


@reaction("partners.inquiry.closed")
def tell_the_inquirer_what_was_decided(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    outcome: str,
    answer: WordsToInquirer,
    removed_by: datetime | None,
    **said: Unpack[InquirerNamed],
) -> None:
    """Write to who made an inquiry what the institute has decided. Raises Superseded."""
    _take_over(uow, event, said["inquiry_id"], OF_THE_OPEN_ONE)
    _tell(uow, letter_templates, event, said, Category.INQUIRY_CLOSED, outcome=outcome, answer=answer,
          removed_by=removed_by)  # fmt: skip


@reaction("partners.inquiry.withdrawn")
def confirm_the_withdrawal(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    removed_by: datetime,
    **said: Unpack[InquirerNamed],
) -> None:
    """Write to who made an inquiry that it is withdrawn, so that nobody else does it unseen. Raises Superseded."""
    _take_over(uow, event, said["inquiry_id"], OF_THE_OPEN_ONE)
    _tell(uow, letter_templates, event, said, Category.INQUIRY_WITHDRAWN, removed_by=removed_by)


@reaction("partners.inquiry.reopened")
def tell_that_the_inquiry_goes_on(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    answer_by: datetime,
    **said: Unpack[InquirerNamed],
) -> None:
    """Write to the contact, and to the inquirer who may know that it was over, that it goes on. Raises Superseded."""
    _take_over(uow, event, said["inquiry_id"], ABOUT_THE_END)
    told = {"about_id": said["inquiry_id"], "category": {"$in": ABOUT_THE_END}}
    if Letters(uow).may_have_arrived(told):
        _tell(uow, letter_templates, event, said, Category.INQUIRY_REOPENED, answer_by=answer_by)
    _ask(uow, letter_templates, event, said, "reopened", answer_by=answer_by, has_earlier=False)


@reaction("partners.inquiry.forgotten")
def forget_the_inquirer(uow: UnitOfWork, event: Envelope, *, inquiry_id: InquiryId) -> None:
    """Remove from all letters about an inquiry to whom they were written and what they said."""
    inquiry = _take_over(uow, event, inquiry_id)
    inquiry.is_forgotten = True
    InquiriesTold(uow).save(inquiry)
    cancel_letters(uow, {"about_id": inquiry_id}, reason=IS_FORGOTTEN)
    for letter in Letters(uow).each({"about_id": inquiry_id}, scope=PLATFORM):
        letter.forget()
        Letters(uow).save(letter)


def _take_over(uow: UnitOfWork, event: Envelope, inquiry_id: str, overtaken: tuple[Category, ...] = ()) -> InquiryTold:
    """Keep that an event is told; letters of these categories that are here are not sent any more."""
    inquiry = InquiriesTold(uow).about(inquiry_id)
    inquiry.tell(sequence=event.sequence)
    InquiriesTold(uow).save(inquiry)
    cancel_letters(uow, {"about_id": inquiry_id, "category": {"$in": overtaken}}, reason=NOT_NEEDED)
    return inquiry


def _refuse_old_news(uow: UnitOfWork, event: Envelope, inquiry_id: str) -> None:
    """Raise Superseded when something later was told; the other reaction to the same event keeps that it is told."""
    inquiry = InquiriesTold(uow).about(inquiry_id)
    InquiriesTold(uow).rely_on(inquiry)
    if inquiry.told_sequence != event.sequence:
        inquiry.tell(sequence=event.sequence)


def _ask(
    uow: UnitOfWork,
    letter_templates: LetterTemplates,
    event: Envelope,
    said: InquiryNamed,
    news: str,
    **about: object,
) -> None:
    named = {"inquiry_id": said["inquiry_id"], "organisation": said["organisation"], "news": news, "zone": ZONE}
    trigger = _trigger(event, said, Category.INQUIRY_TO_ANSWER)
    write(uow, letter_templates, trigger, contact_of(letter_templates), {**named, **about})


def _tell(
    uow: UnitOfWork,
    letter_templates: LetterTemplates,
    event: Envelope,
    said: InquirerNamed,
    category: Category,
    **about: object,
) -> None:
    inquirer = Recipient(id=said["inquiry_id"], seen_sequence=0, partner_id=None, name=said["contact_name"],
                         email=said["contact_email"], role=INQUIRER, language=said["language"], zone=ZONE)  # fmt: skip
    named = {"organisation": said["organisation"], "zone": ZONE}
    write(uow, letter_templates, _trigger(event, said, category), inquirer, {**named, **about})


def _trigger(event: Envelope, said: InquiryNamed, category: Category) -> LetterTrigger:
    return LetterTrigger(category=category, about_id=said["inquiry_id"], partner_id="", sequence=event.sequence)


REACTIONS = (
    acknowledge_inquiry,
    ask_contact_to_answer,
    tell_that_the_inquiry_is_known,
    ask_the_inquirer,
    tell_the_contact_what_came,
    stop_asking_to_answer,
    tell_the_contact_that_it_is_overdue,
    tell_the_inquirer_what_was_decided,
    confirm_the_withdrawal,
    tell_that_the_inquiry_goes_on,
    forget_the_inquirer,
)
