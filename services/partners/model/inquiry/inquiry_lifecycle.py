"""The states of an inquiry, what leads from which to which, and what is refused because of the state."""

from enum import StrEnum

from chassis.domain.errors import Conflict, Gone
from chassis.domain.transitions import Transition


class InquiryState(StrEnum):
    """How far the institute is with an inquiry."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    SCREENING = "screening"
    MORE_INFORMATION = "more_information"
    DISCOVERY = "discovery"
    DETERMINATION = "determination"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """What the institute determines: a proposed partner, not yet one, or none."""

    ACCEPTED = "accepted"
    ALMOST = "almost"
    DECLINED = "declined"


RECEIVED, ACKNOWLEDGED, SCREENING, MORE_INFORMATION, DISCOVERY, DETERMINATION, CLOSED, WITHDRAWN = InquiryState
OPEN = frozenset({RECEIVED, ACKNOWLEDGED, SCREENING, MORE_INFORMATION, DISCOVERY, DETERMINATION})
"""The states in which an inquiry is the only one of its organisation."""
TRANSITIONS = (
    Transition(
        aggregate="inquiry",
        operation="make_inquiry",
        from_states=(),
        to=(RECEIVED,),
        way_back="withdraw_inquiry",
    ),
    Transition(
        aggregate="inquiry",
        operation="acknowledge_inquiry",
        from_states=(RECEIVED,),
        to=(ACKNOWLEDGED,),
        way_back="The inquirer knows that the inquiry is there, and goes on knowing it.",
    ),
    Transition(
        aggregate="inquiry",
        operation="acknowledge_delivered_inquiry",
        from_states=(RECEIVED,),
        to=(ACKNOWLEDGED,),
        way_back="The inquirer has the letter that says so.",
    ),
    Transition(
        aggregate="inquiry",
        operation="screen_inquiry",
        from_states=(RECEIVED, ACKNOWLEDGED, DISCOVERY),
        to=(SCREENING,),
        way_back="Nobody is told of it, and from screening every other way is open.",
    ),
    Transition(
        aggregate="inquiry",
        operation="ask_inquirer",
        from_states=(SCREENING, DISCOVERY),
        to=(MORE_INFORMATION,),
        way_back="begin_discovery",
    ),
    Transition(
        aggregate="inquiry",
        operation="answer_inquiry_by_link",
        from_states=(MORE_INFORMATION,),
        to=(SCREENING,),
        way_back="ask_inquirer",
    ),
    Transition(
        aggregate="inquiry",
        operation="begin_discovery",
        from_states=(SCREENING, MORE_INFORMATION),
        to=(DISCOVERY,),
        way_back="screen_inquiry",
    ),
    Transition(
        aggregate="inquiry",
        operation="determine_inquiry",
        from_states=(SCREENING, DISCOVERY),
        to=(DETERMINATION,),
        needs_reason=True,
        way_back="take_back_determination",
    ),
    Transition(
        aggregate="inquiry",
        operation="take_back_determination",
        from_states=(DETERMINATION,),
        to=(SCREENING,),
        needs_reason=True,
        way_back="determine_inquiry",
    ),
    Transition(
        aggregate="inquiry",
        operation="close_inquiry",
        from_states=(DETERMINATION,),
        to=(CLOSED,),
        way_back="reopen_inquiry",
    ),
    Transition(
        aggregate="inquiry",
        operation="withdraw_inquiry",
        from_states=(RECEIVED, ACKNOWLEDGED, SCREENING, MORE_INFORMATION, DISCOVERY, DETERMINATION),
        to=(WITHDRAWN,),
        needs_reason=True,
        way_back="reopen_inquiry",
    ),
    Transition(
        aggregate="inquiry",
        operation="reopen_inquiry",
        from_states=(CLOSED, WITHDRAWN),
        to=(DETERMINATION, SCREENING),
        needs_reason=True,
        way_back="close_inquiry",
    ),
)


class InquiryIsOver(Conflict):
    """An inquiry that is closed or withdrawn takes nothing more, until it is reopened."""


class InquirerForgotten(Gone):
    """What an inquirer said has been removed: the inquiry cannot be reopened, and its link shows nothing."""


class AnotherInquiryIsOpen(Conflict):
    """An organisation has one open inquiry: what is closed is not reopened beside it."""


class InquiryIsFull(Conflict):
    """No more is taken for this inquiry: write to the institute's contact instead."""


class PartnerIsInTheProgramme(Conflict):
    """An accepted inquiry stays accepted once its partner was admitted: the partner departs instead."""
