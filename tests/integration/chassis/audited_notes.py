"""A sample service with an audit trail: notes, and authors whose names are personal data."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Annotated, Any

from chassis.domain.aggregate import PERSONAL
from chassis.domain.causation import Cause
from chassis.domain.errors import Conflict
from chassis.domain.scope import Scope
from chassis.persistence.unit_of_work import Reading, Store, UnitOfWork
from chassis.runtime.service import Service
from chassis.schemas.fields import Id, Text, Version
from chassis.schemas.messages import Page, Paging
from chassis.schemas.operations import command, query
from tests.integration.chassis.notes import Note, Notes
from tests.service_harness import ServiceHarness

ANNA = {"subject": "anna", "organisation": "org_1", "roles": ["editor"], "token_id": "tok_1"}
OTHER = {"subject": "bo", "organisation": "org_2", "roles": ["editor"]}
STAFF = {"subject": "cy", "organisation": "*", "roles": ["staff"]}
CAUSE = Cause(correlation_id="req_1")
NoteId = Annotated[str, Id("nte")]
Words = Annotated[str, Text()]


@dataclass(frozen=True, kw_only=True)
class Written:
    """Which note."""

    id: str


@command
def write(uow: UnitOfWork, *, text: Words) -> Written:
    return Written(id=Notes(uow).save(Note.write(id=uow.new_id("nte"), text=text)).id)


@command
def rewrite(
    uow: UnitOfWork,
    scope: Scope,
    *,
    note_id: NoteId,
    version: Annotated[Collection[int] | None, Version()],
    text: Words,
) -> Written:
    note = Notes(uow).get(note_id, scope=scope, version=version)
    note.rewrite(text)
    Notes(uow).save(note)
    if text == "too much":
        raise Conflict("a rule says no, after all")
    return Written(id=note_id)


@query
def show(reading: Reading, scope: Scope, *, note_id: NoteId) -> Note:
    return Notes(reading).get(note_id, scope=scope)


@dataclass(frozen=True, kw_only=True)
class Author:
    """Who wrote a note."""

    id: str
    name: str = field(metadata=PERSONAL)


@query
def show_author(reading: Reading, *, note_id: NoteId) -> Author:
    return Author(id="per_1", name="Åsa")


@query
def list_authors(reading: Reading, *, paging: Paging) -> Page[Author]:
    return Page(items=[Author(id="per_1", name="Åsa"), Author(id="per_2", name="Bo")], next_cursor=None)


class NotesService(Service):
    name = "notes"
    repositories = (Notes,)
    commands = (write, rewrite)
    queries = (show, show_author, list_authors)


class Asking:
    """The service, asked as the gateway asks it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.service = ServiceHarness(NotesService, store)

    def __call__(self, asked: str, /, *, who: dict[str, Any] = ANNA, key: str = "", **arguments: Any) -> Any:
        call = {"arguments": arguments, "scope": who, "cause": {"correlation_id": f"req_{asked}"}}
        return getattr(self.service.instance, asked)(**call, command_id=key or self.store.clock().isoformat())

    def trail(self, who: dict[str, Any] = STAFF, **where: Any) -> list[Any]:
        return self("list_audit_records", who=who, **where)["ok"]["items"]  # type: ignore[no-any-return]
