"""Repositories: aggregates of one kind, found within a scope and stored unless somebody else was faster."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar

from pymongo import IndexModel
from pymongo.errors import BulkWriteError, DuplicateKeyError

from chassis.domain.aggregate import Aggregate
from chassis.domain.errors import Conflict, NotFound, NotYetKnown, PerhapsNotKnownYet, Stale, UnknownReference
from chassis.domain.external_ids import ExternalIdTaken
from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence import search
from chassis.persistence.document_versions import DocumentVersion
from chassis.persistence.documents import from_document, to_document
from chassis.persistence.pagination import Order, Position
from chassis.persistence.unit_of_work import Document, Reading, UnitOfWork

A = TypeVar("A", bound=Aggregate)
M = TypeVar("M")
NOTHING: Mapping[str, Any] = {}
DUPLICATE_KEY = 11000
"""MongoDB's code of an error for what a unique index holds already."""
EXTERNAL_ID = "external_id"
BATCH = 100
"""How many aggregates are read at a time where all are needed."""


class AlreadyExists(Conflict):
    """There is one already."""


class ReadOnly(TypeError):
    """What only reads was asked to store."""


@dataclass(frozen=True, kw_only=True)
class Backlog:
    """Which documents of a collection wait to be processed, and the field that has the instant since when.

    What is to be processed at an instant to come does not wait yet.
    """

    where: Mapping[str, Any] = field(default_factory=dict)
    since: str
    runbook: str = "StaffNeeded"
    """Where `docs/operations.md` says how a person mends it, if a person does."""
    what: str = "need staff"
    """What is said of so many of them, if a person mends it."""
    shown_by: str = ""
    """The command that shows which they are, where one does beside what is said there."""

    def as_of(self, now: datetime) -> Mapping[str, Any]:
        """Give the condition for what waits now."""
        return {**self.where, self.since: {"$lte": now}}


