"""A backup: a snapshot of the databases of all services at one instant, with a manifest of counts and hashes.

`{service}/{collection}.bson.gz` has the format of mongodump and can be read by its tools; `manifest.json` lists the
collections. Documents are copied without decoding: what is restored is identical, byte for byte.
"""

import gzip
import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, cast

import orjson
from bson import decode_file_iter
from bson.codec_options import CodecOptions
from bson.errors import InvalidBSON
from bson.raw_bson import RawBSONDocument
from pymongo.client_session import ClientSession
from pymongo.collection import Collection
from pymongo.database import Database

from chassis.backup.last_backup import LAST_BACKUP, LastBackup, note
from chassis.persistence.unit_of_work import OUTBOX, RESTORING, Document

FORMAT = 1
MANIFEST = "manifest.json"
BATCH = 1000
FASTEST_COMPRESSION = 1
"""gzip's fastest level: the snapshot must be read while the database still keeps its history."""
_UNDECODED = CodecOptions(document_class=RawBSONDocument)
Databases = Mapping[str, Database[Document]]
"""The database of each service, all of one client."""
PrintLine = Callable[[str], None]
"""Gets each line of progress."""


class UnusableBackup(Exception):
    """A backup cannot be taken, read or verified; the message says why."""


@dataclass(frozen=True, kw_only=True)
class CollectionBackup:
    """One collection in a backup; `sha256` is the hash of its documents in the order of `_id`."""

    service: str
    collection: str
    documents: int
    sha256: str

    @property
    def path(self) -> str:
        """The path of its file in the backup."""
        return f"{self.service}/{self.collection}.bson.gz"


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """The contents of a backup, its instant, and the versions it was taken with."""

    taken_at: datetime
    versions: Mapping[str, str]
    collections: tuple[CollectionBackup, ...]

    @property
    def documents(self) -> int:
        """The number of documents in all collections."""
        return sum(each.documents for each in self.collections)


def take(
    databases: Databases, folder: Path, *, at: datetime, versions: Mapping[str, str], print_line: PrintLine
) -> Manifest:
    """Write a snapshot of the databases into a new folder, while the services may go on working.

    The folder appears when the backup is complete; its time is then stored in the databases. Raises UnusableBackup if
    a database has no outbox or the folder exists, and pymongo's errors: SnapshotTooOld when reading takes longer than
    MongoDB keeps history (`minSnapshotHistoryWindowInSeconds`, 5 minutes by default).
    """
    if folder.exists():
        raise UnusableBackup(f"{folder} exists already: a backup is never overwritten")
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700, parents=True)  # readable by this user only: it contains names and addresses
    with _snapshot(databases) as session:
        collections = [
            _write(*each, into=unfinished, session=session, print_line=print_line) for each in _collections(databases)
        ]
    manifest = Manifest(taken_at=at, versions=versions, collections=tuple(collections))
    (unfinished / MANIFEST).write_bytes(_as_json(manifest))
    unfinished.rename(folder)
    _note_last_backup(manifest, databases)
    return manifest


