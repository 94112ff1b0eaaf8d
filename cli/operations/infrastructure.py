"""`./partnerships topology`, `indexes` and `migrate`: what broker and databases must have, planned and applied."""

from collections.abc import Callable, Iterable, Iterator

from chassis.domain.identity import utc_now
from chassis.messaging import topology
from chassis.persistence import indexes, migrations
from chassis.persistence.plan import Planned, State
from chassis.runtime.preparation import indexes_of
from chassis.runtime.service import reactions
from cli.connection.datastores import Datastores, reached
from cli.connection.services import services
from cli.connection.settings import settings
from cli.local.errors import CannotStart


def planned_topology(place: Datastores) -> Iterator[Planned]:
    """Compare what every service needs of the broker with what it has; what two services share is there once."""
    seen = set()
    for name, service in services().items():
        for each in topology.plan(place.amqp, service=name, hears=reactions(service), wait_seconds=_wait_seconds()):
            if each.what not in seen:
                yield each
            seen.add(each.what)


def apply_topology(place: Datastores) -> None:
    """Declare every exchange and queue; raises CannotStart where one is different, before anything is declared."""
    _refuse_what_is_different(planned_topology(place))
    for name, service in services().items():
        topology.declare(place.amqp, service=name, hears=reactions(service), wait_seconds=_wait_seconds())


def planned_indexes(place: Datastores) -> Iterator[Planned]:
    """Compare what every service needs of its database with what it has."""
    for name, required in _required_indexes().items():
        yield from indexes.plan(place.databases[name], required)


def apply_indexes(place: Datastores) -> None:
    """Make every index; raises CannotStart where one is different, before any is made."""
    _refuse_what_is_different(planned_indexes(place))
    for name, required in _required_indexes().items():
        indexes.apply(place.databases[name], required)


def planned_migrations(place: Datastores) -> Iterator[Planned]:
    """Count the documents that do not have their collection's new form yet."""
    for name, service in services().items():
        yield from migrations.plan(place.databases[name], service.repositories)


def apply_migrations(place: Datastores) -> None:
    """Migrate them while the services run."""
    for name, service in services().items():
        migrations.apply(place.databases[name], service.repositories, clock=utc_now, tell=print)


PLANS: dict[str, Callable[[Datastores], Iterator[Planned]]] = {
    "topology": planned_topology,
    "indexes": planned_indexes,
    "migrate": planned_migrations,
}
DEEDS: dict[str, Callable[[Datastores], None]] = {
    "topology": apply_topology,
    "indexes": apply_indexes,
    "migrate": apply_migrations,
}


def plan(what: str) -> int:
    """Show a plan, a line for each thing that is not as it should be; gives 1 where one is different, else 0."""
    with reached(say=_say) as place:
        return _show(list(PLANS[what](place)))


def apply(what: str) -> int:
    """Carry a plan out, and show what is left; raises CannotStart where something is different."""
    with reached(say=_say) as place:
        DEEDS[what](place)
        return _show(list(PLANS[what](place)))


def _show(found: list[Planned]) -> int:
    for each in found:
        if each.state is not State.THERE:
            print(f"{each.state:<12} {each.what}  {each.detail}".rstrip())
    there = sum(each.state is State.THERE for each in found)
    print(f"{there} of {len(found)} are as this version needs them")
    return int(any(each.state is State.DIFFERENT for each in found))


def _refuse_what_is_different(found: Iterable[Planned]) -> None:
    different = [f"{each.what} is different: {each.detail}" for each in found if each.state is State.DIFFERENT]
    if different:
        raise CannotStart("\n".join(different))


def _required_indexes() -> dict[str, indexes.RequiredIndexes]:
    days = settings()["AUDIT_DAYS"]
    return {name: indexes_of(service.repositories, audit_days=days) for name, service in services().items()}


def _wait_seconds() -> list[int]:
    steps: list[int] = settings()["RETRY_STEPS_SECONDS"]
    return steps


def _say(who: str, line: str) -> None:
    print(f"{who}: {line}", flush=True)
