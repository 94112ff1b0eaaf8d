"""`./partnerships events redeliver`: publishes events again that not every reaction has processed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from chassis.domain.identity import rfc3339, utc_now
from chassis.messaging.redelivery import Redelivery
from chassis.runtime.service import reactions
from cli.connection.datastores import Datastores, connected
from cli.connection.services import services
from cli.operations.events import instant

IN_FLIGHT = timedelta(days=1)
"""How long ago an event may have been published and still wait to be processed: the wait queues take some hours."""


def redeliver(*, since: str | None, dry_run: bool) -> Iterator[str]:
    """Redeliver in the instance that the settings name, or that runs here; raises CannotStart."""
    with connected(print_from=lambda _, line: print(line)) as place:
        yield from redelivered(place, since=instant(since) or utc_now() - IN_FLIGHT, dry_run=dry_run)


def redelivered(place: Datastores, *, since: datetime, dry_run: bool = False) -> Iterator[str]:
    """Have the relays publish every event again that was published since then and missed; a line for each."""
    redelivery = Redelivery(place.databases, reactions=_reactions())
    rows = list(redelivery.missed(since=since))
    for row in rows:
        yield f"{rfc3339(row['time'])}  {row['type']:<40} {row['subject']:<32} {row['_id']}"
    if not dry_run:
        redelivery.republish(rows)
    yield f"{len(rows)} events {'would be' if dry_run else 'are'} published again"


def _reactions() -> Mapping[str, Sequence[str]]:
    """The reactions of all services to each type of event."""
    found: dict[str, list[str]] = {}
    for service in services().values():
        for type, names in reactions(service).items():
            found.setdefault(type, []).extend(names)
    return found
