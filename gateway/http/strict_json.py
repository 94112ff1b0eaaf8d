"""Parses JSON bodies strictly: nothing that could not be stored unchanged is accepted."""

import json
import math
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from chassis.domain.errors import FieldError
from chassis.domain.faults import Fault
from chassis.schemas.validation import MAX_ERRORS, shown, summary

MAX_DEPTH = 32
MAX_ITEMS = 1000
MAX_VALUES = 20_000
MAX_NAME_LENGTH = 200
_INTEGERS = range(-(2**63), 2**63)
_MAX_INTEGER_DIGITS = 20
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class _Invalid:
    """Takes the place of an invalid value in the parsed body."""

    __slots__ = ("detail",)

    def __init__(self, detail: str) -> None:
        self.detail = detail


def read(body: bytes) -> dict[str, Any]:
    """Return the object in a body.

    Raises Fault `malformed`, naming the line or the member, for what is not UTF-8, not JSON, not
    an object, nested deeper than 32, or holds more than 20,000 values, a list or an object of more than 1000, a name
    of more than 200 characters, a member twice, NaN, Infinity, an integer beyond 64 bits, NUL or half a surrogate pair.
    """
    _require_few_values(body)
    parsed = _parsed(body)
    found = _errors(parsed, "", 1)
    named = islice(found, MAX_ERRORS)
    errors = [FieldError(pointer=at, code="malformed", detail=detail) for at, detail in named]
    if errors:
        raise _malformed(summary(errors, unnamed=sum(1 for _ in found)), errors)
    if not isinstance(parsed, dict):
        raise _malformed(f"A JSON object is expected, not {shown(parsed)}")
    return parsed


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(
            body.decode(), object_pairs_hook=_object, parse_constant=_constant, parse_int=_integer, parse_float=_float
        )
    except UnicodeDecodeError as error:
        raise _malformed(f"UTF-8 is expected; byte {error.start} is not") from None
    except json.JSONDecodeError as error:
        raise _malformed(f"JSON is expected; line {error.lineno}, column {error.colno} is not") from None
    except RecursionError:
        raise _malformed(f"At most {MAX_DEPTH} levels are expected") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any] | _Invalid:
    if len(pairs) > MAX_ITEMS:
        return _Invalid(f"At most {MAX_ITEMS} members are expected; got {len(pairs)}")
    if any(len(name) > MAX_NAME_LENGTH for name, _ in pairs):
        return _Invalid(f"Names of at most {MAX_NAME_LENGTH} characters are expected")
    members: dict[str, Any] = {}
    for name, value in pairs:
        members[name] = _Invalid("This member is given twice") if name in members else value
    return members


def _require_few_values(body: bytes) -> None:
    """Raise Fault `malformed`, before any is made, if there are more values than anybody looks at."""
    if len(body) <= MAX_VALUES:
        return
    unescaped = body.replace(b"\\\\", b"").replace(b'\\"', b"")
    few_texts = unescaped.count(b'"') <= 4 * MAX_VALUES  # a name and a text for each value
    marks = b"".join(unescaped.split(b'"')[::2]) if few_texts else b""
    if not few_texts or marks.count(b",") + marks.count(b"[") + marks.count(b"{") > MAX_VALUES:
        raise _malformed(f"At most {MAX_VALUES} values are expected")


def _constant(name: str) -> _Invalid:
    return _Invalid(f"A number is expected; got {name}")


def _integer(digits: str) -> int | _Invalid:
    if len(digits) <= _MAX_INTEGER_DIGITS and (number := int(digits)) in _INTEGERS:
        return number
    return _Invalid(f"An integer of at most 64 bits is expected; got {shown(digits)}")


def _float(digits: str) -> float | _Invalid:
    number = float(digits)
    return number if math.isfinite(number) else _Invalid(f"A finite number is expected; got {shown(digits)}")


def _errors(value: Any, at: str, depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, _Invalid):
        yield at, value.detail
    elif isinstance(value, str):
        yield from _unstorable(value, at)
    elif isinstance(value, dict | list):
        if exceeded := _exceeded_limit(value, depth):
            yield at, exceeded
            return
        for name, below in _members(value):
            yield from _unstorable(name, at)
            yield from _errors(below, f"{at}/{name.replace('~', '~0').replace('/', '~1')}", depth + 1)


def _exceeded_limit(value: dict[str, Any] | list[Any], depth: int) -> str:
    if depth > MAX_DEPTH:
        return f"At most {MAX_DEPTH} levels are expected"
    if isinstance(value, list) and len(value) > MAX_ITEMS:
        return f"At most {MAX_ITEMS} items are expected; got {len(value)}"
    return ""


def _members(value: dict[str, Any] | list[Any]) -> Iterable[tuple[str, Any]]:
    return value.items() if isinstance(value, dict) else ((str(number), item) for number, item in enumerate(value))


def _unstorable(text: str, at: str) -> Iterator[tuple[str, str]]:
    if _UNSTORABLE.search(text):
        yield at, f"Text without NUL and without half a surrogate pair is expected; got {shown(text)}"


def _malformed(message: str, fields: list[FieldError] | None = None) -> Fault:
    return Fault(kind="malformed", code="malformed_body", message=message, fields=tuple(fields or ()))
