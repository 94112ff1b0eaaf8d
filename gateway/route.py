"""What one line in a table of routes says."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gateway.auth import Role


@dataclass(frozen=True)
class Route:
    """What one method on one path does, and for whom.

    `asks` is the operation, as `service.operation`. A resource's transitions have `moves`
    instead: what is asked for in the member `choice`, and the operation that leads there. A page
    `gathers` the answers of several operations, by the names of its parts. Names in the path are the
    operation's own; what the query or the body holds is handed on to it as it is.
    """

    method: str
    path: str
    roles: frozenset[Role]
    asks: str = ""
    moves: Mapping[str, str] = field(default_factory=dict)
    choice: str = "to"
    gathers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200

    def __post_init__(self) -> None:
        """Deny by default: raises ValueError for a route that does not say who may."""
        if not self.roles or not self.roles <= set(Role):
            raise ValueError(f"{self.method} {self.path}: roles of gateway.auth.Role are expected; got {self.roles}")

    @property
    def operations(self) -> tuple[str, ...]:
        """Every operation a request on this route can lead to."""
        return tuple(filter(None, (self.asks, *self.moves.values(), *self.gathers.values())))

    @property
    def changes_what_was_seen(self) -> bool:
        """Whether a client must say, by `If-Match`, which version it wants to change."""
        return bool(self.moves) or self.method == "PATCH"
