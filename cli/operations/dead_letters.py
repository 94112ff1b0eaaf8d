"""`./partnerships dead-letters …`: through the gateway, like any other client."""

import json
from collections.abc import Iterator
from typing import Any

from chassis.messaging.dead_letter_path import unpark
from chassis.messaging.topology import dead_letter_queue
from cli.connection.datastores import connected
from cli.connection.instance_address import running_instance
from cli.connection.services import services
from cli.local.errors import CannotStart
from cli.operations.events import open_archive

PAGE = 100


def listed(service: str | None, *, as_json: bool = False) -> Iterator[str]:
    """List the open dead letters, a line for each, and their number."""
    names = [service] if service else list(services())
    found = [each for name in names for each in _open(name)]
    if as_json:
        yield from (json.dumps(each, ensure_ascii=False) for each in found)
        return
    for each in found:
        yield f"{each['died_at']}  {each['service']:<14} {each['id']}  {each['reaction'] or '-':<40} {each['error']}"
    yield f"{len(found)} dead letters are open"


def shown(service: str, id: str) -> Iterator[str]:
    """Show one dead letter, and the trace of its event."""
    dead = _asked("GET", f"/v1/dead-letters/{service}/{id}")
    yield json.dumps(dead, indent=2, ensure_ascii=False)
    if dead["event_id"]:
        yield from _story_of(dead["event_id"])


def _story_of(event_id: str) -> Iterator[str]:
    try:
        yield from open_archive().trace(event_id)
    except CannotStart as unknown:  # published by another system, or older than the archive
        yield str(unknown)


def replayed(
    service: str, id: str | None, *, reaction: str | None, type: str | None, error: str | None, dry_run: bool
) -> Iterator[str]:
    """Replay one dead letter, or all that match; a line for each."""
    if id is not None:
        yield _moved(service, id, {"to": "replaying"})
        return
    chosen = {name: value for name, value in [("reaction", reaction), ("type", type), ("error", error)] if value}
    found = _asked("POST", f"/v1/dead-letter-replays/{service}", {**chosen, "dry_run": dry_run})["items"]
    for each in found:
        yield f"{each['id']}  {each['reaction'] or '-':<40} {each['error']}"
    yield f"{len(found)} dead letters {'would be' if dry_run else 'are'} replayed"


def discarded(service: str, id: str, *, reason: str) -> Iterator[str]:
    """Discard one dead letter."""
    yield _moved(service, id, {"to": "discarded", "reason": reason})


def collected(service: str) -> Iterator[str]:
    """Move parked messages to the queue of dead letters; an interruption may duplicate a message, never lose it."""
    if service not in services():
        raise CannotStart(f"one of {', '.join(services())} is expected, not {service}")
    with connected(print_from=lambda _who, _line: None) as place:
        yield f"{unpark(place.amqp, service=service)} messages are moved to {dead_letter_queue(service)}"


def _open(service: str) -> list[dict[str, Any]]:
    items = _asked("GET", f"/v1/dead-letters/{service}?state=open&limit={PAGE}")["items"]
    return [{**each, "service": service} for each in items]


def _moved(service: str, id: str, change: dict[str, str]) -> str:
    path = f"/v1/dead-letters/{service}/{id}"
    version = _asked("GET", path)["version"]
    moved = _asked("POST", f"{path}/transitions", change, If_Match=f'"{version}"')
    return f"{id} is {moved['state']}"


def _asked(method: str, path: str, body: dict[str, Any] | None = None, **headers: str) -> Any:
    return running_instance().api.call(method, path, body=body, headers=headers).body