class Repository(Generic[A]):
    """All the aggregates of one kind that a unit of work can see.

    A subclass names its `collection`, the `aggregate` it holds, the field that says whose
    each one is (`owner_field`, None where they are everybody's to see), and its `indexes`.
    """

    collection: ClassVar[str]
    aggregate: type[A]
    owner_field: ClassVar[str | None]
    person_field: ClassVar[str | None] = None
    """The field that holds the person whom each one is about, and who may see it whoever owns it."""
    people_in: ClassVar[tuple[str, ...]] = ()
    """The fields that hold ids of people whom each one is about, by which what is kept of somebody is found."""
    indexes: ClassVar[tuple[IndexModel, ...]] = ()
    document_version: ClassVar[DocumentVersion | None] = None
    """How the documents are changing just now, if they are."""
    backlog: ClassVar[Backlog | None] = None
    """What of it is to be measured, if anything."""
    needs_staff: ClassVar[Backlog | None] = None
    """What of it waits for a person to mend something, if anything does."""
    sorted_by: ClassVar[tuple[str, ...]] = ()
    """The members, beside id and updated_at, that its lists can be sorted by."""
    searched_by: ClassVar[str | None] = None
    """The field whose words its lists are searched by, if they are."""
    external_ids_within: ClassVar[tuple[str, ...] | None] = None
    """The fields within whose values an `external_id` is one thing's, if there are such ids; () for everywhere."""

    def __init__(self, seen_by: Reading) -> None:
        """See through a reading, or see and store through a unit of work."""
        self._session = seen_by.session
        self._writing = seen_by if isinstance(seen_by, UnitOfWork) else None
        self._documents = seen_by.collection(self.collection)

    @classmethod
    def all_indexes(cls) -> list[IndexModel]:
        """Give its own indexes, and those that its pages need: within a scope, in every order, and for a search."""
        orders, owner = ("updated_at", *cls.sorted_by), cls.owner_field
        listing = [*(IndexModel([by, "_id"]) for by in orders), *([search.INDEX] if cls.searched_by else [])]
        listing += [] if cls.external_ids_within is None else [_index_of_external_ids(cls.external_ids_within)]
        if owner is None or owner == "_id":
            return [*cls.indexes, *listing]
        owned = [IndexModel([owner, "_id"]), *(IndexModel([owner, by, "_id"]) for by in orders)]
        return [*cls.indexes, *listing, *owned]

    def get(self, id: str, *, scope: Scope, version: Collection[int] | None = None) -> A:
        """Give the aggregate with this id.

        Raises NotFound when there is none within the scope, and Stale when `version` is given
        and its present one is not in it.
        """
        found = self.first({"_id": id}, scope=scope)
        if found is None:
            raise NotFound(f"there is no {self._noun} {id!r}")
        if version is not None and found.version not in version:
            seen = " or ".join(map(str, sorted(version)))
            raise Stale(f"{self._noun} {id} is at version {found.version}, not {seen}: read it again")
        return found

    def named(self, id: str, *, by: str, scope: Scope) -> A:
        """Give what a command names in a field beside what it changes; raises UnknownReference, at that field."""
        found = self.first({"_id": id}, scope=scope)
        if found is None:
            raise UnknownReference.at(f"/{by}", "unknown", self._expected(id))
        return found

    def known(self, id: str, *, scope: Scope) -> A:
        """Give the aggregate that an event is about; raises NotYetKnown until the event that creates it arrives."""
        found = self.first({"_id": id}, scope=scope)
        if found is None:
            raise NotYetKnown(f"{self._noun} {id} is not known here yet")
        return found

    def referenced(self, id: str, *, by: str) -> A:
        """Give our copy of what a command refers to by a field, and have the command rely on it as by `touch`.

        Raises PerhapsNotKnownYet, which names the field. Ask before anything else is read: see decision 38.
        """
        found = self.first({"_id": id}, scope=PLATFORM)
        if found is None:
            detail = f"{self._expected(id)}. One put on record just now may be known soon"
            raise PerhapsNotKnownYet.at(f"/{by}", "unknown", detail)
        self.touch(found)
        return found

    def first(self, where: Mapping[str, Any], *, scope: Scope, sort: str = "_id") -> A | None:
        """Give the first aggregate, by `sort`, that fits, or None."""
        fitting = self.page(where, scope=scope, limit=1, order=Order(sort))
        return fitting[0] if fitting else None

    def each(self, where: Mapping[str, Any], *, scope: Scope) -> Iterator[A]:
        """Iterate over every aggregate that fits, by id, with at most `BATCH` of them read ahead.

        What becomes of those that were given has no influence on which are next.
        """
        last: str | None = None
        while batch := self.page(where, scope=scope, limit=BATCH, order=Order(), after=(None, last) if last else None):
            yield from batch
            if len(batch) < BATCH:
                return
            last = batch[-1].id

    def page(
        self, where: Mapping[str, Any], *, scope: Scope, limit: int, order: Order, after: Position | None = None
    ) -> list[A]:
        """Give up to `limit` (at least 1) that fit, in this order, starting behind the place `after`."""
        behind = order.after(after) if after else {}
        condition = {"$and": [dict(where), behind, self._seen_by(scope)]}
        found = self._documents.find(condition, session=self._session).sort(order.keys).limit(limit)
        return [self._read(document) for document in found]

    def members(self, where: Mapping[str, Any], kind: type[M], *, scope: Scope, sort: str) -> Iterator[M]:
        """Iterate over everything that fits, by `sort`, and read of each only the members of `kind`, a dataclass.

        For thousands at once that are not to be changed.
        """
        wanted = {"_id": 0, **{member.name: 1 for member in fields(kind)}}  # type: ignore[arg-type]
        condition = {"$and": [dict(where), self._seen_by(scope)]}
        found = self._documents.find(condition, wanted, session=self._session).sort(sort)
        return (from_document(document, kind) for document in found)

    def _seen_by(self, scope: Scope) -> Document:
        return scope.narrow(self.owner_field, person_field=self.person_field)

    def _read(self, document: Document) -> A:
        known = self.document_version.read(document) if self.document_version else document
        if self._writing:
            self._writing.changes.was_read(self.collection, known)
        return from_document(known, self.aggregate)

    def counts(self, by: str, *, where: Mapping[str, Any], scope: Scope) -> dict[str, int]:
        """Give how many fit, by the values of one field; of a list, each of its members counts."""
        fitting = {"$match": {"$and": [dict(where), self._seen_by(scope)]}}
        stages: list[Document] = [fitting, {"$unwind": f"${by}"}, {"$sortByCount": f"${by}"}]
        return {each["_id"]: each["count"] for each in self._documents.aggregate(stages, session=self._session)}

    def save(self, aggregate: A, *, index_members: Mapping[str, Any] = NOTHING) -> A:
        """Store the aggregate and what it recorded.

        `index_members` are what only indexes need; they stay until they are given anew. Raises Stale when somebody
        stored it since it was read, AlreadyExists or ExternalIdTaken when a unique index holds another, and ReadOnly
        outside a unit of work.
        """
        uow = self._unit_of_work
        uow.append_events(aggregate)
        seen, aggregate.version = aggregate.version, aggregate.version + 1
        aggregate.updated_at = uow.now
        document = to_document(aggregate) | {"cause": asdict(uow.cause)}
        document = self.document_version.written(document) if self.document_version else document
        stored = {**document, **self._search_members(aggregate), **index_members}
        if seen == 0:
            self._insert(stored)
        else:
            self._update(stored, seen=seen)
        uow.changes.was_stored(self.collection, document)
        return aggregate

    def add_all(self, aggregates: Sequence[A]) -> None:
        """Store many new aggregates at once, which recorded nothing: what is said of them together is another's event.

        They are not tracked one by one as changes. Raises AlreadyExists when a unique index holds one of them.
        """
        uow, documents = self._unit_of_work, []
        for aggregate in aggregates:
            aggregate.version, aggregate.updated_at = 1, uow.now
            documents.append(to_document(aggregate) | {"cause": asdict(uow.cause)} | self._search_members(aggregate))
        try:
            self._documents.insert_many(documents, session=self._session)
        except BulkWriteError as error:
            first = error.details["writeErrors"][0]
            if first["code"] != DUPLICATE_KEY:
                raise
            raise self._already_exists(DuplicateKeyError("", details=first), documents[first["index"]]) from None

    def touch(self, aggregate: A) -> None:
        """Have what is stored now stored only if this aggregate is still as it was read.

        Two snapshots do not see each other's writes (write skew): writing the same document in both, though no
        version of it, makes the later transaction start again.
        """
        mine = {"_id": aggregate.id}
        self._documents.update_one(mine, {"$inc": {"touched": 1}}, session=self._unit_of_work.session)

    @property
    def _unit_of_work(self) -> UnitOfWork:
        if self._writing is None:
            raise ReadOnly(f"{type(self).__name__} of a reading cannot store: a unit of work is needed")
        return self._writing

    def _search_members(self, aggregate: A) -> Document:
        if self.searched_by is None:
            return {}
        return {search.SEARCH_WORDS: search.search_words(getattr(aggregate, self.searched_by))}

    def _insert(self, document: Document) -> None:
        try:
            self._documents.insert_one(document, session=self._session)
        except DuplicateKeyError as duplicate:
            raise self._already_exists(duplicate, document) from None

    def _update(self, document: Document, *, seen: int) -> None:
        # Not replaced: a claim, and members that a newer replica added, must outlive this.
        mine, ours = {"_id": document["_id"], "version": seen}, {"$set": document}
        try:
            updated = self._documents.update_one(mine, ours, session=self._session)
        except DuplicateKeyError as duplicate:
            raise self._already_exists(duplicate, document) from None
        if not updated.matched_count:
            raise Stale(f"{self._noun} {document['_id']} was changed since version {seen}: read it again")

    def _already_exists(self, duplicate: DuplicateKeyError, document: Document) -> Conflict:
        taken = (duplicate.details or {}).get("keyValue", {"_id": document["_id"]})
        if EXTERNAL_ID in taken:
            return self._external_id_taken(taken)
        values = ", ".join(f"{name} {value!r}" for name, value in taken.items())
        return AlreadyExists(f"there is already {self._one} with {values}")

    def _external_id_taken(self, taken: Document) -> ExternalIdTaken:
        """Give the error of who would use an id again; what has it is stored, if not in the snapshot of this work."""
        first = self._documents.find_one(taken, {"_id": 1}) or {}
        return ExternalIdTaken(f"{self._noun} {first.get('_id')} has external_id {taken[EXTERNAL_ID]!r} already")

    def _expected(self, id: str) -> str:
        return f"{self._one.capitalize()} on record is expected; got '{id}'"

    @property
    def _one(self) -> str:
        return f"{'an' if self._noun[0] in 'aeiou' else 'a'} {self._noun}"

    @property
    def _noun(self) -> str:
        return re.sub(r"(?<!^)(?=[A-Z])", " ", self.aggregate.__name__).lower()


def _index_of_external_ids(within: tuple[str, ...]) -> IndexModel:
    """Give the index by which each is one thing's, and found; what has none is not in it."""
    has_one = {EXTERNAL_ID: {"$gt": ""}}
    return IndexModel([EXTERNAL_ID, *within], unique=True, partialFilterExpression=has_one)
