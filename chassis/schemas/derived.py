"""Marshmallow fields and schemas derived from Python's own types, so that a type is written down once."""

import types
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import fields as members_of
from dataclasses import is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from marshmallow import fields

from chassis.domain.aggregate import Aggregate, is_internal, is_personal
from chassis.schemas.decimals import DecimalText
from chassis.schemas.fields import Choice, Count, Day, Flag, Instant, Text
from chassis.schemas.messages import Page, Resource, Response, page_of

Fields = Mapping[Any, Callable[[], fields.Field[Any]]]
OF_REQUESTS: Fields = {str: Text, int: Count, bool: Flag, date: Day,
                       datetime: Instant}  # fmt: skip
OF_RESPONSES: Fields = {str: fields.String, int: fields.Integer, float: fields.Float, bool: fields.Boolean, date: Day,
                        datetime: Instant, Decimal: DecimalText, dict: fields.Dict, Any: fields.Raw}  # fmt: skip
"""Each type without more said about it; a response is not held to the bounds of a request."""


OPEN_LIST = "x-extensible-enum"
"""The values of an answer as far as there are any yet: an `enum` would be a promise that there will be no more."""


class NoFieldForType(TypeError):
    """A type has no field of its own: say which by `Annotated[type, field]`."""


def field_of(hint: Any, of: Fields) -> tuple[fields.Field[Any], bool]:
    """Give a new field for a type hint, and whether it may be null; raises NoFieldForType."""
    inner, nullable = _without_none(hint)
    if get_origin(inner) is Annotated:
        kind, *notes = get_args(inner)
        field = next((deepcopy(note) for note in notes if isinstance(note, fields.Field)), None)
        plain, nullable_inside = _without_none(kind)
        return (field or field_of(plain, of)[0]), nullable or nullable_inside
    return _plain(inner, of), nullable


@cache
def response_of(kind: Any) -> type[Response]:
    """Give the schema of what is answered as `kind`: a dataclass, or a Page of one."""
    if get_origin(kind) is Page:
        return page_of(response_of(get_args(kind)[0]))
    hints = get_type_hints(kind, include_extras=True)
    base: type[Response] = Resource if issubclass(kind, Aggregate) else Response
    shown = [member.name for member in members_of(kind) if not is_internal(member) and member.name in hints]
    own = [name for name in shown if name not in base._declared_fields]
    return type(kind.__name__, (base,), {"__doc__": kind.__doc__, **{name: _answered(hints[name]) for name in own}})


def has_personal_members(kind: Any) -> bool:
    """Whether what is answered as `kind` has a member, at whatever depth, that is about a person."""
    if not (isinstance(kind, type) and is_dataclass(kind)) or get_origin(kind) is not None:
        return any(has_personal_members(each) for each in get_args(kind))
    hints = get_type_hints(kind, include_extras=True)
    shown = [member for member in members_of(kind) if not is_internal(member)]
    return any(is_personal(member) or has_personal_members(hints[member.name]) for member in shown)


def _answered(hint: Any) -> fields.Field[Any]:
    field, nullable = field_of(hint, OF_RESPONSES)
    field.allow_none = nullable
    return field


def _without_none(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) not in (Union, types.UnionType):
        return hint, False
    kinds = [kind for kind in get_args(hint) if kind is not types.NoneType]
    if len(kinds) != 1:
        raise NoFieldForType(f"{hint} has more than one type")
    return kinds[0], True


def _plain(kind: Any, of: Fields) -> fields.Field[Any]:
    if get_origin(kind) in (list, tuple):
        return fields.List(field_of(get_args(kind)[0], of)[0])
    if get_origin(kind) is dict:
        return fields.Dict()
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return fields.String(metadata={OPEN_LIST: [*kind]}) if of is OF_RESPONSES else Choice(kind)
    if isinstance(kind, type) and is_dataclass(kind):
        return fields.Nested(response_of(kind))
    if kind not in of:
        raise NoFieldForType(f"{kind} has no field of its own: say which by Annotated[{kind}, field]")
    return of[kind]()
