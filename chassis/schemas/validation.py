"""Refusals that help: each names the field, the value that came, and what would be right."""

from collections.abc import Iterator
from typing import Any

from marshmallow import Schema, ValidationError

from chassis.domain.errors import FieldError, Invalid

SHOWN_LENGTH = 80
_MISSING = object()


class InvalidFields(Invalid):
    """Some fields are wrong."""


def load(schema: Schema, data: Any) -> dict[str, Any]:
    """Read `data` by `schema`; raises InvalidFields with one entry for each wrong field."""
    if not isinstance(data, dict):
        raise InvalidFields(f"an object is expected, not {shown(data)}")
    try:
        loaded: dict[str, Any] = schema.load(data)
    except ValidationError as error:
        raise explained(error, data) from None
    return loaded


def explained(error: ValidationError, data: Any) -> InvalidFields:
    """Turn marshmallow's refusal of `data` into ours."""
    fields = [
        FieldError(pointer=_pointer(path), code=_code(path, message, data), detail=_with_value(message, path, data))
        for path, message in _leaves(error.messages, ())
    ]
    summary = "; ".join(f"{field['pointer'] or '/'}: {field['detail']}" for field in fields)
    return InvalidFields(summary, fields=fields)


def shown(value: Any) -> str:
    """Write a value for an error message, cut to a length that a log line bears."""
    text = repr(value)
    return text if len(text) <= SHOWN_LENGTH else text[: SHOWN_LENGTH - 1] + "…"


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
    return message if value is _MISSING or not path else f"{message.rstrip('.')}; got {shown(value)}"


def _code(path: tuple[Any, ...], message: str, data: Any) -> str:
    if _value_at(path, data) is _MISSING:
        return "missing"
    return "unknown" if message.startswith("Unknown field") else "invalid"
