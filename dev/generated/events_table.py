"""docs/events.md: events with their publishers and subscribers, written from the contracts."""

from collections.abc import Iterator, Mapping
from typing import Any

from chassis.messaging.contracts import event_contracts
from cli.local.process import REPOSITORY

TABLE = REPOSITORY / "docs" / "events.md"
HEAD = """# Who says what to whom

Written by `./partnerships events table` from `contracts/events/`, which are written from `services/*/events.py` and
the reactions: change those, not this page.
An event is published to the topic exchange `{service}.events` with the routing key below; its CloudEvents type is
`{service}.{key}`. Audience: `internal` never leaves the platform, `all` is for every subscriber, `partner` is about one
partner, and for subscribers who may see every partner ([why](integrators.md#who-may-read-what)).
"""


def written() -> str:
    """Give the page, made from the contracts."""
    by_service: dict[str, list[Mapping[str, Any]]] = {}
    for contract in event_contracts().values():
        by_service.setdefault(contract["title"].partition(".")[0], []).append(contract)
    return HEAD + "".join("\n" + "\n".join(_section(*each)) + "\n" for each in by_service.items())


def _section(service: str, contracts: list[Mapping[str, Any]]) -> Iterator[str]:
    yield f"## {service}\n"
    yield "| key | when | audience | heard by |\n|---|---|---|---|"
    for contract in contracts:
        key = contract["title"].partition(".")[2]
        heard = "<br>".join(f"`{who}`: {effect}" for who, effect in contract["x-heard-by"].items()) or "nobody yet"
        yield f"| `{key}` | {contract['description']} | {contract['x-audience']} | {heard} |"
