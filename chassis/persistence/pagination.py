"""Lists a page at a time: in which order, and where the next page begins.

A page is found by the place of the last thing before it, never by counting: what is added or removed
meanwhile moves nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from chassis.domain.aggregate import Aggregate
from chassis.domain.errors import Invalid
from chassis.domain.identity import rfc3339
from chassis.schemas.messages import SORT_ORDERS
from chassis.schemas.validation import shown

Place = tuple[datetime | None, str]
"""Where a thing stands in a list: when it was last stored, and its id."""


class InvalidCursor(Invalid):
    """A cursor is used as it was given, with the same filters and order."""


@dataclass(frozen=True)
class Order:
    """By which of its fields a list is sorted, and which way; things that are alike in it go by their ids."""

    field: str = "_id"
    direction: int = 1

    @property
    def keys(self) -> list[tuple[str, int]]:
        """Give the order as MongoDB takes it; no two things have the same place in it."""
        return [(name, self.direction) for name in dict.fromkeys((self.field, "_id"))]

    def behind(self, place: Place) -> Mapping[str, Any]:
        """Give the condition for what comes behind this place."""
        at, id = place
        beyond = "$gt" if self.direction == 1 else "$lt"
        if self.field == "_id":
            return {"_id": {beyond: id}}
        same_instant = {self.field: at, "_id": {beyond: id}}
        # The first bound says nothing new: it lets MongoDB begin in the middle of the index.
        return {self.field: {f"{beyond}e": at}, "$or": [{self.field: {beyond: at}}, same_instant]}


def _named(name: str) -> Order:
    field = name.removeprefix("-")
    return Order("_id" if field == "id" else field, -1 if name.startswith("-") else 1)


ORDERS: Mapping[str, Order] = {name: _named(name) for name in SORT_ORDERS}


def cursor_behind(last: Aggregate) -> str:
    """Write the place of the last thing on a page."""
    at = rfc3339(last.updated_at) if last.updated_at else None
    return orjson.dumps([at, last.id]).decode()


def place_of(cursor: str) -> Place:
    """Read a place; raises InvalidCursor."""
    try:
        at, id = orjson.loads(cursor)
        return (datetime.fromisoformat(at) if at else None), _text(id)
    except (ValueError, TypeError):
        detail = f"A next_cursor of an earlier page is expected; got {shown(cursor)}"
        raise InvalidCursor.at("/cursor", "invalid", detail) from None


def _text(id: Any) -> str:
    if not isinstance(id, str):
        raise TypeError(f"an id is a text, not {id!r}")
    return id
