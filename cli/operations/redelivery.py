"""`./partnerships events say-again`: what was published and has not reached everybody is published once more."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from chassis.domain.identity import rfc3339, utc_now
from chassis.messaging.redelivery import Hearers
from chassis.runtime.service import reactions
from cli.connection.datastores import Datastores, reached
from cli.connection.services import services
from cli.operations.events import instant

UNDER_WAY = timedelta(days=1)
"""How long ago an event may have been published and still be on its way: the wait queues end after hours."""


def say_again(*, since: str | None, dry_run: bool) -> Iterator[str]:
    """Do it for the instance that the settings name, or that runs here; raises CannotStart."""
    with reached(say=lambda _, line: print(line)) as place:
        yield from said_again(place, since=instant(since) or utc_now() - UNDER_WAY, dry_run=dry_run)


def said_again(place: Datastores, *, since: datetime, dry_run: bool = False) -> Iterator[str]:
    """Let the relays publish again what they published since then and a reaction has not heard, a line each."""
    hearers = Hearers(place.databases, reactions=_reactions())
    rows = list(hearers.unheard(since=since))
    for row in rows:
        yield f"{rfc3339(row['time'])}  {row['type']:<40} {row['subject']:<32} {row['_id']}"
    if not dry_run:
        hearers.say_again(rows)
    yield f"{len(rows)} events {'would be' if dry_run else 'are'} said again"


def _reactions() -> Mapping[str, Sequence[str]]:
    """Every reaction of all services to each type of event."""
    found: dict[str, list[str]] = {}
    for service in services().values():
        for type, names in reactions(service).items():
            found.setdefault(type, []).extend(names)
    return found
