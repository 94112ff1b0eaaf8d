"""Keyset pagination: the sort orders of lists, and cursors to the next page.

A page begins after the position of the last item of the page before, not at a count of items, so that items added or
removed meanwhile neither repeat nor skip others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from chassis.domain.aggregate import Aggregate
from chassis.domain.errors import Invalid
from chassis.domain.identity import rfc3339
from chassis.schemas.validation import shown

Position = tuple[datetime | str | None, str]
"""The position of an item in a list: the value it is sorted by, as it is stored, and its id."""


class InvalidCursor(Invalid):
    """This is no cursor of an earlier page with the same filters and order."""


@dataclass(frozen=True)
class Order:
    """The field by which a list is sorted, and the direction; items of equal values are sorted by id."""

    field: str = "_id"
    direction: int = 1

    @property
    def keys(self) -> list[tuple[str, int]]:
        """Give the sort keys for MongoDB; they give each item a position of its own."""
        return [(name, self.direction) for name in dict.fromkeys((self.field, "_id"))]

    def after(self, position: Position) -> Mapping[str, Any]:
        """Give the query for the items after this position."""
        at, id = position
        beyond = "$gt" if self.direction == 1 else "$lt"
        if self.field == "_id":
            return {"_id": {beyond: id}}
        same_instant = {self.field: at, "_id": {beyond: id}}
        # The first bound is implied by the second: it lets MongoDB seek in the index.
        return {self.field: {f"{beyond}e": at}, "$or": [{self.field: {beyond: at}}, same_instant]}

    def cursor_after(self, last: Aggregate) -> str:
        """Encode the position of the last item of a page."""
        value = None if self.field == "_id" else getattr(last, self.field)
        return orjson.dumps([rfc3339(value) if isinstance(value, datetime) else value, last.id]).decode()


def order_named(name: str) -> Order:
    """Give the order that a client names, such as -updated_at."""
    field = name.removeprefix("-")
    return Order("_id" if field == "id" else field, -1 if name.startswith("-") else 1)


def parse_cursor(cursor: str) -> Position:
    """Decode a position; raises InvalidCursor."""
    try:
        value, id = orjson.loads(cursor)
        return _as_stored(value), _text(id)
    except (ValueError, TypeError):
        detail = f"A next_cursor of an earlier page is expected; got {shown(cursor)}"
        raise InvalidCursor.at("/cursor", "invalid", detail) from None


def _as_stored(value: str | None) -> datetime | str | None:
    """Give an instant as a date, and a day as ISO text; raises ValueError or TypeError for what is neither."""
    if value is None:
        return None
    instant = datetime.fromisoformat(value)
    return instant if instant.tzinfo else value


def _text(id: Any) -> str:
    if not isinstance(id, str):
        raise TypeError(f"an id is a text, not {id!r}")
    return id
