"""Errors as data: the one shape in which a refusal crosses the wire."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from chassis.domain.errors import DomainError, FieldError


@dataclass(kw_only=True, eq=False)  # not frozen: contextlib sets the traceback of what passes through
class Fault(Exception):
    """What went wrong in another process, told without its classes.

    `kind` decides the HTTP status: `invalid, reused, not_found, forbidden, conflict, stale` are
    the domain's; `unavailable` and `late` are passing; `broken` is ours to mend.
    """

    kind: str
    code: str
    message: str
    fields: tuple[FieldError, ...] = ()

    def __str__(self) -> str:
        return self.message

    def as_data(self) -> dict[str, Any]:
        """Write the fault as it crosses the wire."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Fault":
        """Read a fault that came over the wire."""
        return cls(
            kind=data["kind"], code=data["code"], message=data["message"], fields=tuple(data.get("fields") or ())
        )

    @classmethod
    def from_error(cls, error: DomainError) -> "Fault":
        """Tell a broken rule of the domain."""
        return cls(kind=error.kind, code=error.code, message=str(error), fields=error.fields)
