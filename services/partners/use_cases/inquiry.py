"""An inquiry is made, looked at, asked about, decided, closed or taken up again."""

from dataclasses import dataclass
from typing import Unpack

from chassis.domain.scope import EVERY_ORGANISATION, Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.mail_addresses import canonical_address
from chassis.schemas.operations import command
from services.partners.model.inquiry.inquirer import FurtherMessage, Inquirer
from services.partners.model.inquiry.inquiry import Determination, Inquiry, InquiryPeriods
from services.partners.model.inquiry.inquiry_lifecycle import AnotherInquiryIsOpen, Outcome
from services.partners.model.organisation.scope_level import ScopeLevel
from services.partners.repository.inquiry import Inquiries
from services.partners.repository.inquiry_messages import FurtherMessages
from services.partners.repository.inquiry_twins import twin_keys
from services.partners.schemas.identity import ExpectedVersion
from services.partners.schemas.inquiry import Answer, Asked, InquiryId, Question, Remark
from services.partners.schemas.partner import KindOfPartner, Reason
from services.partners.schemas.place import ZoneName
from services.partners.use_cases.inquiry_acceptance import add_leader_to_be, partner_of, refuse_unless_proposed


@dataclass(frozen=True, kw_only=True)
class InquiryTaken:
    """That an inquiry was taken: the same for the first of an organisation and for every other, whoever asks."""

    status: str = "received"


@command
def make_inquiry(uow: UnitOfWork, inquiry_periods: InquiryPeriods, **asked: Unpack[Asked]) -> InquiryTaken:
    """Ask how an organisation becomes a partner; what is asked while its inquiry is open is added to that one.

    Nothing of an inquiry that is there is shown to who asks again, nor whether there is one: a letter says that to the
    address that was given.
    """
    known_as = twin_keys(organisation=asked["organisation"], country=asked["country"],
                         website=asked.get("website"), email=asked["contact_email"])  # fmt: skip
    by = Inquirer(name=asked["contact_name"], email=asked["contact_email"], role=asked.get("contact_role"),
                  address=canonical_address(asked["contact_email"]))  # fmt: skip
    first = Inquiries(uow).open_one(known_as)
    if first is None:
        Inquiries(uow).save(_received(uow, inquiry_periods, asked, by, known_as))
    else:
        _add(uow, first, by, language=asked["language"], message=asked["message"])
    return InquiryTaken()


@command(needs=EVERY_ORGANISATION)
def acknowledge_inquiry(uow: UnitOfWork, scope: Scope, *, inquiry_id: InquiryId, version: ExpectedVersion) -> Inquiry:
    """Note that an inquirer knows that the inquiry is there, though no letter has said so."""
    inquiry = Inquiries(uow).get(inquiry_id, scope=scope, version=version)
    inquiry.acknowledge(by=scope.subject, at=uow.now)
    return Inquiries(uow).save(inquiry)


@command(needs=EVERY_ORGANISATION)
def screen_inquiry(uow: UnitOfWork, scope: Scope, *, inquiry_id: InquiryId, version: ExpectedVersion) -> Inquiry:
    """Look whether an inquiry may lead to a partnership."""
    inquiry = Inquiries(uow).get(inquiry_id, scope=scope, version=version)
    inquiry.screen(by=scope.subject, at=uow.now)
    return Inquiries(uow).save(inquiry)


@command(needs=EVERY_ORGANISATION)
def ask_inquirer(
    uow: UnitOfWork, scope: Scope, *, inquiry_id: InquiryId, version: ExpectedVersion, question: Question
) -> Inquiry:
    """Ask an inquirer for more information, by a letter whose link leads to where it is given."""
    inquiry = Inquiries(uow).get(inquiry_id, scope=scope, version=version)
    inquiry.ask_inquirer(question, by=scope.subject, at=uow.now)
    return Inquiries(uow).save(inquiry)


@command(needs=EVERY_ORGANISATION)
def begin_discovery(uow: UnitOfWork, scope: Scope, *, inquiry_id: InquiryId, version: ExpectedVersion) -> Inquiry:
    """Begin to talk with an inquirer about what a partnership would be; no answer by letter is waited for any more."""
    inquiry = Inquiries(uow).get(inquiry_id, scope=scope, version=version)
    inquiry.begin_discovery(by=scope.subject, at=uow.now)
    return Inquiries(uow).save(inquiry)


@command(needs=EVERY_ORGANISATION)
def determine_inquiry(
    uow: UnitOfWork,
    scope: Scope,
    *,
    inquiry_id: InquiryId,
    version: ExpectedVersion,
    outcome: Outcome,
    reason: Reason,
    answer: Answer,
    kind: KindOfPartner | None = None,
    scope_level: ScopeLevel | None = None,
    zone: ZoneName | None = None,
) -> Inquiry:
    """Decide about an inquiry, for a reason; what the inquirer is told of it, is told when it is closed.

    An accepted one becomes a proposed partner with all that is known: for that it takes what an inquirer does not say,
    which kind of organisation it is, on which level it works, and in which zone.
    """
    inquiry = Inquiries(uow).get(inquiry_id, scope=scope, version=version)
    decided = Determination(outcome=outcome, reason=reason, answer=answer, by=scope.subject, at=uow.now)
    refuse_unless_proposed(uow, inquiry, outcome=outcome)
    partner_id = partner_of(uow, inquiry, outcome=outcome, kind=kind, scope_level=scope_level, zone=zone)
    inquiry.determine(decided, partner_id=partner_id)
    return Inquiries(uow).save(inquiry)


