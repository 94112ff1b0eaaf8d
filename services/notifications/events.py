"""The events that notifications publishes: facts, in the past tense. `contracts/events/` has the schema of each."""

from dataclasses import dataclass
from datetime import date

from chassis.domain.aggregate import Event


@dataclass(frozen=True, kw_only=True)
class FollowUpPlanned(Event):
    """A coach is to follow up on a milestone, by a day, as a policy says."""

    type = "notifications.follow_up.planned"
    heard = False

    follow_up_id: str
    partner_id: str
    engagement_id: str
    milestone_id: str
    coach_id: str
    due_on: date
    policy: str


@dataclass(frozen=True, kw_only=True)
class FollowUpDue(Event):
    """The day by which a coach is to follow up has come, and nobody has said yet that it was done."""

    type = "notifications.follow_up.due"
    heard = False

    follow_up_id: str
    partner_id: str
    milestone_id: str
    coach_id: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class FollowUpCompleted(Event):
    """A coach has followed up: in a session, or, where that is None, as a person says."""

    type = "notifications.follow_up.completed"
    heard = False

    follow_up_id: str
    partner_id: str
    milestone_id: str
    session_id: str | None


@dataclass(frozen=True, kw_only=True)
class FollowUpSkipped(Event):
    """A person has decided that nobody will follow up."""

    type = "notifications.follow_up.skipped"
    heard = False

    follow_up_id: str
    partner_id: str
    milestone_id: str


@dataclass(frozen=True, kw_only=True)
class FollowUpCancelled(Event):
    """There is nothing left to follow up on: `reason` says what happened instead."""

    type = "notifications.follow_up.cancelled"
    heard = False

    follow_up_id: str
    partner_id: str
    milestone_id: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class DeliveryNews:
    """What became of a letter; `about_kind` and `about_id` name what the letter was about."""

    delivery_id: str
    partner_id: str | None
    category: str
    about_kind: str
    about_id: str
    state: str


@dataclass(frozen=True, kw_only=True)
class DeliverySettled(DeliveryNews, Event):
    """A mail server has taken a letter, or the letter was given up, or cancelled before one had it."""

    type = "notifications.delivery.settled"


@dataclass(frozen=True, kw_only=True)
class DeliveryUncertain(DeliveryNews, Event):
    """Nobody knows whether the mail server has taken a letter: it is not sent again by itself."""

    type = "notifications.delivery.uncertain"
