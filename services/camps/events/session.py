"""What happens to sessions, in which partners share results."""

from dataclasses import dataclass
from typing import Annotated

from chassis.domain.aggregate import Event


@dataclass(frozen=True, kw_only=True)
class SessionEvent(Event):
    """Something happened to a session, in which a partner shares a result."""

    audience = "partner"

    session_id: Annotated[str, "the session; also the event's subject"]
    camp_id: Annotated[str, "the camp at which it may or might have taken place"]
    partner_id: Annotated[str, "the partner that would speak"]
    milestone_id: Annotated[str | None, "the milestone whose result is or was to be shared; null where it is another's"]
    initiative_id: Annotated[str | None, "the initiative whose result is or was to be shared, where it is one's"] = None


@dataclass(frozen=True, kw_only=True)
class SessionProposed(SessionEvent):
    """A partner that is invited already, or comes, has one more result to share: a speaking slot is proposed.

    Published again only when it had been withdrawn.
    """

    type = "camps.session.proposed"

    kind: Annotated[str, "result; more may come"]
    title: Annotated[str, "what was reached or improved, in the partner's words"]


@dataclass(frozen=True, kw_only=True)
class SessionWithdrawn(SessionEvent):
    """A speaking slot that was proposed is proposed no longer.

    Its milestone was reopened, faculty scores its initiative lower than 4.0, the invitation was withdrawn, or the camp
    cancelled.
    It may be proposed again, and that is published again.
    """

    type = "camps.session.withdrawn"

    because: Annotated[
        str | None,
        "what it was withdrawn with: milestone_reopened, score_fell, invitation_withdrawn or camp_cancelled; more may "
        "come",
    ] = None
