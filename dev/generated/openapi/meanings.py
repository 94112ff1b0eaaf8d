"""What the members of bodies, answers and queries mean, put beside each in the OpenAPI document."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from gateway.contracts import JsonSchema

FILE = Path(__file__).with_suffix(".toml")
IN_QUERIES = "?"
MEANINGS: Mapping[str, str] = tomllib.loads(FILE.read_text(encoding="utf-8"))


class NoMeaning(LookupError):
    """A member or a parameter is not in the file of meanings."""


def describe_members(schemas: Mapping[str, JsonSchema]) -> None:
    """Describe each property of these schemas that has no description; raises NoMeaning."""
    for name, schema in schemas.items():
        for member, below in properties(schema):
            if "description" not in below:
                below["description"] = meaning(member, of=name)


def describe_parameters(parameters: list[dict[str, Any]]) -> None:
    """Describe each parameter of an operation that has no description; raises NoMeaning."""
    for each in parameters:
        if "$ref" not in each and "description" not in each:
            each["description"] = meaning(each["name"], of=IN_QUERIES if each["in"] == "query" else "")


def properties(schema: Any) -> Iterator[tuple[str, JsonSchema]]:
    """Yield every property in a schema, at whatever depth, with its name."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {}).items()
        for below in [*schema.get("properties", {}).values(), *_others(schema)]:
            yield from properties(below)
    elif isinstance(schema, list):
        for below in schema:
            yield from properties(below)


def meaning(member: str, *, of: str) -> str:
    """Return what a member means in this schema, or wherever it stands; raises NoMeaning."""
    found = MEANINGS.get(f"{of}.{member}") or MEANINGS.get(member)
    if found is None:
        raise NoMeaning(
            f"{of or 'a path'} has the member {member!r}: say what it means in {FILE.name}, beside the others"
        )
    return found


def _others(schema: JsonSchema) -> Iterator[Any]:
    return (value for name, value in schema.items() if name not in ("properties", "examples", "default", "const"))
