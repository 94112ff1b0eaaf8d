"""A record: what one row, or one JSON file, says of one thing, and where each of its members stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from cli.imports.mistakes import Mistake, Place

KEY = "external_id"
"""By what the things of a folder name each other, and by what they are found again."""


@dataclass(frozen=True, kw_only=True)
class Record:
    """What is said of one thing: members as the API has them, but for ids, where external ids stand.

    `parts` are records of other files that became members of this one, by the pointers to them: strata of a measure.
    """

    place: Place
    members: Mapping[str, Any]
    parts: Mapping[str, "Record"] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What it is called by the other records; empty if it has no such name."""
        return str(self.members.get(KEY, ""))

    def at(self, pointer: str) -> Place:
        """Give the place of a member, by its JSON pointer."""
        for prefix, part in self.parts.items():
            if pointer == prefix or pointer.startswith(f"{prefix}/"):
                return part.at(pointer.removeprefix(prefix))
        return replace(self.place, column=pointer.strip("/").replace("/", ".") or None)

    def found(self, pointer: str) -> Any:
        """Give what stands at a pointer; None where nothing does, or more than one value."""
        found: Any = self.members
        for step in pointer.strip("/").split("/"):
            if isinstance(found, Mapping):
                found = found.get(step)
            elif isinstance(found, list) and step.isdigit() and int(step) < len(found):
                found = found[int(step)]
            else:
                return None
        return None if isinstance(found, Mapping | list) else found

    def mistake(self, pointer: str, detail: str) -> Mistake:
        """Say that a member is wrong."""
        return Mistake(place=self.at(pointer), detail=detail, found=self.found(pointer))

    def with_parts(self, member: str, parts: list["Record"]) -> Self:
        """Give it with records of another file as the items of a member."""
        listed = {f"/{member}/{at}": part for at, part in enumerate(parts)}
        items = [dict(part.members) for part in parts]
        return replace(self, members={**self.members, member: items}, parts={**self.parts, **listed})


def leaves(value: Any, pointer: str = "") -> Iterator[tuple[str, str, Any]]:
    """Yield what is neither an object nor a list: its pointer, the name of the member it is in, and itself."""
    yield from _leaves(value, pointer, "")


def _leaves(value: Any, pointer: str, name: str) -> Iterator[tuple[str, str, Any]]:
    if isinstance(value, Mapping):
        for member, each in value.items():
            yield from _leaves(each, f"{pointer}/{member}", member)
    elif isinstance(value, list):
        for at, each in enumerate(value):
            yield from _leaves(each, f"{pointer}/{at}", name)
    else:
        yield pointer, name, value
