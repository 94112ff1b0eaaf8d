"""How a dataclass becomes a MongoDB document and back, and what of it the outside sees."""

from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from cattrs import Converter
from cattrs.gen import make_dict_unstructure_fn, override

from chassis.domain.aggregate import Aggregate, is_internal
from chassis.domain.identity import rfc3339

T = TypeVar("T")


def _converter(*, instant: Any) -> Converter:
    """Days are ISO text, decimals text with all their digits; how instants look differs inside and outside."""
    made = Converter()
    made.register_unstructure_hook(date, lambda day: day.isoformat())
    made.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
    made.register_unstructure_hook(Decimal, lambda number: format(number, "f"))
    made.register_structure_hook(Decimal, lambda text, _: Decimal(text))
    made.register_unstructure_hook(datetime, instant)
    made.register_structure_hook(datetime, lambda value, _: _in_utc(value))
    return made


def _keep_ids_as_mongodb_does(made: Converter) -> Converter:
    made.register_unstructure_hook_factory(
        _is_aggregate,
        lambda cls: make_dict_unstructure_fn(cls, made, recorded=override(omit=True), id=override(rename="_id")),
    )
    return made


def _leave_out_what_is_internal(made: Converter) -> Converter:
    def hidden(cls: Any) -> dict[str, Any]:
        return {member.name: override(omit=True) for member in fields(cls) if is_internal(member)}

    made.register_unstructure_hook_factory(
        lambda cls: isinstance(cls, type) and is_dataclass(cls),
        lambda cls: make_dict_unstructure_fn(cls, made, **hidden(cls)),
    )
    return made


def _is_aggregate(cls: Any) -> bool:
    return isinstance(cls, type) and issubclass(cls, Aggregate)


def _in_utc(value: datetime) -> datetime:
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value


_inside = _keep_ids_as_mongodb_does(_converter(instant=lambda instant: instant))
_outside = _leave_out_what_is_internal(_converter(instant=rfc3339))


def to_document(thing: Any) -> dict[str, Any]:
    """Write a dataclass as MongoDB keeps it: instants as dates, the id as `_id`."""
    document: dict[str, Any] = _inside.unstructure(thing)
    return document


def from_document(document: dict[str, Any], kind: type[T]) -> T:
    """Read a dataclass from a document; members this version does not know are left alone."""
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    values = {"id" if name == "_id" else name: value for name, value in document.items()}
    return _inside.structure({name: value for name, value in values.items() if name in known}, kind)


def to_public(thing: Any) -> dict[str, Any]:
    """Write a dataclass as it leaves the service: plain JSON values, instants as RFC 3339 text."""
    public: dict[str, Any] = _outside.unstructure(thing)
    return public
