"""A backup: the databases of all services as they were at one instant, with what proves that it is whole.

`{service}/{collection}.bson.gz` is as mongodump writes it, so that its tools read it, too; `manifest.json` says what
there must be. Documents are never decoded on the way: what is put back is what was there, byte by byte.
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
QUICKLY = 1
"""Of gzip's levels the one that costs least: the snapshot must be read before the database forgets it."""
_AS_IT_IS = CodecOptions(document_class=RawBSONDocument)
Databases = Mapping[str, Database[Document]]
"""The database of each service, all of one client."""
Tell = Callable[[str], None]


class Unusable(Exception):
    """A backup cannot be made or trusted, or what was put back is not what it holds; the message says what is wrong."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What a backup holds of one collection; `sha256` is that of its documents in order of `_id`."""

    service: str
    collection: str
    documents: int
    sha256: str

    @property
    def path(self) -> str:
        """Where it lies in the backup."""
        return f"{self.service}/{self.collection}.bson.gz"


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a backup holds, of which moment, and what made it."""

    taken_at: datetime
    versions: Mapping[str, str]
    kept: tuple[Kept, ...]

    @property
    def documents(self) -> int:
        """How many there are in all."""
        return sum(each.documents for each in self.kept)


def take(databases: Databases, folder: Path, *, at: datetime, versions: Mapping[str, str], tell: Tell) -> Manifest:
    """Write everything that the databases hold at this instant; services may go on working meanwhile.

    The folder appears when it is whole, and then the databases say so. Raises Unusable where there is nothing to keep,
    or a backup already, and pymongo's errors: SnapshotTooOld when reading takes longer than the database remembers
    (`minSnapshotHistoryWindowInSeconds`, 5 minutes by default).
    """
    if folder.exists():
        raise Unusable(f"{folder} is there already: a backup is never written over")
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700, parents=True)  # nobody else's to read: it has names and addresses
    with _snapshot(databases) as session:
        kept = [_keep(*each, into=unfinished, session=session, tell=tell) for each in _collections(databases)]
    manifest = Manifest(taken_at=at, versions=versions, kept=tuple(kept))
    (unfinished / MANIFEST).write_bytes(_as_json(manifest))
    unfinished.rename(folder)
    _note(manifest, databases)
    return manifest


def read(folder: Path) -> Manifest:
    """Read what a backup says of itself; raises Unusable when it is none of ours."""
    try:
        found = orjson.loads((folder / MANIFEST).read_bytes())
        if found["format"] != FORMAT:
            raise Unusable(f"{folder} has format {found['format']!r}, and this version reads format {FORMAT}")
        kept = tuple(Kept(**each) for each in found["kept"])
        return Manifest(taken_at=datetime.fromisoformat(found["taken_at"]), versions=found["versions"], kept=kept)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unusable(f"{folder} is no backup: its {MANIFEST} cannot be read ({type(error).__name__})") from None


def check(folder: Path, manifest: Manifest) -> None:
    """Read every file of a backup; raises Unusable naming the first that is not as it was written."""
    for kept in manifest.kept:
        try:
            found = _fingerprint(_in_file(folder / kept.path))
        except (OSError, EOFError, InvalidBSON) as error:
            raise Unusable(f"{kept.path} cannot be read ({type(error).__name__}): take another backup") from None
        _compare(kept, found)


def put_back(folder: Path, manifest: Manifest, databases: Databases, *, tell: Tell) -> None:
    """Make the databases hold what the backup holds, and nothing else.

    Until `finished`, no service starts on them: half of what was is worse than nothing.
    """
    for service, database in databases.items():
        database.client.drop_database(database.name)
        database[RESTORING].insert_one({"_id": str(folder), "service": service})
    for kept in manifest.kept:
        collection = databases[kept.service][kept.collection].with_options(codec_options=_AS_IT_IS)
        documents = map(RawBSONDocument, _in_file(folder / kept.path))
        while batch := list(islice(documents, BATCH)):
            collection.insert_many(batch)
        tell(f"{kept.service}.{kept.collection}: {kept.documents} documents are back")


def verify(manifest: Manifest, databases: Databases) -> None:
    """Read everything that was put back; raises Unusable naming the first collection that is not the same."""
    for kept in manifest.kept:
        _compare(kept, _fingerprint(_documents(databases[kept.service][kept.collection])))


def finished(manifest: Manifest, databases: Databases) -> None:
    """Let the services start on what was put back."""
    _note(manifest, databases)
    for database in databases.values():
        database.drop_collection(RESTORING)


def _snapshot(databases: Databases) -> ClientSession:
    for service, database in databases.items():
        if OUTBOX not in database.list_collection_names():
            raise Unusable(f"database {database.name!r} of {service} has no {OUTBOX}: is DATABASE_PREFIX right?")
    session = database.client.start_session(snapshot=True)
    # The first read settles which instant all others see: before it is asked which collections there are.
    database[OUTBOX].find_one(session=session)
    return session


def _collections(databases: Databases) -> Iterator[tuple[str, Collection[Document]]]:
    kept = {"name": {"$not": {"$regex": r"^system\."}, "$ne": LAST_BACKUP}}
    for service, database in databases.items():
        for name in sorted(database.list_collection_names(filter=kept)):
            yield service, database[name]


def _keep(service: str, collection: Collection[Document], *, into: Path, session: ClientSession, tell: Tell) -> Kept:
    path = into / service / f"{collection.name}.bson.gz"
    path.parent.mkdir(exist_ok=True)
    with gzip.open(path, "wb", compresslevel=QUICKLY) as file:
        count, sha256 = _fingerprint(_each(file.write, _documents(collection, session=session)))
    tell(f"{service}.{collection.name}: {count} documents")
    return Kept(service=service, collection=collection.name, documents=count, sha256=sha256)


def _documents(collection: Collection[Document], *, session: ClientSession | None = None) -> Iterator[bytes]:
    everything: Any = collection.with_options(codec_options=_AS_IT_IS).find(session=session).sort("_id", 1)
    with everything:
        for document in everything:
            yield document.raw


def _in_file(path: Path) -> Iterator[bytes]:
    with gzip.open(path) as file:
        for document in decode_file_iter(cast(BinaryIO, file), _AS_IT_IS):
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


def _compare(kept: Kept, found: tuple[int, str]) -> None:
    if found != (kept.documents, kept.sha256):
        name, (count, sha256) = f"{kept.service}.{kept.collection}", found
        raise Unusable(
            f"{name} has {count} documents with hash {sha256[:12]}, and the backup was made of {kept.documents} "
            f"with hash {kept.sha256[:12]}"
        )


def _note(manifest: Manifest, databases: Databases) -> None:
    for service, database in databases.items():
        documents = sum(each.documents for each in manifest.kept if each.service == service)
        note(database, LastBackup(taken_at=manifest.taken_at, documents=documents))


def _as_json(manifest: Manifest) -> bytes:
    return orjson.dumps({"format": FORMAT, **asdict(manifest)}, option=orjson.OPT_INDENT_2)
