"""What one can see of notifications: read-only, plain data out. Others know letters as deliveries."""

import re
from typing import Any

from chassis.domain.identity import rfc3339
from chassis.domain.scope import Scope
from chassis.persistence.queries import listed, shown
from chassis.persistence.unit_of_work import UnitOfWork
from services.notifications.model.letter import Letter
from services.notifications.repository import FollowUps, HeardEvents, Letters

_LINK = re.compile(r"(https?://\S+/rsvp/)\S+")


def show_follow_up(*, work: UnitOfWork, scope: Scope, follow_up_id: str) -> dict[str, object]:
    """One coaching follow-up within the caller's scope."""
    return shown(FollowUps(work), follow_up_id, scope=scope)


def list_follow_ups(*, work: UnitOfWork, scope: Scope, **asked: Any) -> dict[str, object]:
    """Coaching follow-ups within the caller's scope, a page at a time."""
    return listed(FollowUps(work), scope=scope, **asked)


def show_delivery(*, work: UnitOfWork, scope: Scope, delivery_id: str) -> dict[str, object]:
    """One letter within the caller's scope, with what happened to it."""
    return _without_link(shown(Letters(work), delivery_id, scope=scope))


def explain_delivery(*, work: UnitOfWork, scope: Scope, delivery_id: str) -> dict[str, object]:
    """Why one letter within the caller's scope was written and what came of it, in plain words and in order."""
    letter = Letters(work).get(delivery_id, scope=scope)
    origin = letter.origin
    event_type = HeardEvents(work).type_of(origin.causation_id, reaction=origin.reaction)
    return {
        "delivery_id": letter.id,
        "correlation_id": origin.correlation_id,
        "event_id": origin.causation_id,
        "event_type": event_type,
        "reaction": origin.reaction,
        "actor": origin.actor,
        "told": [*_what_led_to(letter, event_type), *_what_came_of(letter)],
    }


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


def list_deliveries(*, work: UnitOfWork, scope: Scope, **asked: Any) -> dict[str, object]:
    """Letters within the caller's scope, a page at a time."""
    page: dict[str, Any] = listed(Letters(work), scope=scope, **asked)
    return {**page, "items": [_without_link(letter) for letter in page["items"]]}


def _without_link(letter: dict[str, Any]) -> dict[str, Any]:
    """Who may read a letter may not answer it: a link that lets whoever has it act is the recipient's alone."""
    return {**letter, "body": _LINK.sub(r"\1…", letter["body"])}
