"""Plans and creates the indexes of a service; an existing index is never dropped, and only its expiry is changed."""

from collections.abc import Iterator, Mapping
from typing import Any

from pymongo import ASCENDING, IndexModel
from pymongo.database import Database

from chassis.persistence.plan import Planned, State
from chassis.persistence.unit_of_work import Document

DAY_SECONDS = 24 * 3600
EXPIRY = "expireAfterSeconds"
"""The only option of an index that can be changed in place."""
RequiredIndexes = Mapping[str, list[IndexModel]]
"""The indexes of each collection."""


class IndexMismatch(Exception):
    """An index exists with other options; the message names it, and says what to do."""


def plan(database: Database[Document], required: RequiredIndexes) -> Iterator[Planned]:
    """Compare the required indexes with the existing ones, without changes."""
    for collection, indexes in required.items():
        there = {index["name"]: dict(index) for index in database[collection].list_indexes()}
        for index in indexes:
            yield _compared(f"{database.name}.{collection}", index.document, there)
        for name in there.keys() - {"_id_"} - {index.document["name"] for index in indexes}:
            drop = f"once no older version runs: {_mongosh(database.name, collection, name)}"
            yield Planned(what=f"{database.name}.{collection}.{name}", state=State.UNNEEDED, detail=drop)


def apply(database: Database[Document], required: RequiredIndexes) -> None:
    """Create missing indexes and change expiry times; raises IndexMismatch before any change.

    Safe while the collections are in use.
    """
    planned = list(plan(database, required))
    if different := [each for each in planned if each.state is State.DIFFERENT]:
        raise IndexMismatch("; ".join(f"index {each.what} is different: {each.detail}" for each in different))
    to_be_changed = {each.what for each in planned if each.state is State.CHANGEABLE}
    for collection, indexes in required.items():
        for index in (each.document for each in indexes):
            if f"{database.name}.{collection}.{index['name']}" in to_be_changed:
                database.command("collMod", collection, index={"name": index["name"], EXPIRY: index[EXPIRY]})
        database[collection].create_indexes(indexes)


def _compared(where: str, index: Mapping[str, Any], there: Mapping[str, Mapping[str, Any]]) -> Planned:
    what, found = f"{where}.{index['name']}", there.get(index["name"])
    if found is None:
        return Planned(what=what, state=State.MISSING)
    if _options(found) == _options(index):
        return Planned(what=what, state=State.THERE)
    if _options(found) == _options(index) | {EXPIRY: found.get(EXPIRY)}:
        return Planned(what=what, state=State.CHANGEABLE, detail=f"kept {found[EXPIRY]} s, and then {index[EXPIRY]} s")
    database, _, collection = where.partition(".")
    drop = _mongosh(database, collection, index["name"])
    detail = f"{_options(found)}, and {_options(index)} is needed: when few write, {drop}, then apply again"
    return Planned(what=what, state=State.DIFFERENT, detail=detail)


def _options(index: Mapping[str, Any]) -> dict[str, Any]:
    """Give an index's options without what the server adds, and its key as a list, for the order of fields matters."""
    options = {name: value for name, value in index.items() if name not in ("v", "ns", "name", "key")}
    return {"key": list(index["key"].items()), **options}


def _mongosh(database: str, collection: str, name: str) -> str:
    return f'db.getSiblingDB("{database}").{collection}.dropIndex("{name}")'


def expiring_index(seconds: int, field: str, **more: Any) -> IndexModel:
    """Give the TTL index that deletes documents `seconds` after the instant in `field`."""
    return IndexModel([(field, ASCENDING)], expireAfterSeconds=seconds, **more)
