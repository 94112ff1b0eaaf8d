"""The events that notifications publishes: facts, in the past tense. Their contracts are written from these classes."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from chassis.domain.aggregate import Event, Keywords


@dataclass(frozen=True, kw_only=True)
class FollowUpEvent(Event):
    """Something happened to a follow-up."""

    follow_up_id: Annotated[str, "the follow-up; also the event's subject"]
    partner_id: Annotated[str, "whose milestone or initiative it is"]
    milestone_id: Annotated[str | None, "the milestone that was reached; null where it is about an initiative"]
    initiative_id: Annotated[str | None, "the initiative that stood still, where it is about one"] = None


@dataclass(frozen=True, kw_only=True)
class FollowUpPlanned(FollowUpEvent):
    """A coach is to follow up on a milestone, or on an initiative that stands still, by a day, as a policy says.

    Published once for each time a milestone is reached, or an initiative has stalled.
    """

    type = "notifications.follow_up.planned"

    engagement_id: Annotated[str, "the engagement of that"]
    coach_id: Annotated[str, "the person who is to coach"]
    due_on: Annotated[date, "the day by which to coach, counted in the coach's zone"]
    policy: Annotated[str, "the name of the policy that says what to do and how soon, such as hold_the_gain"]


@dataclass(frozen=True, kw_only=True)
class FollowUpReassigned(FollowUpEvent):
    """Another coach is to follow up, by the same day."""

    type = "notifications.follow_up.reassigned"

    coach_id: Annotated[str, "the person who is to coach from now on"]
    former_coach_id: Annotated[str, "the person who was to coach until now"]


@dataclass(frozen=True, kw_only=True)
class FollowUpDue(FollowUpEvent):
    """The day by which a coach is to follow up has come, in the coach's zone, and nobody has said that it was done.

    Published again only when its engagement has rested since, and the coach has another day.
    """

    type = "notifications.follow_up.due"

    coach_id: Annotated[str, "the person who is to coach"]
    due_on: Annotated[date, "that day"]


@dataclass(frozen=True, kw_only=True)
class FollowUpCompleted(FollowUpEvent):
    """A coach has followed up. Published once for each follow-up, and again when it was open again."""

    type = "notifications.follow_up.completed"

    session_id: Annotated[str | None, "the coaching session in which it was done; null when a person said so"]


@dataclass(frozen=True, kw_only=True)
class FollowUpSkipped(FollowUpEvent):
    """A person has decided that nobody will follow up.

    Published once for each follow-up, and again when it was open again.
    """

    type = "notifications.follow_up.skipped"


@dataclass(frozen=True, kw_only=True)
class FollowUpCancelled(FollowUpEvent):
    """There is nothing left to follow up on.

    Published once for each follow-up, and again when it was open again.
    """

    type = "notifications.follow_up.cancelled"

    reason: Annotated[
        str, "milestone_reopened, initiative_moved_on, engagement_closed or partner_departed; more may come"
    ]


@dataclass(frozen=True, kw_only=True)
class FollowUpReopened(FollowUpEvent):
    """A follow-up that was completed, skipped or cancelled is open again: what closed it does not hold."""

    type = "notifications.follow_up.reopened"

    because: Annotated[
        str,
        "session_retracted: the session that completed it did not take place; engagement_open: its engagement, which "
        "had ended, has not; corrected: a person said so; more may come",
    ]


@dataclass(frozen=True, kw_only=True)
class DeliveryEvent(Event):
    """What became of a letter."""

    delivery_id: Annotated[str, "the letter; also the event's subject"]
    partner_id: Annotated[str | None, "the partner the letter is about, if it is about one"]
    category: Annotated[
        str, "what the letter is for, such as welcome, milestone_reopened or answer_reminder; more may come"
    ]
    about_kind: Annotated[str, "what the letter is about: partner, milestone, follow_up or invitation; more may come"]
    about_id: Annotated[str, "which one it is about"]
    state: Annotated[
        str,
        "sent: a mail server has taken it; failed: refused for good, or given up; cancelled: not sent, for there was "
        "no reason to any more; uncertain: nobody knows; more may come",
    ]
    about_sequence: Annotated[
        int | None, Keywords(minimum=0), "the number of the event that it was written for, among those of its subject"
    ] = None


@dataclass(frozen=True, kw_only=True)
class DeliverySettled(DeliveryEvent):
    """It is known for good what became of a letter.

    Published once for each letter, also after notifications.delivery.uncertain when the answer came late.
    """

    type = "notifications.delivery.settled"


@dataclass(frozen=True, kw_only=True)
class DeliveryUncertain(DeliveryEvent):
    """Nobody knows whether a mail server has taken a letter: it was being handed over, and no answer is stored.

    It is not sent again by itself.
    """

    type = "notifications.delivery.uncertain"


@dataclass(frozen=True, kw_only=True)
class RecipientUnreachable(Event):
    """Nobody who leads a partner can be written to: letters to the partner find nobody, and staff must mend that.

    Published again when the cause is another one.
    """

    type = "notifications.recipient.unreachable"

    partner_id: Annotated[str, "the partner; also the event's subject"]
    because: Annotated[
        str,
        "nobody_leads: all its leaders have left; mail_refused: the last letter to each of those who are there failed "
        "for good; more may come",
    ]


@dataclass(frozen=True, kw_only=True)
class RecipientReachable(Event):
    """Somebody who leads a partner can be written to again, or nobody needs to be, because the partner has departed."""

    type = "notifications.recipient.reachable"

    partner_id: Annotated[str, "the partner; also the event's subject"]