def read(folder: Path) -> Manifest:
    """Read the manifest of a backup; raises UnusableBackup when it cannot be read."""
    try:
        found = orjson.loads((folder / MANIFEST).read_bytes())
        if found["format"] != FORMAT:
            raise UnusableBackup(f"{folder} has format {found['format']!r}, and this version reads format {FORMAT}")
        collections = tuple(CollectionBackup(**each) for each in found["collections"])
        return Manifest(
            taken_at=datetime.fromisoformat(found["taken_at"]), versions=found["versions"], collections=collections
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnusableBackup(f"{folder} is no backup: its {MANIFEST} cannot be read ({type(error).__name__})") from None


def check(folder: Path, manifest: Manifest) -> None:
    """Verify every file of a backup; raises UnusableBackup naming the first that has changed."""
    for kept in manifest.collections:
        try:
            found = _fingerprint(_in_file(folder / kept.path))
        except (OSError, EOFError, InvalidBSON) as error:
            raise UnusableBackup(f"{kept.path} cannot be read ({type(error).__name__}): take another backup") from None
        _compare(kept, found)


def restore(folder: Path, manifest: Manifest, databases: Databases, *, print_line: PrintLine) -> None:
    """Replace the contents of the databases by those of the backup.

    No service starts on them before `finish_restore`.
    """
    for service, database in databases.items():
        database.client.drop_database(database.name)
        database[RESTORING].insert_one({"_id": str(folder), "service": service})
    for kept in manifest.collections:
        collection = databases[kept.service][kept.collection].with_options(codec_options=_UNDECODED)
        documents = map(RawBSONDocument, _in_file(folder / kept.path))
        while batch := list(islice(documents, BATCH)):
            collection.insert_many(batch)
        print_line(f"{kept.service}.{kept.collection}: {kept.documents} documents restored")


def verify(manifest: Manifest, databases: Databases) -> None:
    """Compare the restored databases with the backup; raises UnusableBackup naming the first that differs."""
    for kept in manifest.collections:
        _compare(kept, _fingerprint(_documents(databases[kept.service][kept.collection])))


def finish_restore(manifest: Manifest, databases: Databases) -> None:
    """Allow the services to start on the restored databases."""
    _note_last_backup(manifest, databases)
    for database in databases.values():
        database.drop_collection(RESTORING)


def _snapshot(databases: Databases) -> ClientSession:
    for service, database in databases.items():
        if OUTBOX not in database.list_collection_names():
            raise UnusableBackup(f"database {database.name!r} of {service} has no {OUTBOX}: is DATABASE_PREFIX right?")
    session = database.client.start_session(snapshot=True)
    # The first read sets the instant of the snapshot; it comes before the collections are listed.
    database[OUTBOX].find_one(session=session)
    return session


def _collections(databases: Databases) -> Iterator[tuple[str, Collection[Document]]]:
    kept = {"name": {"$not": {"$regex": r"^system\."}, "$ne": LAST_BACKUP}}
    for service, database in databases.items():
        for name in sorted(database.list_collection_names(filter=kept)):
            yield service, database[name]


def _write(
    service: str, collection: Collection[Document], *, into: Path, session: ClientSession, print_line: PrintLine
) -> CollectionBackup:
    path = into / service / f"{collection.name}.bson.gz"
    path.parent.mkdir(exist_ok=True)
    with gzip.open(path, "wb", compresslevel=FASTEST_COMPRESSION) as file:
        count, sha256 = _fingerprint(_each(file.write, _documents(collection, session=session)))
    print_line(f"{service}.{collection.name}: {count} documents")
    return CollectionBackup(service=service, collection=collection.name, documents=count, sha256=sha256)


def _documents(collection: Collection[Document], *, session: ClientSession | None = None) -> Iterator[bytes]:
    everything: Any = collection.with_options(codec_options=_UNDECODED).find(session=session).sort("_id", 1)
    with everything:
        for document in everything:
            yield document.raw


def _in_file(path: Path) -> Iterator[bytes]:
    with gzip.open(path) as file:
        for document in decode_file_iter(cast(BinaryIO, file), _UNDECODED):
            yield bytes(document.raw)


def _each(do: Callable[[bytes], Any], documents: Iterable[bytes]) -> Iterator[bytes]:
    for document in documents:
        do(document)
        yield document


def _fingerprint(documents: Iterable[bytes]) -> tuple[int, str]:
    count, digest = 0, hashlib.sha256()
    for document in documents:
        count += 1
        digest.update(document)
    return count, digest.hexdigest()


def _compare(kept: CollectionBackup, found: tuple[int, str]) -> None:
    if found != (kept.documents, kept.sha256):
        name, (count, sha256) = f"{kept.service}.{kept.collection}", found
        raise UnusableBackup(
            f"{name} has {count} documents with hash {sha256[:12]}, and the backup was made of {kept.documents} "
            f"with hash {kept.sha256[:12]}"
        )


def _note_last_backup(manifest: Manifest, databases: Databases) -> None:
    for service, database in databases.items():
        documents = sum(each.documents for each in manifest.collections if each.service == service)
        note(database, LastBackup(taken_at=manifest.taken_at, documents=documents))


def _as_json(manifest: Manifest) -> bytes:
    return orjson.dumps({"format": FORMAT, **asdict(manifest)}, option=orjson.OPT_INDENT_2)
