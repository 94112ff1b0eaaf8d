"""The operations that every service offers on its dead letters."""

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import fields

from chassis.domain.scope import Scope
from chassis.messaging.dead_letters import DeadLetters, DeadLetterState
from chassis.persistence.documents import to_public
from chassis.persistence.queries import listed, shown
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.rpc.server import command, query
from chassis.schemas.fields import Count, Id, Instant, Line, Text, Version, one_of
from chassis.schemas.messages import PageRequest, Request, Resource, Response, page_of

MAX_REPLAYED_AT_ONCE = 1000


class ListDeadLetters(PageRequest):
    """Dead letters in one state, of one reaction or one type of event."""

    state = one_of(*DeadLetterState)
    reaction = Line()
    type = Line()


class ShowDeadLetter(Request):
    """A dead letter by its id."""

    dead_letter_id = Id("ded", required=True)


class ReplayDeadLetter(ShowDeadLetter):
    """Replay a dead letter."""

    version = Version()


class DiscardDeadLetter(ReplayDeadLetter):
    """Discard a dead letter, with a reason."""

    reason = Text(required=True, example="Nothing depends on it any more")


class ReplayDeadLetters(Request):
    """Replay every open dead letter that matches; with `dry_run` only list them."""

    reaction = Line()
    type = Line()
    error = Line()
    dry_run = fields.Boolean(load_default=False, truthy={True}, falsy={False})
    limit = Count(least=1, most=MAX_REPLAYED_AT_ONCE, load_default=MAX_REPLAYED_AT_ONCE)


class DeadLetter(Resource):
    """One message that one reaction, or the whole service, could not process."""

    key = fields.String()
    reaction = fields.String(allow_none=True)
    event_id = fields.String(allow_none=True)
    type = fields.String(allow_none=True)
    subject = fields.String(allow_none=True)
    correlation_id = fields.String(allow_none=True)
    headers = fields.Dict()
    data = fields.Raw(allow_none=True)
    unreadable = fields.String(allow_none=True)
    error = fields.String()
    attempts = Count()
    origin = fields.String()
    died_at = Instant()
    state = one_of(*DeadLetterState)
    settled_by = fields.String(allow_none=True)
    settled_at = Instant(allow_none=True)
    reason = fields.String(allow_none=True)


class ReplayedDeadLetter(Response):
    """One dead letter that is, or would be, replayed."""

    id = Id("ded")
    reaction = fields.String(allow_none=True)
    error = fields.String()


class Replayed(Response):
    """All dead letters that are, or would be, replayed."""

    items = fields.List(fields.Nested(ReplayedDeadLetter))


class DeadLetterOperations:
    """A mixin of `chassis.runtime.service.Service`."""

    @query(ListDeadLetters, answers=page_of(DeadLetter))
    def list_dead_letters(self, work: UnitOfWork, scope: Scope, **asked: Any) -> dict[str, Any]:
        """List dead letters."""
        return listed(DeadLetters(work), scope=scope, **asked)

    @query(ShowDeadLetter, answers=DeadLetter)
    def show_dead_letter(self, work: UnitOfWork, scope: Scope, dead_letter_id: str) -> dict[str, Any]:
        """Show a dead letter with its message, its error and its origin."""
        return shown(DeadLetters(work), dead_letter_id, scope=scope)

    @command(ReplayDeadLetter, answers=DeadLetter)
    def replay_dead_letter(
        self, work: UnitOfWork, scope: Scope, dead_letter_id: str, version: int | None
    ) -> dict[str, Any]:
        """Replay a dead letter."""
        dead = DeadLetters(work).get(dead_letter_id, scope=scope, version=version)
        dead.replay(by=scope.subject)
        return to_public(DeadLetters(work).save(dead))

    @command(DiscardDeadLetter, answers=DeadLetter)
    def discard_dead_letter(
        self, work: UnitOfWork, scope: Scope, dead_letter_id: str, version: int | None, reason: str
    ) -> dict[str, Any]:
        """Discard a dead letter."""
        dead = DeadLetters(work).get(dead_letter_id, scope=scope, version=version)
        dead.discard(by=scope.subject, at=work.now, reason=reason)
        return to_public(DeadLetters(work).save(dead))

    @command(ReplayDeadLetters, answers=Replayed)
    def replay_dead_letters(
        self, work: UnitOfWork, scope: Scope, dry_run: bool, limit: int, **chosen: str
    ) -> dict[str, Any]:
        """Replay all matching dead letters, or only list them."""
        fitting = DeadLetters(work).all(_open_matching(chosen), scope=scope, limit=limit)
        for dead in [] if dry_run else fitting:
            dead.replay(by=scope.subject)
            DeadLetters(work).save(dead)
        return {"items": [{"id": dead.id, "reaction": dead.reaction, "error": dead.error} for dead in fitting]}


def _open_matching(chosen: Mapping[str, str]) -> dict[str, Any]:
    error = {"error": {"$regex": re.escape(chosen["error"])}} if "error" in chosen else {}
    rest = {name: value for name, value in chosen.items() if name != "error"}
    return {"state": DeadLetterState.OPEN, "unreadable": None, **rest, **error}
