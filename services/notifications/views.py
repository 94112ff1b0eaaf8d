"""What one can see of notifications: read only. Others know letters as deliveries."""

import re
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any

from chassis.domain.aggregate import PERSONAL
from chassis.domain.scope import PLATFORM, Scope
from chassis.messaging.inbox import processed_event
from chassis.persistence.queries import between, list_page
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.messages import AlsoBy, Page, Paging
from chassis.schemas.operations import query
from services.notifications.model.explanation import Sentence, why_there_is_a_follow_up, why_there_is_a_letter
from services.notifications.model.follow_up import FollowUp, FollowUpState
from services.notifications.model.letter import Letter, Origin, Step
from services.notifications.model.letter_lifecycle import LetterState
from services.notifications.model.letter_trigger import Category
from services.notifications.model.reachability import Reachability, ReachabilityState
from services.notifications.repository import FollowUps, Letters, Partners, Reachabilities, Recipients
from services.notifications.schemas import (
    DeliveryId,
    FollowUpId,
    InitiativeId,
    MilestoneId,
    PartnerId,
    PersonId,
    SubjectId,
)

_LINK = re.compile(r"(https?://\S+/rsvp/)\S+")


class OwnLetters(StrEnum):
    """Whose letters are asked for without an id: one's own."""

    ME = "me"


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One letter to one recipient, and what happened to it; its body is shown without the link that lets one answer."""

    id: str
    version: int
    updated_at: datetime | None
    category: Category
    about_kind: str
    about_id: str
    partner_id: str
    organisation_id: str | None
    recipient_id: str
    to: str = field(metadata=PERSONAL)
    language: str
    subject: str
    body: str = field(metadata=PERSONAL)
    message_id: str
    written_at: datetime
    next_attempt_at: datetime
    origin: Origin
    state: LetterState
    attempts: int
    trail: list[Step]

    @classmethod
    def of(cls, letter: Letter) -> "Delivery":
        """Show a letter: who may read it may not answer it, for a link to answer by is the recipient's alone."""
        shown = {member.name: getattr(letter, member.name) for member in fields(cls)}
        return cls(**{**shown, "body": _LINK.sub(r"\1…", letter.body)})


@dataclass(frozen=True, kw_only=True)
class DeliveryExplanation:
    """Why a letter was written and what came of it, in sentences and in order."""

    delivery_id: str
    correlation_id: str
    event_id: str | None
    event_type: str | None
    reaction: str | None
    actor: str
    explanation: list[Sentence] = field(metadata=PERSONAL)


@dataclass(frozen=True, kw_only=True)
class FollowUpExplanation:
    """Why a coach is asked to follow up and what came of it, in sentences and in order."""

    follow_up_id: str
    correlation_id: str | None
    event_id: str | None
    actor: str | None
    explanation: list[Sentence] = field(metadata=PERSONAL)


@query
def show_follow_up(reading: Reading, scope: Scope, *, follow_up_id: FollowUpId) -> FollowUp:
    """Show a coaching follow-up."""
    return FollowUps(reading).get(follow_up_id, scope=scope)


@query
def list_follow_ups(
    reading: Reading,
    scope: Scope,
    *,
    paging: Annotated[Paging, AlsoBy(["due_on"])],
    partner_id: PartnerId | None = None,
    milestone_id: MilestoneId | None = None,
    initiative_id: InitiativeId | None = None,
    coach_id: PersonId | None = None,
    due_from: date | None = None,
    due_until: date | None = None,
    state: FollowUpState | None = None,
) -> Page[FollowUp]:
    """List coaching follow-ups: of one partner, milestone, initiative or coach, due in some days, or in one state."""
    wanted: dict[str, Any] = {"partner_id": partner_id, "milestone_id": milestone_id, "coach_id": coach_id}
    wanted |= {"initiative_id": initiative_id, "due_on": between(due_from, due_until), "state": state}
    return list_page(FollowUps(reading), paging, scope=scope, **wanted)


