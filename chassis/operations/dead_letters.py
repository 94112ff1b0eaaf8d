"""The operations that every service has on its dead letters."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Annotated, Any

from chassis.domain.capabilities import masked
from chassis.domain.scope import Scope
from chassis.messaging.dead_letters import DeadLetter, DeadLetters, DeadLetterState
from chassis.persistence.pagination import Order
from chassis.persistence.queries import list_page
from chassis.persistence.unit_of_work import Reading, UnitOfWork
from chassis.schemas.fields import Count, Id, Line, Text, Version
from chassis.schemas.messages import Page, Paging
from chassis.schemas.operations import command, query

MAX_REPLAYED_AT_ONCE = 1000
DeadLetterId = Annotated[str, Id("ded")]
ExpectedVersion = Annotated[Collection[int] | None, Version()]
Word = Annotated[str, Line()]


@dataclass(frozen=True, kw_only=True)
class ReplayedDeadLetter:
    """One dead letter that is, or would be, replayed."""

    id: str
    reaction: str | None
    error: str


@dataclass(frozen=True, kw_only=True)
class Replayed:
    """All dead letters that are, or would be, replayed."""

    items: list[ReplayedDeadLetter]


@query
def list_dead_letters(
    reading: Reading,
    scope: Scope,
    *,
    paging: Paging,
    state: DeadLetterState | None = None,
    reaction: Word | None = None,
    type: Word | None = None,
) -> Page[DeadLetter]:
    """List dead letters, in one state, of one reaction or one type of event."""
    page = list_page(DeadLetters(reading), paging, scope=scope, state=state, reaction=reaction, type=type)
    return replace(page, items=[dead.shown for dead in page.items])


@query
def show_dead_letter(reading: Reading, scope: Scope, *, dead_letter_id: DeadLetterId) -> DeadLetter:
    """Show a dead letter with its message, its error and its origin."""
    return DeadLetters(reading).get(dead_letter_id, scope=scope).shown


@command
def replay_dead_letter(
    uow: UnitOfWork, scope: Scope, *, dead_letter_id: DeadLetterId, version: ExpectedVersion
) -> DeadLetter:
    """Replay a dead letter."""
    dead = DeadLetters(uow).get(dead_letter_id, scope=scope, version=version)
    dead.replay(by=scope.subject)
    return DeadLetters(uow).save(dead).shown


@command
def discard_dead_letter(
    uow: UnitOfWork,
    scope: Scope,
    *,
    dead_letter_id: DeadLetterId,
    version: ExpectedVersion,
    reason: Annotated[str, Text(example="Nothing depends on it any more")],
) -> DeadLetter:
    """Discard a dead letter, with a reason."""
    dead = DeadLetters(uow).get(dead_letter_id, scope=scope, version=version)
    dead.discard(by=scope.subject, at=uow.now, reason=reason)
    return DeadLetters(uow).save(dead).shown


@command
def replay_dead_letters(
    uow: UnitOfWork,
    scope: Scope,
    *,
    reaction: Word | None = None,
    type: Word | None = None,
    error: Word | None = None,
    dry_run: bool = False,
    limit: Annotated[int, Count(least=1, most=MAX_REPLAYED_AT_ONCE)] = MAX_REPLAYED_AT_ONCE,
) -> Replayed:
    """Replay every open dead letter that matches; with `dry_run` only list them."""
    matching = _open_matching(reaction=reaction, type=type, error=error)
    fitting = DeadLetters(uow).page(matching, scope=scope, limit=limit, order=Order())
    for dead in [] if dry_run else fitting:
        dead.replay(by=scope.subject)
        DeadLetters(uow).save(dead)
    return Replayed(
        items=[ReplayedDeadLetter(id=dead.id, reaction=dead.reaction, error=masked(dead.error)) for dead in fitting]
    )


def _open_matching(*, reaction: str | None, type: str | None, error: str | None) -> dict[str, Any]:
    wanted = {"reaction": reaction, "type": type, "error": {"$regex": re.escape(error)} if error else None}
    return {"state": DeadLetterState.OPEN, "unreadable": None} | {k: v for k, v in wanted.items() if v is not None}


OPERATIONS = (list_dead_letters, show_dead_letter, replay_dead_letter, discard_dead_letter, replay_dead_letters)
