"""The states of an engagement, what leads from which to which, and how what does not is refused."""

from collections.abc import Mapping
from enum import StrEnum
from functools import partial

from chassis.domain.errors import Conflict
from chassis.domain.transitions import Transition


class EngagementState(StrEnum):
    """How far an engagement is."""

    DRAFT = "draft"
    AGREED = "agreed"
    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"


class PausedFor(StrEnum):
    """Why an engagement rests; it rests as long as there is a reason."""

    PARTNER = "partner"
    """The partner itself rests."""
    ITSELF = "itself"
    """Somebody has paused this engagement alone."""


DRAFT, AGREED, ACTIVE, PAUSED, CLOSED = EngagementState
OPEN = (DRAFT, AGREED, ACTIVE, PAUSED)
NEWLY_ADMITTED = "A partner that has departed comes back by a new admission, which drafts another engagement."
_row = partial(Transition, aggregate="engagement")
TRANSITIONS = (
    _row(operation="draft_engagement", from_states=(), to=(DRAFT,), way_back="close_engagement"),
    _row(operation="agree_engagement", from_states=(DRAFT,), to=(AGREED,), way_back="redraft_engagement"),
    _row(
        operation="redraft_engagement",
        from_states=(AGREED,),
        to=(DRAFT,),
        needs_reason=True,
        way_back="agree_engagement",
    ),
    _row(
        operation="activate_engagement",
        from_states=(AGREED,),
        to=(ACTIVE,),
        way_back="Work that has begun is paused or closed, or led by somebody else.",
    ),
    _row(
        operation="pause_engagement",
        from_states=(DRAFT, AGREED, ACTIVE),
        to=(PAUSED,),
        needs_reason=True,
        way_back="resume_engagement",
    ),
    _row(
        operation="pause_with_partner",
        from_states=(DRAFT, AGREED, ACTIVE),
        to=(PAUSED,),
        way_back="resume_with_partner",
    ),
    _row(
        operation="resume_engagement",
        from_states=(PAUSED,),
        to=(DRAFT, AGREED, ACTIVE),
        way_back="pause_engagement",
    ),
    _row(
        operation="resume_with_partner",
        from_states=(PAUSED,),
        to=(DRAFT, AGREED, ACTIVE),
        way_back="pause_with_partner",
    ),
    _row(
        operation="replace_lead_coach",
        from_states=(ACTIVE, PAUSED),
        to=(ACTIVE, PAUSED),
        way_back="replace_lead_coach",
    ),
    _row(
        operation="confirm_will",
        from_states=(AGREED, ACTIVE, PAUSED),
        to=(AGREED, ACTIVE, PAUSED),
        needs_reason=True,
        way_back="Another change of those who lead the partner puts the will in question again.",
    ),
    _row(
        operation="close_engagement",
        from_states=OPEN,
        to=(CLOSED,),
        needs_reason=True,
        way_back="reopen_engagement",
    ),
    _row(operation="close_with_partner", from_states=OPEN, to=(CLOSED,), way_back=NEWLY_ADMITTED),
    _row(
        operation="reopen_engagement",
        from_states=(CLOSED,),
        to=(DRAFT, AGREED, ACTIVE),
        needs_reason=True,
        way_back="close_engagement",
    ),
)


class EngagementAlreadyActive(Conflict):
    """Work has begun already."""


class EngagementNotAgreed(Conflict):
    """Both sides agree on an engagement before work begins."""


class EngagementAlreadyAgreed(Conflict):
    """Both sides agree on an engagement once, before work begins."""


class EngagementAtRest(Conflict):
    """What is paused is resumed first."""


class EngagementNotPaused(Conflict):
    """Only what somebody has paused is resumed; what rests with its partner is resumed with it."""


class EngagementAlreadyClosed(Conflict):
    """In a closed engagement nothing happens any more, unless it is reopened."""


class EngagementNotClosed(Conflict):
    """Only what is closed is reopened."""


class PartnerHasDeparted(Conflict):
    """An engagement that ended with its partner stays closed; another admission drafts another engagement."""


class EngagementNotActive(Conflict):
    """Milestones are planned and reached only while work is under way."""


REFUSALS: Mapping[EngagementState, type[Conflict]] = {PAUSED: EngagementAtRest, CLOSED: EngagementAlreadyClosed}
"""How it is refused from these states, whatever is asked."""