@command(needs=EVERY_ORGANISATION)
def take_back_determination(
    uow: UnitOfWork, scope: Scope, *, inquiry_id: InquiryId, version: ExpectedVersion, reason: Reason
) -> Inquiry:
    """Take back what was decided about an inquiry that is not closed; a partner that was proposed stays so."""
    inquiry = Inquiries(uow).get(inquiry_id, scope=scope, version=version)
    refuse_unless_proposed(uow, inquiry)
    inquiry.take_back_determination(reason=reason, by=scope.subject, at=uow.now)
    return Inquiries(uow).save(inquiry)


@command(needs=EVERY_ORGANISATION)
def close_inquiry(
    uow: UnitOfWork,
    scope: Scope,
    inquiry_periods: InquiryPeriods,
    *,
    inquiry_id: InquiryId,
    version: ExpectedVersion,
) -> Inquiry:
    """Close an inquiry about which was decided: the inquirer is told what, and leads the partner of an accepted one."""
    inquiry = Inquiries(uow).get(inquiry_id, scope=scope, version=version)
    inquiry.close(by=scope.subject, periods=inquiry_periods, at=uow.now)
    add_leader_to_be(uow, inquiry)
    return Inquiries(uow).save(inquiry)


@command(needs=EVERY_ORGANISATION)
def withdraw_inquiry(
    uow: UnitOfWork,
    scope: Scope,
    inquiry_periods: InquiryPeriods,
    *,
    inquiry_id: InquiryId,
    version: ExpectedVersion,
    reason: Reason,
) -> Inquiry:
    """Withdraw an inquiry as its inquirer asked for, for the reason that they gave; they can do so by their link."""
    inquiry = Inquiries(uow).get(inquiry_id, scope=scope, version=version)
    refuse_unless_proposed(uow, inquiry)
    inquiry.withdraw(reason=reason, by=scope.subject, periods=inquiry_periods, at=uow.now)
    return Inquiries(uow).save(inquiry)


@command(needs=EVERY_ORGANISATION)
def reopen_inquiry(
    uow: UnitOfWork,
    scope: Scope,
    inquiry_periods: InquiryPeriods,
    *,
    inquiry_id: InquiryId,
    version: ExpectedVersion,
    reason: Reason,
) -> Inquiry:
    """Take an inquiry up again, for a reason, unless its organisation has another one that is open."""
    inquiry = Inquiries(uow).get(inquiry_id, scope=scope, version=version)
    other = Inquiries(uow).open_one(inquiry.known_as, but=inquiry.id)
    if other is not None and not inquiry.is_open:
        raise AnotherInquiryIsOpen(f"inquiry {other.id} of the same organisation is {other.state}")
    inquiry.reopen(reason=reason, by=scope.subject, periods=inquiry_periods, at=uow.now)
    return Inquiries(uow).save(inquiry)


@command(needs=EVERY_ORGANISATION)
def note_on_inquiry(uow: UnitOfWork, scope: Scope, *, inquiry_id: InquiryId, text: Remark) -> Inquiry:
    """Write down what the institute wants to remember of an inquiry; its inquirer does not see it."""
    inquiry = Inquiries(uow).get(inquiry_id, scope=scope)
    inquiry.note(text, by=scope.subject, at=uow.now)
    return Inquiries(uow).save(inquiry)


def _add(uow: UnitOfWork, first: Inquiry, by: Inquirer, *, language: str, message: str) -> None:
    """Keep what is asked for the organisation of an open inquiry: in it, or beside it where it is full."""
    is_known = bool(first.further_messages) and FurtherMessages(uow).has_any_from(by.address, of=first.id)
    if not first.ask_again(by, language=language, message=message, at=uow.now, is_known=is_known):
        further = FurtherMessage(id=uow.new_id("inm"), inquiry_id=first.id, text=message, by=by, at=uow.now)
        FurtherMessages(uow).save(further)
    Inquiries(uow).save(first)


def _received(uow: UnitOfWork, periods: InquiryPeriods, asked: Asked, by: Inquirer, known_as: list[str]) -> Inquiry:
    return Inquiry.receive(
        id=uow.new_id("inq"),
        organisation=asked["organisation"],
        country=asked["country"],
        website=asked.get("website"),
        inquirer=by,
        language=asked["language"],
        message=asked["message"],
        focus_areas=asked.get("focus_areas", []),
        population=asked.get("population"),
        known_as=known_as,
        earlier_ids=Inquiries(uow).earlier_ids(known_as),
        periods=periods,
        at=uow.now,
    )


COMMANDS = (
    make_inquiry,
    acknowledge_inquiry,
    screen_inquiry,
    ask_inquirer,
    begin_discovery,
    determine_inquiry,
    take_back_determination,
    close_inquiry,
    withdraw_inquiry,
    reopen_inquiry,
    note_on_inquiry,
)
