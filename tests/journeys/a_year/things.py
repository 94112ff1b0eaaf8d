"""What letters are about, and how one finds it among all there is."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class About:
    """What a letter is about, and who reads it: ids, each None where a letter is about nothing of the kind."""

    reader: str
    partner: str | None = None
    camp: str | None = None
    milestone: str | None = None
    session: str | None = None
    measure: str | None = None
    commitment: str | None = None


class Nothing(dict[str, Any]):
    """Of what there is not, nothing can be said."""

    def __missing__(self, key: str) -> None:
        return None


def newest(things: dict[str, Any], **where: str | None) -> Any:
    """Give the newest of what fits: ids begin with when they were made."""
    found = [each for each in things.values() if all(each[name] == value for name, value in where.items())]
    return max(found, key=lambda each: str(each["id"])) if found else Nothing()
