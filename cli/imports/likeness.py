"""Whether what is on record is what a file says; what people changed there since is told, and left as it is."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any


def differing(given: Mapping[str, Any], seen: Mapping[str, Any]) -> Iterator[str]:
    """Yield the members that are shown, and otherwise than they are given."""
    for name, value in given.items():
        if name in seen and not is_like(value, seen[name]):
            yield name


def is_like(given: Any, seen: Any) -> bool:
    """Whether something given is what is shown, where members that were not given have whatever value they have."""
    if isinstance(given, Mapping) and isinstance(seen, Mapping):
        return not any(differing(given, seen))
    if isinstance(given, list) and isinstance(seen, list):
        return len(given) == len(seen) and all(map(is_like, given, seen))
    if isinstance(given, str) and isinstance(seen, str):
        return given == seen or _meant(given) == _meant(seen)
    return bool(given == seen) or _meant(str(given)) == _meant(str(seen))


def _meant(text: str) -> Decimal | datetime | str:
    """Give the number or instant that a text says, which can be written in more than one way, or else the text."""
    try:
        return Decimal(text)
    except InvalidOperation:
        pass
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return text.casefold()
    return instant if instant.tzinfo else text
