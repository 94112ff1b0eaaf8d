"""Domain errors: each class is named for the rule that was broken.

DomainError
├── Invalid      the request is well formed and breaks a rule     its fields say where
│   └── UnknownReference   it names what is not on record here
│       └── PerhapsNotKnownYet   or whose event is on its way
├── NotFound     it does not exist, or not for this caller
│   └── Gone     it was for this caller, and is no longer
├── Forbidden    the caller may see it but not do this
└── Conflict     its state does not allow it
    └── Stale    the caller has seen an older version
"""

import re
from collections.abc import Sequence
from typing import ClassVar, Self, TypedDict


def in_snake_case(name: str) -> str:
    """Return the name of a class as a code."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


class FieldError(TypedDict):
    """One wrong field: where it is (RFC 6901 pointer), a code, and what would be right."""

    pointer: str
    code: str
    detail: str


class DomainError(Exception):
    """A rule of the domain refused what was asked."""

    kind: ClassVar[str] = "conflict"

    def __init__(self, message: str | None = None, *, fields: Sequence[FieldError] = ()) -> None:
        """The message defaults to the first line of the class's docstring."""
        super().__init__(message or (type(self).__doc__ or "").strip().partition("\n")[0])
        self.fields = tuple(fields)

    @property
    def code(self) -> str:
        """The class's name in snake case: stable, part of the published language."""
        return in_snake_case(type(self).__name__)


class Invalid(DomainError):
    """The request is well formed and breaks a rule."""

    kind = "invalid"

    @classmethod
    def at(cls, pointer: str, code: str, detail: str) -> Self:
        """Make an error about one field; `detail` says what would be right."""
        return cls(detail, fields=[FieldError(pointer=pointer, code=code, detail=detail)])


class UnknownReference(Invalid):
    """What is named is not on record here."""


class PerhapsNotKnownYet(UnknownReference):
    """What is named is not known here, or not yet: the event that tells of it may be on its way."""

    code = "unknown_reference"


class NotFound(DomainError):
    """There is no such thing."""

    kind = "not_found"


class Gone(NotFound):
    """It was for this caller, and is no longer."""

    kind = "gone"


class Forbidden(DomainError):
    """This caller may not do this."""

    kind = "forbidden"


class Conflict(DomainError):
    """The present state does not allow it."""

    kind = "conflict"


class Stale(Conflict):
    """Somebody has changed it since: read it again."""

    kind = "stale"


class Unavailable(Exception):
    """What this takes is not at hand now: asked again later, it may be."""

    def __init__(self) -> None:
        """Say the first line of the class's docstring."""
        super().__init__((type(self).__doc__ or "").strip().partition("\n")[0])

    @property
    def code(self) -> str:
        """The class's name in snake case."""
        return in_snake_case(type(self).__name__)


class NotYetKnown(Exception):
    """A reaction needs a fact that another event will bring: it is retried later."""


class Superseded(Exception):
    """A later event about the same subject was processed before this one: there is nothing left to do."""
