"""What the institute, and who made it, can see of an inquiry: read only."""

from dataclasses import dataclass, field
from datetime import datetime

from chassis.domain.aggregate import PERSONAL
from chassis.domain.scope import EVERY_ORGANISATION, PLATFORM, Scope
from chassis.persistence.queries import list_page
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.messages import Page, Paging
from chassis.schemas.operations import query
from services.partners.model.inquiry.inquirer import FurtherMessage
from services.partners.model.inquiry.inquiry import Inquiry
from services.partners.model.inquiry.inquiry_lifecycle import CLOSED, InquiryState, Outcome
from services.partners.model.inquiry.inquiry_link import InquiryLinks
from services.partners.repository.inquiry import Inquiries
from services.partners.repository.inquiry_link_holders import inquiry_held
from services.partners.repository.inquiry_messages import FurtherMessages
from services.partners.schemas.inquiry import InquiryId, Secret
from services.partners.schemas.partner import Query
from services.partners.schemas.place import CountryCode

COMPARED = ("organisation", "country", "website", "language", "focus_areas", "population")


@dataclass(frozen=True, kw_only=True)
class EarlierInquiry:
    """What the same organisation asked before: what was said then, and which members are different now."""

    inquiry_id: str
    organisation: str
    received_at: datetime
    state: InquiryState
    outcome: Outcome | None
    reason: str | None
    answer: str | None
    focus_areas: list[str]
    population: int | None
    messages: list[str] = field(metadata=PERSONAL)
    different: list[str]


@dataclass(frozen=True, kw_only=True)
class EarlierInquiries:
    """The inquiries of an organisation that were over before this one, the last first."""

    inquiry_id: str
    earlier: list[EarlierInquiry]


@dataclass(frozen=True, kw_only=True)
class InquiryForm:
    """How far an inquiry is, as the page shows it to who made it: nothing of what the institute says of it inside.

    What was decided is there once it is closed. `can_inform` and `can_withdraw` say what the form takes.
    """

    language: str
    organisation: str
    state: InquiryState
    received_at: datetime
    answer_by: datetime | None
    question: str | None
    outcome: Outcome | None
    answer: str | None
    removed_by: datetime | None
    can_inform: bool
    can_withdraw: bool
    nonce: str


@query(needs=EVERY_ORGANISATION)
def show_inquiry(reading: Reading, scope: Scope, *, inquiry_id: InquiryId) -> Inquiry:
    """Show an inquiry."""
    return Inquiries(reading).get(inquiry_id, scope=scope)


@query(needs=EVERY_ORGANISATION)
def list_inquiries(
    reading: Reading,
    scope: Scope,
    *,
    paging: Paging,
    state: InquiryState | None = None,
    country: CountryCode | None = None,
    q: Query | None = None,
) -> Page[Inquiry]:
    """List inquiries: in one state, of one country, or by the name of the organisation."""
    return list_page(Inquiries(reading), paging, scope=scope, q=q, state=state, country=country)


@query(needs=EVERY_ORGANISATION)
def show_earlier_inquiries(reading: Reading, scope: Scope, *, inquiry_id: InquiryId) -> EarlierInquiries:
    """Show what the organisation of an inquiry asked before, what was answered, and what is different now."""
    inquiry = Inquiries(reading).get(inquiry_id, scope=scope)
    before = Inquiries(reading).each({"_id": {"$in": inquiry.earlier_ids}}, scope=PLATFORM)
    latest_first = sorted(before, key=lambda each: each.received_at, reverse=True)
    return EarlierInquiries(inquiry_id=inquiry.id, earlier=[_earlier(each, inquiry) for each in latest_first])


@query(needs=EVERY_ORGANISATION)
def list_inquiry_messages(
    reading: Reading, scope: Scope, *, inquiry_id: InquiryId, paging: Paging
) -> Page[FurtherMessage]:
    """List what was written of an inquiry that holds no more, and is kept beside it."""
    Inquiries(reading).get(inquiry_id, scope=scope)
    return list_page(FurtherMessages(reading), paging, scope=scope, inquiry_id=inquiry_id)


@query
def show_inquiry_by_link(reading: Reading, inquiry_links: InquiryLinks, *, token: Secret) -> InquiryForm:
    """Show how far an inquiry is, by the link in a letter to who made it."""
    inquiry = inquiry_held(reading, inquiry_links.read(token))
    told = inquiry.determination if inquiry.state is CLOSED else None
    return InquiryForm(
        language=inquiry.language,
        organisation=inquiry.organisation,
        state=inquiry.state,
        received_at=inquiry.received_at,
        answer_by=inquiry.answer_due_at,
        question=inquiry.question,
        outcome=told.outcome if told else None,
        answer=told.answer if told else None,
        removed_by=inquiry.forget_at,
        can_inform=inquiry.takes_messages,
        can_withdraw=inquiry.is_open,
        nonce=inquiry_links.nonce(inquiry),
    )


def _earlier(before: Inquiry, now: Inquiry) -> EarlierInquiry:
    decided = before.determination
    return EarlierInquiry(
        inquiry_id=before.id,
        organisation=before.organisation,
        received_at=before.received_at,
        state=before.state,
        outcome=decided.outcome if decided else None,
        reason=decided.reason if decided else None,
        answer=decided.answer if decided else None,
        focus_areas=before.focus_areas,
        population=before.population,
        messages=[each.text for each in before.messages],
        different=[name for name in COMPARED if getattr(before, name) != getattr(now, name)],
    )


QUERIES = (show_inquiry, list_inquiries, show_earlier_inquiries, list_inquiry_messages, show_inquiry_by_link)
