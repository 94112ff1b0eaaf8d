"""`./partnerships backup` and `restore`: the databases of all services."""

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from platform import python_version

from pymongo.database import Database

from chassis.audit.records import record_operator
from chassis.audit.refusals import AuditedAction
from chassis.backup import snapshot
from chassis.backup.last_backup import LAST_BACKUP
from chassis.domain.causation import Cause
from chassis.domain.identity import new_id, rfc3339, utc_now
from chassis.persistence.lease import LEASES
from chassis.persistence.unit_of_work import RESTORING, Document
from cli.connection.datastores import Datastores, connected
from cli.connection.instance_address import operator
from cli.connection.services import services
from cli.local.errors import CannotStart
from cli.local.output import discard_output
from cli.operations.infrastructure import apply_indexes, apply_topology
from cli.operations.redelivery import IN_FLIGHT, redelivered


def back_up(folder: Path) -> None:
    """Back up the databases of all services into a new folder; raises CannotStart."""
    with connected(print_from=_print_from) as place:
        taken(place, folder)


def restore(folder: Path, *, verify: bool, replace: bool, sent_nothing_since: bool, dry_run: bool) -> None:
    """Restore a backup while no service runs; raises CannotStart before anything is changed."""
    with connected(print_from=_print_from) as place:
        manifest = checked(place, folder, replace=replace)
        if dry_run:
            _print_line("nothing is changed: it can be restored")
        else:
            put_back(place, folder, manifest, verify=verify, sent_nothing_since=sent_nothing_since)


def taken(place: Datastores, folder: Path) -> snapshot.Manifest:
    """Take a backup; raises CannotStart when there is nothing to back up, or the folder exists."""
    begun, now = time.monotonic(), utc_now()
    filled = [name for name, database in place.databases.items() if _has_documents(database)]
    _record(place, filled, "back_up", detail=f"to {folder}")
    versions = {"mongodb": place.client.server_info()["version"], "python": python_version()}
    with _usable():
        manifest = snapshot.take(place.databases, folder, at=now, versions=versions, print_line=_print_line)
    _print_line(
        f"{folder} has {manifest.documents} documents as of {rfc3339(now)}, in {time.monotonic() - begun:.1f} s"
    )
    return manifest


def checked(place: Datastores, folder: Path, *, replace: bool) -> snapshot.Manifest:
    """Verify a backup and whether it can be restored here; raises CannotStart."""
    with _usable():
        manifest = snapshot.read(folder)
        _print_line(f"{folder} is of {rfc3339(manifest.taken_at)}: {manifest.documents} documents; reading all of it…")
        snapshot.check(folder, manifest)
    _refuse_what_is_in_use(place, manifest, replace=replace)
    return manifest


def put_back(
    place: Datastores, folder: Path, manifest: snapshot.Manifest, *, verify: bool, sent_nothing_since: bool
) -> None:
    """Restore the databases and prepare the services' start; raises CannotStart, and then no service starts."""
    with _usable():
        snapshot.restore(folder, manifest, place.databases, print_line=_print_line)
        if verify:
            snapshot.verify(manifest, place.databases)
            _print_line("every count and every hash is that of the backup")
    _make_ready(place, manifest.taken_at, sent_nothing_since=sent_nothing_since)
    _record(place, place.databases, "restore", detail=f"from {folder}, as of {rfc3339(manifest.taken_at)}")
    snapshot.finish_restore(manifest, place.databases)
    _print_line("done: the services may start")


def _refuse_what_is_in_use(place: Datastores, manifest: snapshot.Manifest, *, replace: bool) -> None:
    unknown = {each.service for each in manifest.collections} - place.databases.keys()
    if unknown:
        raise CannotStart(f"the backup is of services that are not here: {', '.join(sorted(unknown))}.")
    if served := place.served():
        raise CannotStart(f"{', '.join(served)} run: stop every service first, so that none works on half of it.")
    filled = [database.name for database in place.databases.values() if _has_documents(database)]
    if filled and not replace:
        raise CannotStart(f"{', '.join(filled)} are not empty: --replace overwrites them with the backup.")


def _has_documents(database: Database[Document]) -> bool:
    """Whether a database holds data; ignores bookkeeping collections, and an interrupted restore."""
    names = set(database.list_collection_names()) - {LEASES, LAST_BACKUP}
    return RESTORING not in names and any(database[name].find_one() for name in names)


def _record(place: Datastores, names: Iterable[str], operation: str, *, detail: str) -> None:
    """Record in the audit trail of these services what is done to their databases."""
    cause = Cause(correlation_id=new_id("cmd"))
    for name in names:
        action = AuditedAction(operation=f"{name}.{operation}", scope=operator(), about=())
        record_operator(place.store(name), action, detail=detail, cause=cause)


def _make_ready(place: Datastores, taken_at: datetime, *, sent_nothing_since: bool) -> None:
    """Prepare queues and indexes, mark letters as uncertain, and redeliver events: only then may a service start."""
    apply_topology(place)
    apply_indexes(place)
    for name, service in services().items():
        report = None if sent_nothing_since else service.restored(place.store(name), taken_at=taken_at)
        if report:
            _print_line(report)
    for line in redelivered(place, since=taken_at - IN_FLIGHT):
        _print_line(line)


@contextmanager
def _usable() -> Iterator[None]:
    try:
        yield
    except snapshot.UnusableBackup as trouble:
        raise CannotStart(f"{trouble}.") from None
    except OSError as trouble:
        if trouble.filename is None:  # of the network
            raise
        raise CannotStart(f"{trouble.filename}: {trouble.strerror}, for uid {os.getuid()}.") from trouble


def _print_from(who: str, line: str) -> None:
    _print_line(f"{who}: {line}")


def _print_line(line: str) -> None:
    """Print a line; a reader who has gone away (`| head`) ends no backup."""
    try:
        print(line, flush=True)
    except BrokenPipeError:
        discard_output()
