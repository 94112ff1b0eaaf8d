"""A canonical form of a service's database: equal for two runs that differ only in order, time and ids."""

import re
from collections import defaultdict
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from chassis.audit.records import AuditRecords
from chassis.audit.seals import SEALS
from chassis.persistence.unit_of_work import COMMANDS, INBOX, OUTBOX, Document, Store

BOOKKEEPING = {"seat_moves", INBOX, OUTBOX, COMMANDS, AuditRecords.collection, SEALS, "turns", "leases"}
STORAGE_MEMBERS = {"version", "updated_at", "cause", "touched", "moves", "changes"}
"""When, how often, by which event and after what a document was last stored: this differs with the order of events."""
OWN_ID = re.compile(r"[a-z]+_\d{26}")
"""An id that the service itself made, as the store of these tests makes them."""
MOST_LINKS = 3
"""How many references are followed to tell two documents apart."""
State = dict[str, list[Document]]


def state_of(store: Store) -> State:
    """Every document of the service by collection, and, as `events`, everything it published."""
    kept = {name: list(store.database[name].find()) for name in store.database.list_collection_names()}
    state = {name: [without(document, *STORAGE_MEMBERS) for document in some]
             for name, some in kept.items() if name not in BOOKKEEPING}  # fmt: skip
    events = [{name: row[name] for name in ("type", "subject", "sequence", "data")} for row in kept.get(OUTBOX, [])]
    return {name: some for name, some in {**state, "events": events}.items() if some}


def canonical_form(state: State) -> dict[str, list[str]]:
    """Sort, and replace ids that the service made by hashes of their documents, so that equal states compare equal."""
    described: dict[str, list[Any]] = defaultdict(list)
    for name, thing in ((name, thing) for name, some in state.items() for thing in some):
        if OWN_ID.fullmatch(thing.get("_id", "")):
            described[thing["_id"]].append({"kept in": name, **without(thing, "_id")})
    names = {id: _prefix(id) for id in described}
    for _ in range(MOST_LINKS):
        names = {id: _name(id, what, names) for id, what in described.items()}
    return {name: sorted(repr(_plain(thing, names)) for thing in some) for name, some in sorted(state.items())}


def _name(id: str, what: list[Any], names: Mapping[str, str]) -> str:
    text = repr(_plain(what, {**names, id: "itself"}))
    return f"{_prefix(id)}<{sha256(text.encode()).hexdigest()[:12]}>"


def _prefix(id: str) -> str:
    return id.partition("_")[0]


def _plain(value: Any, names: Mapping[str, str]) -> Any:
    """Sort what has an order; replace an id that names no document by its prefix."""
    if isinstance(value, Mapping):
        return sorted(((_plain(name, names), _plain(each, names)) for name, each in value.items()), key=repr)
    if isinstance(value, list):
        return sorted((_plain(each, names) for each in value), key=repr)
    if isinstance(value, str):
        return OWN_ID.sub(lambda found: names.get(found[0], _prefix(found[0])), value)
    return value


def without(document: Mapping[str, Any], *names: str) -> Document:
    """Give a document less these of its members."""
    return {name: value for name, value in document.items() if name not in names}
