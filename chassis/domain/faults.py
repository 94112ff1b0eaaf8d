"""Faults: errors as data, as they cross the wire between services and the gateway."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from chassis.domain.errors import DomainError, FieldError


@dataclass(kw_only=True, eq=False)  # not frozen: contextlib sets the traceback of what passes through
class Fault(Exception):
    """An error of another process, without its classes.

    `kind` decides the HTTP status: `invalid, reused, not_found, gone, forbidden, conflict, stale` are
    the domain's; `unavailable` and `late` are transient; `broken` is a defect of ours.
    """

    kind: str
    code: str
    message: str
    fields: tuple[FieldError, ...] = ()

    def __str__(self) -> str:
        return self.message

    def as_data(self) -> dict[str, Any]:
        """Give the fault as JSON data."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Fault":
        """Make a fault from JSON data."""
        return cls(
            kind=data["kind"], code=data["code"], message=data["message"], fields=tuple(data.get("fields") or ())
        )

    @classmethod
    def from_error(cls, error: DomainError) -> "Fault":
        """Make a fault from a domain error."""
        return cls(kind=error.kind, code=error.code, message=str(error), fields=error.fields)
