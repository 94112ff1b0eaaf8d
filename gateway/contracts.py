"""The contracts as data: requests and responses of operations, and the events that may leave the platform."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from operator import itemgetter
from typing import Any

from chassis.messaging.contracts import event_contracts

JsonSchema = dict[str, Any]
LEAVES = ("partner", "all")
"""The audiences whose events may leave the platform."""


@dataclass(frozen=True, kw_only=True)
class Contract:
    """The schemas of one operation's request and response; `schemas` are the named ones that both refer to."""

    title: str
    description: str
    request: JsonSchema
    response: JsonSchema
    schemas: Mapping[str, JsonSchema]

    @cached_property
    def members(self) -> Mapping[str, JsonSchema]:
        """The schemas of the members of a request, by name."""
        members: Mapping[str, JsonSchema] = self.request["properties"]
        return members

    @cached_property
    def typed(self) -> Mapping[str, str]:
        """The JSON types of the members that are integers or booleans, or null: a query or a form has them as text."""
        types = {name: schema.get("type", "") for name, schema in self.members.items()}
        return {name: each for name, type in types.items() for each in ("integer", "boolean") if each in type}

    def requires(self, member: str) -> bool:
        """Whether a request must have this member."""
        return member in self.request.get("required", ())

    @property
    def response_schema(self) -> JsonSchema:
        """The schema of the response, its reference resolved."""
        return self.schemas[self.response["$ref"].rpartition("/")[2]]

    def response_has(self, member: str) -> bool:
        """Whether every response has this member."""
        return member in self.response_schema["required"]


def load() -> Mapping[str, Contract]:
    """Return every contract by the name of its operation, `service.operation`."""
    return {contract.title: contract for contract in map(_read, _operations())}


def public_events() -> dict[str, JsonSchema]:
    """Return the schema of each event that may leave, by `{type}.v{version}`, without its subscribers inside."""
    leaving = (schema for schema in event_contracts().values() if schema["x-audience"] in LEAVES)
    public = [{name: value for name, value in schema.items() if name != "x-heard-by"} for schema in leaving]
    return {f"{schema['title']}.v{schema['x-version']}": schema for schema in sorted(public, key=itemgetter("title"))}


def description(name: str) -> bytes:
    """Return `openapi` or `asyncapi`, as `./partnerships contracts` wrote it."""
    return (resources.files("contracts") / f"{name}.json").read_bytes()


def _operations() -> Iterator[JsonSchema]:
    for each in (resources.files("contracts") / "operations").iterdir():
        if each.name.endswith(".json"):
            yield json.loads(each.read_text(encoding="utf-8"))


def _read(written: JsonSchema) -> Contract:
    return Contract(
        title=written["title"],
        description=written["description"],
        request=written["asks"],
        response=written["answers"],
        schemas=written["components"]["schemas"],
    )
