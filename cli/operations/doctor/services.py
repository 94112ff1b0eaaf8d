"""Checks of the services: queues, indexes, outboxes, dead letters and backups."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import accumulate

from pymongo.database import Database

from chassis.backup.last_backup import last_backup, not_backed_up_since
from chassis.domain.identity import rfc3339
from chassis.messaging.dead_letters import DeadLetters, DeadLetterState
from chassis.messaging.topology import message_count, wait_queue
from chassis.persistence.plan import Planned, State
from chassis.persistence.unit_of_work import OUTBOX, RESTORING, Document
from cli.connection.datastores import Datastores
from cli.connection.services import services as all_services
from cli.connection.settings import settings
from cli.operations.doctor.finding import Finding, finding
from cli.operations.infrastructure import planned_indexes, planned_topology

OUTBOX_AGE_SECONDS = 60
WORK_AGE_SECONDS = 900
MOST_NAMES = 3
OLD_BACKUP_SECONDS = 26 * 3600
"""A day, and two hours for a slow backup."""


def queues(place: Datastores) -> Iterator[Finding]:
    """Check every exchange and queue."""
    return _planned("queues", planned_topology(place), "topology")


def indexes(place: Datastores) -> Iterator[Finding]:
    """Check every index."""
    return _planned("indexes", planned_indexes(place), "indexes")


def services(place: Datastores) -> Iterator[Finding]:
    """Check by the broker whether each service is running, and whether reactions of it wait.

    A frozen process is running for the broker until it has missed its heartbeats.
    """
    running = place.served()
    for name in place.databases:
        runs = name in running
        yield finding(
            name, "runs" if runs else "does not run", bad=not runs, to_do="start it; its log says why it ended"
        )
        yield _waiting_reactions(name, place.amqp)


def databases(place: Datastores) -> Iterator[Finding]:
    """Check by its database what each service has published, given up, and yet to do, and whether it is in a backup."""
    for name, database in place.databases.items():
        if RESTORING in database.list_collection_names():
            to_do = "restore the same backup again, with --replace"
            yield finding(f"{name}: database", "holds half of a backup", bad=True, to_do=to_do)
        yield _outbox(name, database)
        yield _dead_letters(name, database)
        yield from waiting_work(name, database)
        yield from _needs_staff(name, database)
        yield _backup(name, database)


def _planned(what: str, found: Iterable[Planned], command: str) -> Iterator[Finding]:
    known = list(found)
    of = {state: [each for each in known if each.state is state] for state in State}
    yield finding(what, f"{len(of[State.THERE])} are as they should be")
    if missing := of[State.MISSING] + of[State.CHANGEABLE]:
        seen = f"{len(missing)} are missing or to be changed, such as {missing[0].what}"
        yield finding(what, seen, bad=True, to_do=f"`./partnerships {command} apply`")
    for each in of[State.DIFFERENT]:
        yield finding(what, f"{each.what} is different", bad=True, to_do=each.detail)
    for each in of[State.UNNEEDED]:
        yield finding(what, f"{each.what} is not needed", warn=True, to_do=each.detail)


def _outbox(name: str, database: Database[Document]) -> Finding:
    what, oldest = f"{name}: outbox", database[OUTBOX].find_one({"published_at": None}, sort=[("time", 1)])
    if oldest is None:
        return finding(what, "everything is published")
    age = (datetime.now(UTC) - oldest["time"]).total_seconds()
    to_do = "docs/operations.md, “Events stay in the outbox”"
    seen = f"{oldest['type']} waits for {age:.0f} s"
    return finding(what, seen, bad=age > OUTBOX_AGE_SECONDS, to_do=to_do)


def _waiting_reactions(name: str, amqp_uri: str) -> Finding:
    """Count messages in wait queues whose reactions have waited for more than a minute."""
    steps = settings()["RETRY_STEPS_SECONDS"]
    waited = accumulate(steps[:-1], initial=0)
    late = [wait_queue(name, step) for step, before in zip(steps, waited, strict=True) if before > OUTBOX_AGE_SECONDS]
    count = sum(message_count(amqp_uri, queue) for queue in late)
    seen = f"{count} have waited for more than a minute"
    return finding(f"{name}: reactions", seen, warn=count > 0, to_do="docs/operations.md, “ReactionsWait”")


def _dead_letters(name: str, database: Database[Document]) -> Finding:
    dead, is_open = database[DeadLetters.collection], {"state": DeadLetterState.OPEN}
    count, missing = dead.count_documents(is_open), sorted(filter(None, dead.distinct("reaction", is_open)))
    of = f", of {' and '.join(missing[:MOST_NAMES])}{' and others' if missing[MOST_NAMES:] else ''}" if missing else ""
    to_do = f"`./partnerships dead-letters list {name}`, mend the cause, then replay or discard"
    return finding(f"{name}: dead letters", f"{count} open{of}", warn=count > 0, to_do=to_do)


def waiting_work(name: str, database: Database[Document]) -> Iterator[Finding]:
    """Count what the service has yet to do by itself, such as letters that are ready and reminders that are due."""
    now = datetime.now(UTC)
    for each in all_services()[name].repositories:
        if each.backlog:
            waiting = each.backlog.as_of(now)
            count, since = database[each.collection].count_documents(dict(waiting)), each.backlog.since
            first = database[each.collection].find_one(waiting, sort=[(since, 1)]) if count else None
            age = (now - first[since]).total_seconds() if first else 0.0
            seen = f"{count} wait, the first for {age:.0f} s" if first else "none waits"
            to_do = "docs/operations.md, “WorkWaits”"
            yield finding(f"{name}: {each.collection} to do", seen, warn=age > WORK_AGE_SECONDS, to_do=to_do)


def _needs_staff(name: str, database: Database[Document]) -> Iterator[Finding]:
    """Count what waits for a person of the institute to mend something, such as partners nobody can write to."""
    for each in all_services()[name].repositories:
        if each.needs_staff:
            count = database[each.collection].count_documents(dict(each.needs_staff.as_of(datetime.now(UTC))))
            backlog = each.needs_staff
            seen, to_do = f"{count} {backlog.what}", f"{backlog.shown_by}docs/operations.md, “{backlog.runbook}”"
            yield finding(f"{name}: {each.collection}", seen, warn=count > 0, to_do=to_do)


def _backup(name: str, database: Database[Document]) -> Finding:
    last, since = last_backup(database), not_backed_up_since(database)
    age = (datetime.now(UTC) - since).total_seconds() if since else 0.0
    seen = f"{last.documents} documents as of {rfc3339(last.taken_at)}" if last else "none yet"
    return finding(f"{name}: backup", seen, warn=age > OLD_BACKUP_SECONDS, to_do="docs/operations.md, “BackupOld”")
