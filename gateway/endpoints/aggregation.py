"""One page out of many answers: every service is asked at once, and one that is away costs its own part only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import eventlet
from eventlet.greenthread import GreenThread

from chassis.domain.causation import Cause
from chassis.domain.faults import Fault
from chassis.domain.scope import Scope
from chassis.rpc.client import Answer, Services

AWAY = frozenset({"unavailable", "late", "broken"})
"""The kinds of refusal that say nothing of what was asked for, only that there is no answer."""


@dataclass(frozen=True, kw_only=True)
class Call:
    """A question or a command for a service: what `chassis.rpc.client.Services.ask` takes."""

    service: str
    operation: str
    arguments: Mapping[str, Any]
    scope: Scope
    cause: Cause
    command_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class PageQuery:
    """The questions whose answers make a page, by the names of its parts."""

    parts: Mapping[str, Call]


def gathered(services: Services, gathering: PageQuery) -> Answer:
    """Give the page: each part's answer, null for one that nobody gives in time, and in `missing` why.

    Raises Fault when a service refuses, for what it says of its part holds for the page, and when
    nobody answers at all.
    """
    asked = {part: eventlet.spawn(services.ask, **vars(call)) for part, call in gathering.parts.items()}
    answers = {part: _answer_of(thread) for part, thread in asked.items()}
    away = {part: answer for part, answer in answers.items() if isinstance(answer, Fault)}
    if len(away) == len(answers):
        raise next(iter(away.values()))
    missing = [{"part": part, "code": fault.code, "detail": fault.message} for part, fault in away.items()]
    return Answer(answers | dict.fromkeys(away) | {"missing": missing})


def _answer_of(asked: GreenThread) -> Answer | Fault:
    try:
        return _first_page(asked.wait())
    except Fault as fault:
        if fault.kind not in AWAY:
            raise
        return fault


def _first_page(answer: Answer) -> Answer:
    """A list in a page is its beginning, and whether there is `more` of it where it is listed by itself."""
    if "next_cursor" not in answer:
        return answer
    return Answer({"items": answer["items"], "more": answer["next_cursor"] is not None})
