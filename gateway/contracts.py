"""The contracts of operations, as data: what each service says that it is asked and answers."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from typing import Any

JsonSchema = dict[str, Any]


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
    folder = resources.files("contracts") / "operations"
    texts = (each.read_text(encoding="utf-8") for each in folder.iterdir() if each.name.endswith(".json"))
    return {contract.title: contract for contract in map(_read, texts)}


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


def _read(text: str) -> Contract:
    written = json.loads(text)
    return Contract(
        title=written["title"],
        description=written["description"],
        asks=written["asks"],
        answers=written["answers"],
        parts=written["components"]["schemas"],
    )
