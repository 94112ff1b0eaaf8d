"""JSON bodies, read so that nothing is bent, cut or lost on the way into a document."""

import json
import math
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from chassis.domain.errors import FieldError
from chassis.domain.faults import Fault
from chassis.schemas.validation import shown

DEEPEST = 32
MOST_ITEMS = 1000
MOST_TOLD = 20
_INTEGERS = range(-(2**63), 2**63)
_LONGEST_INTEGER = 20
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class _Wrong:
    """Stands in the parsed body for what must not be there."""

    def __init__(self, detail: str) -> None:
        self.detail = detail


def read(body: bytes) -> dict[str, Any]:
    """Give the object that a body holds.

    Raises Fault `malformed`, naming the line or the member, for what is not UTF-8, not JSON, not
    an object, nested deeper than 32, or holds a list of more than 1000 items, a member twice, NaN,
    Infinity, an integer beyond 64 bits, NUL or half a surrogate pair.
    """
    parsed = _parsed(body)
    mistakes = islice(_mistakes(parsed, "", 1), MOST_TOLD)
    wrong = [FieldError(pointer=at, code="malformed", detail=detail) for at, detail in mistakes]
    if wrong:
        raise _malformed("; ".join(f"{each['pointer'] or '/'}: {each['detail']}" for each in wrong), wrong)
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
        raise _malformed(f"At most {DEEPEST} levels are expected") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for name, value in pairs:
        members[name] = _Wrong("This member is given twice") if name in members else value
    return members


def _constant(name: str) -> _Wrong:
    return _Wrong(f"A number is expected; got {name}")


def _integer(digits: str) -> int | _Wrong:
    if len(digits) <= _LONGEST_INTEGER and (number := int(digits)) in _INTEGERS:
        return number
    return _Wrong(f"An integer of at most 64 bits is expected; got {shown(digits)}")


def _float(digits: str) -> float | _Wrong:
    number = float(digits)
    return number if math.isfinite(number) else _Wrong(f"A finite number is expected; got {shown(digits)}")


def _mistakes(value: Any, at: str, depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, _Wrong):
        yield at, value.detail
    elif isinstance(value, str):
        yield from _unstorable(value, at)
    elif isinstance(value, dict | list):
        if too_much := _too_much(value, depth):
            yield at, too_much
            return
        for name, below in _members(value):
            yield from _unstorable(name, at)
            yield from _mistakes(below, f"{at}/{name.replace('~', '~0').replace('/', '~1')}", depth + 1)


def _too_much(value: dict[str, Any] | list[Any], depth: int) -> str:
    if depth > DEEPEST:
        return f"At most {DEEPEST} levels are expected"
    if isinstance(value, list) and len(value) > MOST_ITEMS:
        return f"At most {MOST_ITEMS} items are expected; got {len(value)}"
    return ""


def _members(value: dict[str, Any] | list[Any]) -> Iterable[tuple[str, Any]]:
    return value.items() if isinstance(value, dict) else ((str(number), item) for number, item in enumerate(value))


def _unstorable(text: str, at: str) -> Iterator[tuple[str, str]]:
    if _UNSTORABLE.search(text):
        yield at, f"Text without NUL and without half a surrogate pair is expected; got {shown(text)}"


def _malformed(message: str, fields: list[FieldError] | None = None) -> Fault:
    return Fault(kind="malformed", code="malformed_body", message=message, fields=tuple(fields or ()))
