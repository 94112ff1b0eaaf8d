"""The bases of what crosses the wire: requests are read strictly, events tolerantly, responses have every member."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from marshmallow import EXCLUDE, RAISE, Schema, fields, validate

from chassis.schemas.fields import Count, Instant, one_of

T = TypeVar("T")
SORT_ORDERS = ("id", "-id", "updated_at", "-updated_at")
"""What a client may ask for; ids sort by the time they were made."""


class Request(Schema):
    """What a client sends: a member it does not know is a mistake, and is refused."""

    class Meta:
        unknown = RAISE


class EventData(Schema):
    """What a hearer reads of an event: only the fields it names, whatever else there is."""

    class Meta:
        unknown = EXCLUDE


class Response(Schema):
    """What others may count on in an answer: each of these members is there, and later there may be more."""

    class Meta:
        unknown = EXCLUDE

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Make the member required."""
        field_obj.required = True


class Resource(Response):
    """What every aggregate shows of itself, beside what it is."""

    id = fields.String()
    version = fields.Integer()
    updated_at = fields.String(metadata={"format": "date-time"})


def page_of(item: type[Response]) -> type[Response]:
    """Give the schema of a page of these, as `chassis.persistence.queries.listed` gives it."""
    members = {
        "__doc__": "One page of a list; `next_cursor` leads to the next, and is null on the last.",
        "items": fields.List(fields.Nested(item)),
        "next_cursor": fields.String(allow_none=True),
    }
    return type(f"{item.__name__}List", (Response,), members)


class EmptyRequest(Request):
    """No arguments at all."""


class AlsoBy(tuple[str, ...]):
    """The members, beside id and updated_at, that a list can be sorted by: `Annotated[Paging, AlsoBy(["due_on"])]`.

    They are never null, and its repository is `sorted_by` them.
    """


class NewestFirst(AlsoBy):
    """As `AlsoBy`; a list that is not asked for in an order begins with the last by the first of these members."""


def sort_orders(also_by: Iterable[str]) -> fields.String:
    """Give the field for the order of a list that can be sorted by these members, too."""
    more = [order for name in also_by for order in (name, f"-{name}")]
    usual = more[1] if isinstance(also_by, NewestFirst) else "id"
    return one_of(*SORT_ORDERS, *more, load_default=usual)


class PageRequest(Request):
    """Every list takes these: how much of it, from where, in which order, and only what changed since an instant."""

    limit = Count(least=1, most=100, load_default=20, example=20)
    cursor = fields.String(load_default=None, allow_none=False, validate=validate.Length(1, 200))
    sort = sort_orders(())
    updated_since = Instant()


@dataclass(frozen=True, kw_only=True)
class Paging:
    """Which part of a list is wanted, as PageRequest reads it."""

    limit: int = 20
    cursor: str | None = None
    sort: str = "id"
    updated_since: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Page(Generic[T]):
    """One page of a list; `next_cursor` leads to the next, and is None on the last."""

    items: list[T]
    next_cursor: str | None
