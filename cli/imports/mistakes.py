"""What is wrong with the files of a partnership: where it stands, what stands there, and what would be right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

MOST_TOLD = 20
"""Mistakes that are told; of more only the number is."""
MOST_SHOWN = 60
"""Characters of what stands there that are shown."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where something stands: in which file of the folder, in which row, if it has rows, and in which column."""

    file: str
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        """Say it as people look it up; in a JSON file, a column is a member, such as `aim.target_date`."""
        row = f", row {self.row}" if self.row else ""
        name = f", {'column' if self.row else 'member'} {self.column}" if self.column else ""
        return f"{self.file}{row}{name}"


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """What is wrong in one place."""

    place: Place
    detail: str
    found: Any = None

    def __str__(self) -> str:
        """Say where, what stands there, and what would be right."""
        return f"{self.place}: {'' if self.found is None else f'{shown(self.found)}: '}{self.detail}"


class CannotBeImported(Exception):
    """The files cannot be imported as they are, or not to their end; the message names each place, and what to do."""

    def __init__(self, what: str, mistakes: Sequence[Mistake]) -> None:
        """`what` says which files, or how far the import came."""
        told = [str(each) for each in mistakes[:MOST_TOLD]]
        more = len(mistakes) - len(told)
        super().__init__("\n  ".join([what, *told, *([f"and {more} more"] if more else [])]))
        self.mistakes = tuple(mistakes)


def shown(found: Any) -> str:
    """Show what stands there, not more than a line of it."""
    text = repr(found)
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"
