"""The audit trail's seals: each has the hashes of some records and of the seal before, so that a removed one is seen.

Commands only insert their record. A timer seals what they have left behind, so that no command waits for another.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bson.json_util import CANONICAL_JSON_OPTIONS, dumps
from pymongo.collection import Collection
from pymongo.database import Database

from chassis.audit.records import AuditRecords
from chassis.domain.causation import Cause
from chassis.persistence.unit_of_work import Document, Store, UnitOfWork

SEALS = "audit_seals"
MOST_RECORDS = 1000
"""In one seal."""
SETTLED = timedelta(seconds=10)
"""How old a record is before it is sealed; twice what a transaction may take."""
LATE = timedelta(minutes=2)
"""How much later than others of its time a record may be seen: transactions take time, and clocks differ."""
NOTHING_BEFORE = "0" * 64


@dataclass(frozen=True, kw_only=True)
class Seal:
    """The last seal of a trail, or what stands for it where there is none."""

    number: int = 0
    digest: str = NOTHING_BEFORE
    at: datetime | None = None
    until: datetime | None = None


def seal_records(store: Store) -> int:
    """Seal the records that are not sealed yet, in transactions; give how many. Replicas may do it at once."""
    sealed = 0
    while count := store.transact(_seal_some, cause=Cause(correlation_id="audit_seal")):
        sealed += count
        if count < MOST_RECORDS:
            break
    return sealed


def last_seal(seals: Collection[Document], **options: Any) -> Seal:
    """Give the newest seal."""
    found = seals.find_one(sort=[("_id", -1)], **options)
    if found is None:
        return Seal()
    return Seal(number=found["_id"], digest=found["digest"], at=found["at"], until=found["until"])


def digest_of(record: Mapping[str, Any]) -> str:
    """Hash a record as it is stored, whatever the order of its members."""
    return hashlib.sha256(dumps(record, sort_keys=True, json_options=CANONICAL_JSON_OPTIONS).encode()).hexdigest()


def digest_of_seal(seal: Mapping[str, Any]) -> str:
    """Hash all that a seal says, the digest of the one before included."""
    return digest_of({name: value for name, value in seal.items() if name != "digest"})


def _seal_some(uow: UnitOfWork) -> int:
    seals, last = uow.collection(SEALS), last_seal(uow.collection(SEALS), session=uow.session)
    records = list(_unsealed(uow, last))
    if records:
        until = records[-1]["at"] if len(records) == MOST_RECORDS else uow.now - SETTLED
        seal: Document = {
            "_id": last.number + 1,
            "at": uow.now,
            "until": max(until, last.until or until),
            "previous": last.digest,
            "previous_at": last.at,
            "records": [{"id": each["_id"], "at": each["at"], "digest": digest_of(each)} for each in records],
        }
        seal = _as_stored(seal)
        seals.insert_one({**seal, "digest": digest_of_seal(seal)}, session=uow.session)
    return len(records)


def _unsealed(uow: UnitOfWork, last: Seal) -> Iterator[Document]:
    """Give the oldest records that no seal has."""
    settled: Document = {"$lte": uow.now - SETTLED}
    since: Document = {"$gt": last.until - LATE} if last.until else {}
    recent = uow.collection(SEALS).find({"until": since} if since else {}, session=uow.session)
    sealed = [each["id"] for seal in recent for each in seal["records"]]
    return AuditRecords(uow).stored({"at": settled | since, "_id": {"$nin": sealed}}, most=MOST_RECORDS)


def _as_stored(seal: Document) -> Document:
    """Cut instants to milliseconds, as MongoDB does."""
    cut = {name: _cut(value) for name, value in seal.items()}
    return {**cut, "records": [{name: _cut(value) for name, value in each.items()} for each in seal["records"]]}


def _cut(value: Any) -> Any:
    return value.replace(microsecond=value.microsecond // 1000 * 1000) if isinstance(value, datetime) else value


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What an audit trail is like: `faults` are sentences, `head` the newest seal as `number:digest`."""

    sealed: int
    seals: int
    unsealed: int
    head: str
    faults: list[str]


def verify(database: Database[Document], *, kept_since: datetime) -> Verified:
    """Compare all records with the seals; what is older than `kept_since` may be gone. Changes nothing."""
    seals = list(database[SEALS].find().sort("_id"))
    unseen = {each["id"]: each for seal in seals for each in seal["records"]}
    sealed, faults, loose = len(unseen), list(_broken(seals, kept_since)), []
    for record in AuditRecords.all_stored(database):
        if record["_id"] not in unseen:
            loose.append((record["_id"], record["at"]))
        elif unseen.pop(record["_id"])["digest"] != digest_of(record):
            faults.append(f"record {record['_id']} of {_minute(record['at'])} was changed")
    late = seals[-1]["until"] - LATE if seals else None
    added = [(id, at) for id, at in loose if late and at <= late]
    faults += [f"record {id} of {_minute(at)} was added afterwards" for id, at in added]
    gone = [each for each in unseen.values() if each["at"] > kept_since]
    faults += [f"record {each['id']} of {_minute(each['at'])} was removed" for each in gone]
    head = f"{seals[-1]['_id']}:{seals[-1]['digest']}" if seals else f"0:{NOTHING_BEFORE}"
    return Verified(sealed=sealed, seals=len(seals), unsealed=len(loose) - len(added), head=head, faults=faults)


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}Z"


def _broken(seals: list[Document], kept_since: datetime) -> Iterator[str]:
    before: Document | None = None
    for seal in seals:
        if digest_of_seal(seal) != seal["digest"]:
            yield f"seal {seal['_id']} was changed"
        gone = before is None and seal["previous_at"] is not None and seal["previous_at"] > kept_since
        if gone or (before is not None and before["_id"] != seal["_id"] - 1):
            yield f"seal {seal['_id'] - 1} was removed"
        elif before is not None and before["digest"] != seal["previous"]:
            yield f"seal {seal['_id']} does not follow seal {before['_id']}"
        before = seal
