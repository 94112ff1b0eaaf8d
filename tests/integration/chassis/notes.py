"""The smallest aggregate: a note with a text."""

from dataclasses import dataclass

from chassis.domain.aggregate import Aggregate, Event
from chassis.persistence.repository import Repository


@dataclass(frozen=True, kw_only=True)
class NoteWritten(Event):
    type = "sample.note.written"

    note_id: str
    text: str


@dataclass(kw_only=True)
class Note(Aggregate):
    text: str
    owner: str = "org_1"

    @classmethod
    def write(cls, *, id: str, text: str, owner: str = "org_1") -> "Note":
        note = cls(id=id, text=text, owner=owner)
        note.record(NoteWritten(note_id=id, text=text))
        return note

    def rewrite(self, text: str) -> None:
        self.text = text
        self.record(NoteWritten(note_id=self.id, text=text))


class Notes(Repository[Note]):
    collection = "notes"
    aggregate = Note
    owner_field = "owner"
