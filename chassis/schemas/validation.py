"""Refusals that help: each names the field, the value that came, and what would be right."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from marshmallow import Schema, ValidationError

from chassis.domain.errors import FieldError, Invalid

SHOWN_LENGTH = 80
MAX_ERRORS = 20
"""How many errors are told; of the others only their number: an answer must not be many times what was sent."""
VALUE_FOLLOWS = "; got "
"""What stands in a message between what would be right and the value that came."""
_MISSING = object()


class InvalidFields(Invalid):
    """Some fields are wrong."""


def load(schema: Schema, data: Any, *, most: int | None = MAX_ERRORS) -> dict[str, Any]:
    """Read `data` by `schema`; raises InvalidFields with an entry for each of the first `most` wrong fields, or all."""
    if not isinstance(data, dict):
        raise InvalidFields(f"an object is expected, not {shown(data)}")
    try:
        loaded: dict[str, Any] = schema.load(data)
    except ValidationError as error:
        raise explained(error, data, most=most) from None
    return loaded


def explained(error: ValidationError, data: Any, *, most: int | None = MAX_ERRORS) -> InvalidFields:
    """Turn marshmallow's refusal of `data` into ours, with the first `most` errors, or all."""
    leaves = _leaves(error.messages, ())
    fields = [
        FieldError(pointer=_pointer(path), code=_code(path, message, data), detail=_with_value(message, path, data))
        for path, message in islice(leaves, most)
    ]
    return InvalidFields(summary(fields, unnamed=sum(1 for _ in leaves)), fields=fields)


def summary(fields: list[FieldError], *, unnamed: int) -> str:
    """Write errors as one sentence, with the number of those that are not named."""
    named = [f"{field['pointer'] or '/'}: {field['detail']}" for field in fields]
    return "; ".join([*named, *([f"and {unnamed} more"] if unnamed else [])])


def shown(value: Any) -> str:
    """Write a value for an error message, cut to a length that a log line bears."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = repr(_beginning(value))
    return text if len(text) <= SHOWN_LENGTH else text[: SHOWN_LENGTH - 1] + "…"


def _beginning(value: Any) -> Any:
    """Give as much of a value as can be shown: all of a large one must not be written to be cut."""
    if isinstance(value, str | bytes):
        return value[:SHOWN_LENGTH]
    if isinstance(value, list):
        return [_beginning(item) for item in value[:SHOWN_LENGTH]]
    if isinstance(value, dict):
        return {_beginning(name): _beginning(item) for name, item in islice(value.items(), SHOWN_LENGTH)}
    return value


def _leaves(messages: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], str]]:
    if isinstance(messages, dict):
        for name, below in messages.items():
            yield from _leaves(below, path if name == "_schema" else (*path, name))
    else:
        for message in messages:
            yield path, str(message)


def _pointer(path: tuple[Any, ...]) -> str:
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def _value_at(path: tuple[Any, ...], data: Any) -> Any:
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return _MISSING
    return data


def _with_value(message: str, path: tuple[Any, ...], data: Any) -> str:
    value = _value_at(path, data)
    return message if value is _MISSING or not path else f"{message.rstrip('.')}{VALUE_FOLLOWS}{shown(value)}"


def _code(path: tuple[Any, ...], message: str, data: Any) -> str:
    if _value_at(path, data) is _MISSING:
        return "missing"
    return "unknown" if message.startswith("Unknown field") else "invalid"
