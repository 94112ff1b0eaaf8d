"""What happens to inquiries. They stay within the platform: what an inquirer says is nobody else's."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, TypedDict

from chassis.domain.aggregate import Event

AnswerBy = Annotated[datetime, "until when the institute is to answer"]


class OfOrganisation(TypedDict):
    """Which inquiry it is: the members of `InquiryEvent`."""

    inquiry_id: str
    organisation: str


class ToWhom(OfOrganisation):
    """Who made it: the members of `InquirerEvent`."""

    contact_name: str
    contact_email: str
    language: str


@dataclass(frozen=True, kw_only=True)
class InquiryEvent(Event):
    """Something happened to an inquiry."""

    inquiry_id: Annotated[str, "the inquiry; also the event's subject"]
    organisation: Annotated[str, "the name of the organisation, as the inquirer writes it"]


@dataclass(frozen=True, kw_only=True)
class InquirerEvent(InquiryEvent):
    """Something happened to an inquiry that the inquirer hears of; who that is, stands on no other record."""

    contact_name: Annotated[str, "the inquirer's name, as they write it"]
    contact_email: Annotated[str, "where they are written to"]
    language: Annotated[str, "their language, as a BCP 47 tag"]


@dataclass(frozen=True, kw_only=True)
class InquiryReceived(InquirerEvent):
    """Somebody asks how their organisation becomes a partner, and no other inquiry of it is open."""

    type = "partners.inquiry.received"

    answer_by: AnswerBy
    has_earlier: Annotated[bool, "whether the organisation asked before, and was answered"]


@dataclass(frozen=True, kw_only=True)
class InquiryAskedAgain(InquirerEvent):
    """Somebody asks, from an address that did not before, for an organisation of which an inquiry is open.

    It is added to that one. Published once for each address.
    """

    type = "partners.inquiry.asked_again"

    asked_by_name: Annotated[str, "the name of who asks now, as they write it"]
    asked_by_email: Annotated[str, "where they are written to"]
    asked_by_language: Annotated[str, "their language, as a BCP 47 tag"]


@dataclass(frozen=True, kw_only=True)
class InquiryInformationRequested(InquirerEvent):
    """The institute has a question to the inquirer."""

    type = "partners.inquiry.information_requested"

    question: Annotated[str, "what it asks"]


@dataclass(frozen=True, kw_only=True)
class InquiryInformationGiven(InquiryEvent):
    """The inquirer has said more, by the link in a letter."""

    type = "partners.inquiry.information_given"

    answer_by: Annotated[datetime | None, "until when the institute is to answer; null when it was answered already"]


@dataclass(frozen=True, kw_only=True)
class InquiryDiscoveryBegun(InquiryEvent):
    """The institute talks with the inquirer about what a partnership would be."""

    type = "partners.inquiry.discovery_begun"


@dataclass(frozen=True, kw_only=True)
class InquiryOverdue(InquiryEvent):
    """The institute has not answered an inquiry in time. Published once for each time it was to answer."""

    type = "partners.inquiry.overdue"

    answer_by: AnswerBy


@dataclass(frozen=True, kw_only=True)
class InquiryClosed(InquirerEvent):
    """The institute has decided about an inquiry, and tells the inquirer."""

    type = "partners.inquiry.closed"

    outcome: Annotated[str, "accepted, almost or declined; more may come"]
    answer: Annotated[str, "what the inquirer is told of it, in the institute's words"]
    removed_by: Annotated[datetime | None, "when what the inquirer said is removed; null where it leads to a partner"]


@dataclass(frozen=True, kw_only=True)
class InquiryWithdrawn(InquirerEvent):
    """The inquirer asks for nothing any more."""

    type = "partners.inquiry.withdrawn"

    removed_by: Annotated[datetime, "when what the inquirer said is removed"]


@dataclass(frozen=True, kw_only=True)
class InquiryReopened(InquirerEvent):
    """An inquiry that was closed or withdrawn is taken up again: what was decided holds no longer."""

    type = "partners.inquiry.reopened"

    answer_by: AnswerBy


@dataclass(frozen=True, kw_only=True)
class InquiryForgotten(Event):
    """Who made an inquiry, and what was said in it, has been removed: whoever has a copy of that removes it, too."""

    type = "partners.inquiry.forgotten"

    inquiry_id: Annotated[str, "the inquiry; also the event's subject"]
