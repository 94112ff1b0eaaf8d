"""The complex issues that leaders of an organisation face, by a versioned and open taxonomy."""

from collections.abc import Mapping
from dataclasses import dataclass

OTHER = "other"
"""The issue of an organisation for which the taxonomy has no word: it is named instead."""


class IssueNotNamed(ValueError):
    """What the taxonomy has no word for is named, and what it has a word for is not."""


@dataclass(frozen=True, kw_only=True)
class Issue:
    """One issue that an organisation faces, by the version of the taxonomy that it was said with.

    `named` is what it is called where the taxonomy has no word for it, and null elsewhere. Raises IssueNotNamed.
    """

    issue: str
    named: str | None = None
    taxonomy_version: int

    def __post_init__(self) -> None:
        """Hold to it that exactly the other ones are named."""
        if self.issue == OTHER and self.named is None:
            raise IssueNotNamed(f"What the issue is called is expected where it is {OTHER}")
        if self.issue != OTHER and self.named is not None:
            raise IssueNotNamed(f"Nothing is expected, for only an issue that is {OTHER} is named")

    @property
    def words(self) -> str:
        """Give its code, or what it is called where it has none."""
        return self.named or self.issue


@dataclass(frozen=True, kw_only=True)
class IssueTaxonomy:
    """One version of the list of issues, and what each code means; what is not on it is `other`, and named."""

    version: int
    meanings: Mapping[str, str]

    @property
    def codes(self) -> tuple[str, ...]:
        """Give all that an issue can be called by this version."""
        return (*self.meanings, OTHER)
