"""An inquirer says more, or asks for nothing any more, by the link in a letter."""

from dataclasses import dataclass
from enum import StrEnum

from chassis.domain.errors import Invalid
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command
from services.partners.model.inquiry.inquiry import InquiryPeriods
from services.partners.model.inquiry.inquiry_lifecycle import InquiryState
from services.partners.model.inquiry.inquiry_link import InquiryLinks
from services.partners.repository.inquiry import Inquiries
from services.partners.repository.inquiry_link_holders import inquiry_held
from services.partners.schemas.inquiry import Secret, Words
from services.partners.use_cases.inquiry_acceptance import refuse_unless_proposed

BY_LINK = "The inquirer withdrew it by the link in a letter."


class InquirerSays(StrEnum):
    """What an inquirer does by their link."""

    INFORM = "inform"
    WITHDRAW = "withdraw"


class WordsExpected(Invalid):
    """Who gives more information says something."""


@dataclass(frozen=True, kw_only=True)
class InquiryStands:
    """How far an inquiry is after what its inquirer said."""

    state: InquiryState


@command
def answer_inquiry_by_link(
    uow: UnitOfWork,
    inquiry_links: InquiryLinks,
    inquiry_periods: InquiryPeriods,
    *,
    token: Secret,
    nonce: Secret,
    action: InquirerSays,
    message: Words | None = None,
) -> InquiryStands:
    """Give more information on an inquiry, or withdraw it, as who made it."""
    inquiry = inquiry_held(uow, inquiry_links.read(token))
    inquiry_links.refuse_an_old_form(inquiry, nonce)
    if action is InquirerSays.WITHDRAW:
        refuse_unless_proposed(uow, inquiry)
        inquiry.withdraw(reason=message or BY_LINK, by=inquiry.id, periods=inquiry_periods, at=uow.now)
    elif message is None:
        raise WordsExpected.at("/message", "required", "What the institute is to know is expected; got none")
    else:
        inquiry.inform(message, periods=inquiry_periods, at=uow.now)
    return InquiryStands(state=Inquiries(uow).save(inquiry).state)


COMMANDS = (answer_inquiry_by_link,)
