"""What stands in place of who somebody was once that is erased, and how what was written of them is gone through."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

ERASED: Final = "erased"
"""In place of a name or a text."""
NO_LANGUAGE, NO_ZONE = "und", "UTC"
"""In place of a language (BCP 47: undetermined) and of a time zone."""
IDS = ("id", "person_id")
"""The members by which an object says whom it describes."""


def erased_address(id: str) -> str:
    """Give what stands in place of the address of who has this id: one of its own, where nobody is reached.

    Names under `.example` belong to nobody (RFC 2606, section 2).
    """
    return f"{id.lower()}@{ERASED}.example"


@dataclass(frozen=True, kw_only=True)
class Removal:
    """Goes through what was written and removes who has this id, and `texts`: their names and addresses."""

    id: str
    texts: tuple[str, ...] = ()

    @property
    def patterns(self) -> list[str]:
        """One regular expression for each text, of which the words may stand on several lines."""
        return [r"\s+".join(map(re.escape, text.split())) for text in self.texts if text.strip()]

    def from_text(self, text: str) -> str:
        """Give a text without the names and addresses, wherever they stand as whole words."""
        for pattern in self.patterns:
            text = re.sub(rf"(?<![\w@.]){pattern}(?![\w@])", ERASED, text, flags=re.IGNORECASE)
        return text

    def from_data(self, data: Any, *, is_theirs: bool = False) -> Any:
        """Give JSON data without them: `is_theirs` says that the outermost object describes them, whatever its ids."""
        if isinstance(data, str):
            return self.from_text(data)
        if isinstance(data, list):
            return [self.from_data(each) for each in data]
        if not isinstance(data, Mapping):
            return data
        describes = is_theirs or any(data.get(name) == self.id for name in IDS)
        return {name: self._member(name, value, describes=describes) for name, value in data.items()}

    def _member(self, name: str, value: Any, *, describes: bool) -> Any:
        if describes and name == "name":
            return ERASED
        if describes and ("email" in name or "address" in name):
            return [] if isinstance(value, list) else erased_address(self.id)
        return self.from_data(value)
