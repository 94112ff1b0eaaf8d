"""Aggregates several answers into one page; the services are asked at once, and one that is down costs its part.

What a reader may not see costs its part, too, and the page says that apart from what is missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import eventlet

from chassis.domain.causation import Cause
from chassis.domain.faults import Fault
from chassis.domain.scope import Scope
from chassis.rpc.client import Result, Services

OUTAGE_KINDS = frozenset({"unavailable", "late", "broken"})
"""The kinds of faults that mean that there is no answer, whatever was asked."""
FORBIDDEN = "forbidden"
"""The kind of fault by which a service says that this caller may not ask that, whatever it is about."""


@dataclass(frozen=True, kw_only=True)
class Call:
    """One call of a service: the arguments of `chassis.rpc.client.Services.ask`."""

    service: str
    operation: str
    arguments: Mapping[str, Any]
    scope: Scope
    cause: Cause
    command_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class PageQuery:
    """The calls whose answers make a page, by the names of its parts."""

    parts: Mapping[str, Call]


def aggregate(services: Services, query: PageQuery) -> Result:
    """Return the page: the answer of each part, null for one that is not there, which is named with why.

    `missing` names those whose service is down, `withheld` those that the caller may not see. Raises Fault when a
    service says of its part that it is not there, because the same holds for the page, and when no part is left.
    """
    threads = {part: eventlet.spawn(_answer, services, call) for part, call in query.parts.items()}
    answers = {part: thread.wait() for part, thread in threads.items()}
    faults = {part: answer for part, answer in answers.items() if isinstance(answer, Fault)}
    if refusals := [fault for fault in faults.values() if fault.kind not in OUTAGE_KINDS | {FORBIDDEN}]:
        raise refusals[0]
    if len(faults) == len(answers):
        raise min(faults.values(), key=lambda fault: fault.kind == FORBIDDEN)
    missing = _named({part: fault for part, fault in faults.items() if fault.kind != FORBIDDEN})
    withheld = _named({part: fault for part, fault in faults.items() if fault.kind == FORBIDDEN})
    return Result(answers | dict.fromkeys(faults) | {"missing": missing, "withheld": withheld})


def _named(faults: Mapping[str, Fault]) -> list[dict[str, str]]:
    """Say of each part why it is not there."""
    return [{"part": part, "code": fault.code, "detail": fault.message} for part, fault in faults.items()]


def _answer(services: Services, call: Call) -> Result | Fault:
    """Ask; a fault is returned, because eventlet prints the traceback of whatever a green thread raises."""
    try:
        return _first_page(services.ask(**vars(call)))
    except Fault as fault:
        return fault


def _first_page(answer: Result) -> Result:
    """Return a list as its first page, and whether there is `more` of it at its own path."""
    if "next_cursor" not in answer:
        return answer
    return Result({"items": answer["items"], "more": answer["next_cursor"] is not None})
