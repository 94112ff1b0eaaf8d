"""Checks what a file says against the contract of an operation, before anything is asked of an instance.

The contracts are data (`contracts/operations`), so that no rule about a field is written here a second time. What only
an instance can know, it says itself when it is asked.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from gateway.contracts import Contract, JsonSchema, load

Found = tuple[str, str]
"""A pointer, and what is expected there."""
JSON_TYPES: Mapping[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, Mapping),
    "null": lambda value: value is None,
}
IN_WORDS = {"string": "text", "integer": "a whole number", "number": "a number", "boolean": "true or false",
            "array": "a list", "object": "an object with members", "null": "nothing"}  # fmt: skip


@cache
def contract(operation: str) -> Contract:
    """Give the contract of an operation, `service.operation`."""
    return load()[operation]


def mistakes_in(operation: str, body: Mapping[str, Any], *, given: frozenset[str] = frozenset()) -> Iterator[Found]:
    """Yield what an operation would not take, apart from the members that are given elsewhere."""
    asks = contract(operation)
    needed = [name for name in asks.request.get("required", ()) if name not in given]
    yield from _in_value(body, {**asks.request, "required": needed}, asks.schemas, "")


def columns(operation: str, *, without: frozenset[str] = frozenset()) -> dict[str, JsonSchema]:
    """Give the members of a request that hold one value, by their paths with dots: `definition.numerator`."""
    asks = contract(operation)
    members = {name: schema for name, schema in asks.members.items() if name not in without}
    return dict(_paths(members, asks.schemas, ""))


def _paths(
    members: Mapping[str, JsonSchema], schemas: Mapping[str, JsonSchema], prefix: str
) -> Iterator[tuple[str, JsonSchema]]:
    for name, schema in members.items():
        meant = _meant(schema, schemas)
        if "properties" in meant:
            yield from _paths(meant["properties"], schemas, f"{prefix}{name}.")
        elif "array" not in _types(meant):
            yield f"{prefix}{name}", meant


def _meant(schema: JsonSchema, schemas: Mapping[str, JsonSchema]) -> JsonSchema:
    """Follow references, and choose of alternatives that which is not null."""
    if "$ref" in schema:
        return _meant(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    choices = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    return _meant(choices[0], schemas) if choices else schema


def _types(schema: JsonSchema) -> list[str]:
    types = schema.get("type", [])
    return [types] if isinstance(types, str) else list(types)


def _in_value(value: Any, schema: JsonSchema, schemas: Mapping[str, JsonSchema], pointer: str) -> Iterator[Found]:
    if value is None and any(each.get("type") == "null" for each in schema.get("anyOf", ())):
        return
    meant = _meant(schema, schemas)
    types = _types(meant)
    if types and not any(JSON_TYPES[each](value) for each in types):
        yield pointer, f"{_in_words(types)} is expected"
    elif isinstance(value, Mapping):
        yield from _in_object(value, meant, schemas, pointer)
    elif isinstance(value, list):
        yield from _in_list(value, meant, schemas, pointer)
    elif value is not None and (expected := _expected(value, meant)):
        yield pointer, expected


def _in_words(types: list[str]) -> str:
    return " or ".join(IN_WORDS[each] for each in types if each != "null")


def _in_object(
    value: Mapping[str, Any], schema: JsonSchema, schemas: Mapping[str, JsonSchema], pointer: str
) -> Iterator[Found]:
    members = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{pointer}/{name}", "it is missing"
    for name, each in value.items():
        if name in members:
            yield from _in_value(each, members[name], schemas, f"{pointer}/{name}")
        elif members:
            yield f"{pointer}/{name}", f"there is no such member; known are {', '.join(members)}"


def _in_list(value: list[Any], schema: JsonSchema, schemas: Mapping[str, JsonSchema], pointer: str) -> Iterator[Found]:
    fewest, most = schema.get("minItems", 0), schema.get("maxItems", len(value))
    if not fewest <= len(value) <= most:
        yield pointer, f"{fewest} to {most} items are expected; there are {len(value)}"
    for at, each in enumerate(value):
        yield from _in_value(each, schema.get("items", {}), schemas, f"{pointer}/{at}")


def _expected(value: Any, schema: JsonSchema) -> str | None:
    """Say what is expected instead of one value; None if it will do."""
    if "enum" in schema and value not in schema["enum"]:
        return f"one of {', '.join(str(each) for each in schema['enum'] if each is not None)} is expected"
    if isinstance(value, str):
        return _expected_text(value, schema)
    if "minimum" in schema and value < schema["minimum"]:
        return f"{schema['minimum']} or more is expected"
    return f"{schema['maximum']} or less is expected" if value > schema.get("maximum", value) else None


def _expected_text(value: str, schema: JsonSchema) -> str | None:
    if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
        return f"{schema.get('minLength', 0)} to {schema['maxLength']} characters are expected"
    if schema.get("format") in FORMATS:
        reads, expected = FORMATS[schema["format"]]
        return None if _can_be_read(reads, value) else expected
    if "pattern" in schema and not re.search(schema["pattern"], value):
        examples = ", ".join(str(each) for each in schema.get("examples", ())[:2])
        return f"text such as {examples} is expected" if examples else "another form is expected"
    return None


def _day(text: str) -> None:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(text)
    date.fromisoformat(text)


def _instant(text: str) -> None:
    if datetime.fromisoformat(text).tzinfo is None:
        raise ValueError(text)


FORMATS: Mapping[str, tuple[Callable[[str], None], str]] = {
    "date": (_day, "a day such as 2025-03-31 is expected"),
    "date-time": (_instant, "a time with its offset, such as 2025-03-31T14:00:00+02:00, is expected"),
}


def _can_be_read(reads: Callable[[str], None], text: str) -> bool:
    try:
        reads(text)
    except ValueError:
        return False
    return True
