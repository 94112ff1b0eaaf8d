"""`./partnerships topology`, `indexes` and `migrate`: plan and apply what broker and databases need."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict

from chassis.domain.identity import utc_now
from chassis.messaging import topology
from chassis.persistence import indexes, migrations
from chassis.persistence.plan import Planned, State
from chassis.runtime.preparation import indexes_of
from chassis.runtime.service import reactions
from cli.connection.datastores import Datastores, connected
from cli.connection.services import services
from cli.connection.settings import settings
from cli.local.errors import CannotStart


def planned_topology(place: Datastores) -> Iterator[Planned]:
    """Compare the exchanges and queues of all services with those of the broker; shared ones appear once."""
    seen = set()
    for name, service in services().items():
        for each in topology.plan(place.amqp, service=name, hears=reactions(service), wait_seconds=_wait_seconds()):
            if each.what not in seen:
                yield each
            seen.add(each.what)


def apply_topology(place: Datastores) -> None:
    """Declare every exchange and queue; raises CannotStart before that when one exists with other arguments."""
    _refuse_differences(planned_topology(place))
    for name, service in services().items():
        topology.declare(place.amqp, service=name, hears=reactions(service), wait_seconds=_wait_seconds())


def planned_indexes(place: Datastores) -> Iterator[Planned]:
    """Compare the indexes of all services with those of their databases."""
    for name, required in _required_indexes().items():
        yield from indexes.plan(place.databases[name], required)


def apply_indexes(place: Datastores) -> None:
    """Create every index; raises CannotStart before that when one exists with other options."""
    _refuse_differences(planned_indexes(place))
    for name, required in _required_indexes().items():
        indexes.apply(place.databases[name], required)


def planned_migrations(place: Datastores) -> Iterator[Planned]:
    """Count the documents that are not migrated yet."""
    for name, service in services().items():
        yield from migrations.plan(place.databases[name], service.repositories)


def apply_migrations(place: Datastores) -> None:
    """Migrate all documents, while the services run."""
    for name, service in services().items():
        migrations.apply(place.databases[name], service.repositories, clock=utc_now, print_line=print)


PLANS: dict[str, Callable[[Datastores], Iterator[Planned]]] = {
    "topology": planned_topology,
    "indexes": planned_indexes,
    "migrate": planned_migrations,
}
APPLY: dict[str, Callable[[Datastores], None]] = {
    "topology": apply_topology,
    "indexes": apply_indexes,
    "migrate": apply_migrations,
}


def plan(what: str, *, as_json: bool = False) -> int:
    """Print the differences, a line for each, or everything as JSON; gives 1 if one needs a person, else 0."""
    with connected(print_from=_print_from) as place:
        found = list(PLANS[what](place))
    return _show_as_json(found) if as_json else _show(found)


def apply(what: str) -> int:
    """Apply a plan, and print what is left; raises CannotStart when something needs a person."""
    with connected(print_from=_print_from) as place:
        APPLY[what](place)
        return _show(list(PLANS[what](place)))


def _show(found: list[Planned]) -> int:
    for each in found:
        if each.state is not State.THERE:
            print(f"{each.state:<12} {each.what}  {each.detail}".rstrip())
    there = sum(each.state is State.THERE for each in found)
    print(f"{there} of {len(found)} are as this version needs them")
    return _needs_a_person(found)


def _show_as_json(found: list[Planned]) -> int:
    for each in found:
        print(json.dumps(asdict(each), ensure_ascii=False))
    return _needs_a_person(found)


def _needs_a_person(found: list[Planned]) -> int:
    return int(any(each.state is State.DIFFERENT for each in found))


def _refuse_differences(found: Iterable[Planned]) -> None:
    different = [f"{each.what} is different: {each.detail}" for each in found if each.state is State.DIFFERENT]
    if different:
        raise CannotStart("\n".join(different))


def _required_indexes() -> dict[str, indexes.RequiredIndexes]:
    days = settings()["AUDIT_DAYS"]
    return {name: indexes_of(service.repositories, audit_days=days) for name, service in services().items()}


def _wait_seconds() -> list[int]:
    steps: list[int] = settings()["RETRY_STEPS_SECONDS"]
    return steps


def _print_from(who: str, line: str) -> None:
    print(f"{who}: {line}", flush=True)