@query
def show_delivery(reading: Reading, scope: Scope, *, delivery_id: DeliveryId) -> Delivery:
    """Show a letter and its delivery."""
    return Delivery.of(_letter(reading, scope, delivery_id))


@query
def list_deliveries(
    reading: Reading,
    scope: Scope,
    *,
    paging: Paging,
    partner_id: PartnerId | None = None,
    category: Category | None = None,
    state: LetterState | None = None,
    about_id: SubjectId | None = None,
    recipient_id: PersonId | None = None,
    recipient: OwnLetters | None = None,
) -> Page[Delivery]:
    """List letters: about one partner or thing, of one category, in one state, or to one person, also to oneself.

    Whoever has no record as a person has no letters of their own.
    """
    if recipient is OwnLetters.ME and (scope.person is None or recipient_id not in (None, scope.person)):
        return Page(items=[], next_cursor=None)
    to = scope.person if recipient is OwnLetters.ME else recipient_id
    wanted = {"partner_id": partner_id, "category": category, "state": state, "about_id": about_id,
              "recipient_id": to}  # fmt: skip
    is_their_own = scope.person is not None and to == scope.person
    page = list_page(Letters(reading), paging, scope=PLATFORM if is_their_own else scope, **wanted)
    return Page(items=[Delivery.of(letter) for letter in page.items], next_cursor=page.next_cursor)


@query
def explain_delivery(reading: Reading, scope: Scope, *, delivery_id: DeliveryId) -> DeliveryExplanation:
    """Explain why a letter was written and what happened to it."""
    letter = _letter(reading, scope, delivery_id)
    origin = letter.origin
    event = processed_event(reading, event_id=origin.causation_id, reaction=origin.reaction)
    recipient = Recipients(reading).first({"_id": letter.recipient_id}, scope=PLATFORM)
    zone = recipient.zone if recipient else "UTC"
    return DeliveryExplanation(
        delivery_id=letter.id,
        correlation_id=origin.correlation_id,
        event_id=origin.causation_id,
        event_type=event.type if event else None,
        reaction=origin.reaction,
        actor=origin.actor,
        explanation=why_there_is_a_letter(letter, recorded_at=event.time if event else None, zone=zone),
    )


@query
def explain_follow_up(reading: Reading, scope: Scope, *, follow_up_id: FollowUpId) -> FollowUpExplanation:
    """Explain why a coach is asked to follow up, and what came of it."""
    follow_up = FollowUps(reading).get(follow_up_id, scope=scope)
    origin = follow_up.origin
    event = processed_event(reading, event_id=origin.causation_id, reaction=origin.reaction) if origin else None
    partner = Partners(reading).known(follow_up.partner_id, scope=PLATFORM)
    coach = Recipients(reading).known(follow_up.coach_id, scope=PLATFORM)
    return FollowUpExplanation(
        follow_up_id=follow_up.id,
        correlation_id=origin.correlation_id if origin else None,
        event_id=origin.causation_id if origin else None,
        actor=origin.actor if origin else None,
        explanation=why_there_is_a_follow_up(
            follow_up,
            partner_name=partner.name,
            coach_name=coach.name,
            zone=coach.zone,
            recorded_at=event.time if event else None,
        ),
    )


@query
def list_reachability(
    reading: Reading,
    scope: Scope,
    *,
    paging: Paging,
    partner_id: PartnerId | None = None,
    state: ReachabilityState | None = None,
) -> Page[Reachability]:
    """List partners none of whose leaders could be written to at some time, and whether one can be now."""
    return list_page(Reachabilities(reading), paging, scope=scope, partner_id=partner_id, state=state)


def _letter(reading: Reading, scope: Scope, delivery_id: str) -> Letter:
    """Give a letter to the caller, or within their scope; raises NotFound."""
    to_them = {"_id": delivery_id, "recipient_id": scope.person}
    own = Letters(reading).first(to_them, scope=PLATFORM) if scope.person else None
    return own or Letters(reading).get(delivery_id, scope=scope)
