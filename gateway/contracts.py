"""The contracts, as data: what each service is asked and answers, and the events that may leave the platform."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from operator import itemgetter
from typing import Any

JsonSchema = dict[str, Any]
LEAVES = ("partner", "all")
"""The audiences whose events may leave the platform."""


class MissingContract(LookupError):
    """Every operation that a route asks has a contract."""


class AmbiguousName(ValueError):
    """A name in the contracts stands for one thing."""


@dataclass(frozen=True, kw_only=True)
class Contract:
    """What one operation is asked and answers; `parts` are the named schemas that both refer to."""

    title: str
    description: str
    asks: JsonSchema
    answers: JsonSchema
    parts: Mapping[str, JsonSchema]

    @cached_property
    def members(self) -> Mapping[str, JsonSchema]:
        """Give what it is asked, by name."""
        members: Mapping[str, JsonSchema] = self.asks["properties"]
        return members

    @property
    def numbers(self) -> frozenset[str]:
        """The members that are whole numbers, which a query can only spell."""
        return frozenset(name for name, schema in self.members.items() if schema.get("type") == "integer")

    def needs(self, member: str) -> bool:
        """Whether nobody can ask without it."""
        return member in self.asks.get("required", ())

    @property
    def answer(self) -> JsonSchema:
        """What it answers, its reference followed."""
        return self.parts[self.answers["$ref"].rpartition("/")[2]]

    def answers_with(self, member: str) -> bool:
        """Whether every answer has it."""
        return member in self.answer["required"]


def load() -> Mapping[str, Contract]:
    """Give every contract by the name of its operation, `service.operation`."""
    return {contract.title: contract for contract in map(_read, _written("operations"))}


def public_events() -> dict[str, JsonSchema]:
    """Give the schema of each event that may leave, by `{type}.v{version}`, without who hears it inside."""
    leaving = (schema for schema in _written("events") if schema["x-audience"] in LEAVES)
    shown = [{name: value for name, value in schema.items() if name != "x-heard-by"} for schema in leaving]
    return {f"{schema['title']}.v{schema['x-version']}": schema for schema in sorted(shown, key=itemgetter("title"))}


def asyncapi() -> bytes:
    """Give the AsyncAPI document of those events, as `./partnerships contracts` wrote it."""
    return (resources.files("contracts") / "asyncapi.json").read_bytes()


def parts_of(contracts: Iterable[Contract]) -> dict[str, JsonSchema]:
    """Give the named schemas of all of these; raises AmbiguousName when two mean different things by one name."""
    parts: dict[str, JsonSchema] = {}
    for contract in contracts:
        for name, schema in contract.parts.items():
            if parts.setdefault(name, schema) != schema:
                raise AmbiguousName(f"{contract.title}: {name} is something else in another contract")
    return parts


def wanted(contracts: Mapping[str, Contract], operations: Iterable[str]) -> Iterator[Contract]:
    """Give the contracts of these operations; raises MissingContract."""
    for operation in operations:
        if operation not in contracts:
            raise MissingContract(f"contracts/operations/{operation}.json is missing: run `./partnerships contracts`")
        yield contracts[operation]


def _written(folder: str) -> Iterator[JsonSchema]:
    for each in (resources.files("contracts") / folder).iterdir():
        if each.name.endswith(".json"):
            yield json.loads(each.read_text(encoding="utf-8"))


def _read(written: JsonSchema) -> Contract:
    return Contract(
        title=written["title"],
        description=written["description"],
        asks=written["asks"],
        answers=written["answers"],
        parts=written["components"]["schemas"],
    )
