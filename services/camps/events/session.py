"""What happens to sessions, in which partners share results."""

from dataclasses import dataclass, field
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
    cycle_id: Annotated[str | None, "the PDSA cycle whose change was adopted and is shared, where it is one's"] = None
    measure_id: Annotated[str | None, "the measure that it shows, where somebody named one"] = None
    signal_id: Annotated[str | None, "the signal that it shows, where somebody named one"] = None


@dataclass(frozen=True, kw_only=True)
class SessionProposed(SessionEvent):
    """A partner that is invited already, or comes, has something to share: a speaking slot is proposed.

    Published again only when it had been withdrawn.
    """

    type = "camps.session.proposed"

    kind: Annotated[
        str,
        "result, innovation, collaboration, other_industry, workshop, open_space or plenary; more may come",
    ]
    title: Annotated[str, "what was reached or improved, in the partner's words"]


@dataclass(frozen=True, kw_only=True)
class SessionWithdrawn(SessionEvent):
    """A session that was drafted or proposed, or was to take place, does not take place.

    Somebody withdrew it, the invitation was withdrawn or the camp cancelled; or, while it was only proposed, its
    milestone was reopened, faculty scores its initiative lower than 4.0, or its change is not adopted after all.
    It may be proposed again, and that is published again.
    """

    type = "camps.session.withdrawn"

    because: Annotated[
        str | None,
        "what it was withdrawn with: milestone_reopened, score_fell, decision_reconsidered, invitation_withdrawn, "
        "partner_departed, camp_cancelled or by_hand; more may come",
    ] = None


@dataclass(frozen=True, kw_only=True)
class SessionTold(SessionEvent):
    """Something that who presents a session is told about."""

    title: Annotated[str, "what it is called"]
    camp_title: Annotated[str, "what the camp is called"]
    presenter_ids: Annotated[list[str], "the delegates who present it"] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class SessionDecided(SessionTold):
    """The institute has decided about a proposed session, and tells; what is decided and not yet told is no event.

    Published again when it is decided otherwise.
    """

    type = "camps.session.decided"

    decision: Annotated[str, "accepted or declined; more may come"]
    reason: Annotated[str | None, "why, where it is declined"]


@dataclass(frozen=True, kw_only=True)
class SessionConfirmed(SessionEvent):
    """Who presents a session that was accepted has said that they will."""

    type = "camps.session.confirmed"


@dataclass(frozen=True, kw_only=True)
class SessionCancelled(SessionTold):
    """A session that was to take place does not. It may be reinstated, and that is published."""

    type = "camps.session.cancelled"

    reason: Annotated[str, "why"]


@dataclass(frozen=True, kw_only=True)
class SessionReinstated(SessionTold):
    """A session that was cancelled is to take place after all; who presents it confirms it anew."""

    type = "camps.session.reinstated"


@dataclass(frozen=True, kw_only=True)
class SessionEvidenceChanged(SessionTold):
    """What a session shows that is to take place is not so any more, or is so again; the session stays as it is."""

    type = "camps.session.evidence_changed"

    evidence: Annotated[
        str,
        "gone when its milestone was reopened, its signal is there no more or its measure is retired; changed when "
        "faculty scores its initiative lower than 4.0, its change is not adopted after all, or its measure is revised; "
        "current when it holds again; more may come",
    ]
    because: Annotated[
        str | None,
        "why it is not so: milestone_reopened, score_fell, decision_reconsidered, signal_withdrawn, measure_retired or "
        "measure_revised; null when it is; more may come",
    ] = None
