"""Three releases of one collection, and a process that works in one of them until it is told to stop.

python -m tests.integration.chassis.note_releases old|expanding|contracting MONGO_URI DATABASE
"""

import sys
from dataclasses import dataclass
from itertools import count
from typing import Any, ClassVar

from pymongo import MongoClient

from chassis.domain.aggregate import Aggregate
from chassis.domain.causation import Cause
from chassis.domain.errors import Stale
from chassis.domain.identity import new_id, utc_now
from chassis.domain.scope import PLATFORM
from chassis.persistence.document_versions import DocumentVersion
from chassis.persistence.repository import Repository
from chassis.persistence.unit_of_work import Store, UnitOfWork
from tests.integration.chassis.notes import Note, Notes, NoteWritten

NOTES = 20
MEANING = "a note has a headline and a body"


@dataclass(kw_only=True)
class HeadedNote(Aggregate):
    """What was `text`, "headline: body", in two."""

    headline: str
    body: str
    owner: str = "org_1"

    @property
    def text(self) -> str:
        return f"{self.headline}: {self.body}"

    def rewrite(self, text: str) -> None:
        self.headline, _, self.body = text.partition(": ")
        self.record(NoteWritten(note_id=self.id, text=text))


def in_two(document: Any) -> dict[str, Any]:
    headline, _, body = document["text"].partition(": ")
    return {"headline": headline, "body": body}


def in_one(document: Any) -> dict[str, Any]:
    return {"text": f"{document['headline']}: {document['body']}"}


class ExpandingNotes(Repository[HeadedNote]):
    collection = "notes"
    aggregate = HeadedNote
    owner_field = "owner"
    document_version: ClassVar[DocumentVersion] = DocumentVersion(
        number=1, meaning=MEANING, upgrade=in_two, downgrade=in_one
    )


class ContractingNotes(ExpandingNotes):
    document_version = DocumentVersion(number=1, meaning=MEANING, upgrade=in_two, downgrade=None, removed=("text",))


RELEASES: dict[str, Any] = {"old": Notes, "expanding": ExpandingNotes, "contracting": ContractingNotes}


def store_of(client: MongoClient[dict[str, Any]], database: str) -> Store:
    return Store(service="sample", database=client[database], clock=utc_now, new_id=new_id, envelope_fields={})


def write(uow: UnitOfWork, *, id: str) -> None:
    Notes(uow).save(Note.write(id=id, text="a headline: a body"))


def rewrite(uow: UnitOfWork, notes: Any, *, id: str, words: str) -> None:
    """Change only what follows, so that what was there before must have been read right; and say what it is now."""
    note = notes(uow).get(id, scope=PLATFORM)
    before = note.text
    note.rewrite(f"{words}: after {before.partition(': ')[0]}")
    notes(uow).save(note)
    row = {"note": id, "version": note.version, "before": before, "text": note.text}
    uow.collection("said").insert_one(row, session=uow.session)


def main(release: str, mongo_uri: str, database: str) -> None:
    with MongoClient[dict[str, Any]](mongo_uri, tz_aware=True) as client:
        store = store_of(client, database)
        for number in count():
            if store.database["stop"].find_one({"_id": release}):
                return
            id = f"nte_{number * 7 % NOTES:04d}"
            try:
                step = lambda uow, id=id, number=number: rewrite(  # noqa: E731
                    uow, RELEASES[release], id=id, words=f"{release} {number}"
                )
                store.transact(step, cause=Cause(correlation_id="req_versions"))
            except Stale:
                continue


if __name__ == "__main__":
    main(*sys.argv[1:])
