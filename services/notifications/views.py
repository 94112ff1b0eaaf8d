"""What one can see of notifications: read only. Others know letters as deliveries."""

import re
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Annotated, Any

from chassis.domain.aggregate import PERSONAL
from chassis.domain.identity import rfc3339
from chassis.domain.scope import PLATFORM, Scope
from chassis.messaging.inbox import event_type_of
from chassis.persistence.queries import between, list_page
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.messages import AlsoBy, Page, Paging
from chassis.schemas.operations import query
from services.notifications.model.follow_up import FollowUp, FollowUpState
from services.notifications.model.letter import Letter, LetterState, Origin, Step
from services.notifications.model.letter_trigger import Category
from services.notifications.model.reachability import Reachability, ReachabilityState
from services.notifications.repository import FollowUps, Letters, Reachabilities
from services.notifications.schemas import DeliveryId, FollowUpId, MilestoneId, PartnerId, PersonId, SubjectId

_LINK = re.compile(r"(https?://\S+/rsvp/)\S+")


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
    """Why a letter was written and what came of it, in plain words and in order."""

    delivery_id: str
    correlation_id: str
    event_id: str | None
    event_type: str | None
    reaction: str | None
    actor: str
    explanation: list[str] = field(metadata=PERSONAL)


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
    coach_id: PersonId | None = None,
    due_from: date | None = None,
    due_until: date | None = None,
    state: FollowUpState | None = None,
) -> Page[FollowUp]:
    """List coaching follow-ups: of one partner, milestone or coach, due in some days, or in one state."""
    wanted: dict[str, Any] = {"partner_id": partner_id, "milestone_id": milestone_id, "coach_id": coach_id}
    wanted |= {"due_on": between(due_from, due_until), "state": state}
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
) -> Page[Delivery]:
    """List letters: about one partner or thing, of one category, in one state, or to one person, also to oneself."""
    wanted = {"partner_id": partner_id, "category": category, "state": state, "about_id": about_id,
              "recipient_id": recipient_id}  # fmt: skip
    is_their_own = scope.person is not None and recipient_id == scope.person
    page = list_page(Letters(reading), paging, scope=PLATFORM if is_their_own else scope, **wanted)
    return Page(items=[Delivery.of(letter) for letter in page.items], next_cursor=page.next_cursor)


@query
def explain_delivery(reading: Reading, scope: Scope, *, delivery_id: DeliveryId) -> DeliveryExplanation:
    """Explain why a letter was written and what happened to it."""
    letter = _letter(reading, scope, delivery_id)
    origin = letter.origin
    event_type = event_type_of(reading, event_id=origin.causation_id, reaction=origin.reaction)
    return DeliveryExplanation(
        delivery_id=letter.id,
        correlation_id=origin.correlation_id,
        event_id=origin.causation_id,
        event_type=event_type,
        reaction=origin.reaction,
        actor=origin.actor,
        explanation=[*_what_led_to(letter, event_type), *_what_came_of(letter)],
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
    """List the partners of which once nobody who leads them could be written to, and whether somebody can be now."""
    return list_page(Reachabilities(reading), paging, scope=scope, partner_id=partner_id, state=state)


def _letter(reading: Reading, scope: Scope, delivery_id: str) -> Letter:
    """Give a letter to the caller, or within their scope; raises NotFound."""
    to_them = {"_id": delivery_id, "recipient_id": scope.person}
    own = Letters(reading).first(to_them, scope=PLATFORM) if scope.person else None
    return own or Letters(reading).get(delivery_id, scope=scope)


def _what_led_to(letter: Letter, event_type: str | None) -> list[str]:
    origin, event = letter.origin, event_type or "something"
    return [
        f"It began with what {origin.actor} asked for, as {origin.correlation_id}.",
        f"So {event} was said, as event {origin.causation_id}.",
        f"{origin.reaction or 'notifications'} heard it, and wrote about {letter.about_kind} {letter.about_id}.",
        f"The letter is to {letter.recipient_id}, and says why: {letter.because}",
    ]


def _what_came_of(letter: Letter) -> list[str]:
    return [f"{rfc3339(step.at)}: {step.state} ({step.detail})." for step in letter.trail]
