"""What happens to coaching sessions."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from chassis.domain.aggregate import Event
from services.engagements.events.engagement import PartnerId


@dataclass(frozen=True, kw_only=True)
class CoachingEvent(Event):
    """Something happened to a coaching session."""

    audience = "partner"

    session_id: Annotated[str, "the coaching session; also the event's subject"]
    engagement_id: Annotated[str, "the engagement it is part of"]
    partner_id: PartnerId
    coach_id: Annotated[str, "the person who coaches"]
    milestone_id: Annotated[str | None, "the milestone it is about, if it is about one"]


@dataclass(frozen=True, kw_only=True)
class CoachingScheduled(CoachingEvent):
    """A coaching session is agreed. Published once for each session."""

    type = "engagements.coaching.scheduled"

    held_at: Annotated[datetime, "the instant at which it begins, in UTC"]
    zone: Annotated[str, "the IANA time zone in which its time of day was agreed"]


@dataclass(frozen=True, kw_only=True)
class CoachingHeld(CoachingEvent):
    """A coaching session took place: a person has said so. What was said in it is in no event.

    Published once, and again when that was taken back.
    """

    type = "engagements.coaching.held"

    held_on: Annotated[date, "the day on which it took place"]


@dataclass(frozen=True, kw_only=True)
class CoachingRetracted(CoachingEvent):
    """A coaching session did not take place as somebody had said: it is scheduled again."""

    type = "engagements.coaching.retracted"

    reason: Annotated[str, "why that was not so"]


@dataclass(frozen=True, kw_only=True)
class CoachingMoved(CoachingEvent):
    """A coaching session begins at another instant."""

    type = "engagements.coaching.moved"

    from_held_at: Annotated[datetime, "the instant given up, in UTC"]
    held_at: Annotated[datetime, "the instant at which it begins, in UTC"]
    zone: Annotated[str, "the IANA time zone in which its time of day was agreed"]
    reason: Annotated[str, "why it was moved"]


@dataclass(frozen=True, kw_only=True)
class CoachingCancelled(CoachingEvent):
    """A coaching session does not take place, for a reason: by itself, or because its engagement was closed."""

    type = "engagements.coaching.cancelled"

    held_at: Annotated[datetime, "the instant at which it was to begin, in UTC"]
    zone: Annotated[str, "the IANA time zone in which its time of day was agreed"]
    reason: Annotated[str, "why it does not take place"]
    with_engagement: Annotated[bool, "whether its engagement was closed"]


@dataclass(frozen=True, kw_only=True)
class CoachingCoachLeft(CoachingEvent):
    """The coach who is to hold a session has left, or coaches no more, and somebody else leads its engagement.

    Of the lead coach's sessions nothing is said apart: they go to whoever leads the engagement next.
    """

    type = "engagements.coaching.coach_left"
    audience = "internal"

    held_at: Annotated[datetime, "the instant at which it begins, in UTC"]
    zone: Annotated[str, "the IANA time zone in which its time of day was agreed"]
    left_on: Annotated[date, "the day on which they left or ceased to coach"]


@dataclass(frozen=True, kw_only=True)
class CoachingCoachReturned(CoachingEvent):
    """The coach who is to hold a session is back before it was handed over: it waits for nobody any more."""

    type = "engagements.coaching.coach_returned"
    audience = "internal"


@dataclass(frozen=True, kw_only=True)
class CoachingConflictFound(CoachingEvent):
    """The coach who is to hold a session works for its partner, or worked for it until lately, and leads it not.

    Of the lead coach's sessions nothing is said apart: they go to whoever leads the engagement next.
    """

    type = "engagements.coaching.conflict_found"
    audience = "internal"

    held_at: Annotated[datetime, "the instant at which it begins, in UTC"]
    zone: Annotated[str, "the IANA time zone in which its time of day was agreed"]
    until: Annotated[date | None, "the first day on which they might coach it; null while they work for its partner"]


@dataclass(frozen=True, kw_only=True)
class CoachingConflictEnded(CoachingEvent):
    """The coach who is to hold a session has, by what is known now, no interest in its partner."""

    type = "engagements.coaching.conflict_ended"
    audience = "internal"


@dataclass(frozen=True, kw_only=True)
class CoachingHandedOver(CoachingEvent):
    """Another coach is to hold a coaching session: it was handed over by itself, or with the whole engagement."""

    type = "engagements.coaching.handed_over"

    former_coach_id: Annotated[str, "the person who was to coach until now"]
    held_at: Annotated[datetime, "the instant at which it begins, in UTC"]
    zone: Annotated[str, "the IANA time zone in which its time of day was agreed"]
    with_engagement: Annotated[bool, "whether it went with the lead of the whole engagement"]
