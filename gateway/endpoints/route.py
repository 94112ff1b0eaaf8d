"""A route: what one method on one path does, for whom, and with which refusals."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gateway.auth import Role
from gateway.http.problems import KINDS

TRANSPORT = frozenset({"malformed", "not_acceptable", "uri_too_long", "headers_too_large"})
PASSING = frozenset({"too_fast", "unavailable", "late", "broken"})
LISTING = TRANSPORT | PASSING | {"unauthenticated", "forbidden", "too_fast", "wrong_parameter"}
SHOWING = LISTING | {"not_found"}
CREATING = LISTING | {"too_large", "slow", "unsupported", "invalid", "reused", "conflict"}
ADDING = CREATING | {"not_found"}
"""What creates a part of something that may not be there."""
CHANGING = ADDING | {"stale", "unconditional"}


class InvalidRoute(ValueError):
    """A route says for whom it is and how it refuses, in words there are."""


@dataclass(frozen=True)
class Route:
    """What one method on one path does, for whom, and which kinds of errors (`gateway.http.problems`) it can end with.

    `asks` is the operation, as `service.operation`. A resource's transitions have `moves`
    instead: what is asked for in the member `choice`, and the operation that leads there. A page
    `gathers` the answers of several operations, by the names of its parts. Names in the path are the
    operation's own; what the query or the body holds is handed on to it as it is.
    """

    method: str
    path: str
    roles: frozenset[Role]
    errors: frozenset[str]
    asks: str = ""
    moves: Mapping[str, str] = field(default_factory=dict)
    choice: str = "to"
    gathers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    summary: str = ""
    """For the API description; a route with a single operation takes that of its contract."""

    def __post_init__(self) -> None:
        """Raise InvalidRoute for one that would be open to nobody, or would refuse in a way nobody documents."""
        self._must_name("roles", self.roles, among=frozenset(Role))
        self._must_name("errors", self.errors, among=frozenset(KINDS))

    @property
    def named(self) -> Mapping[str, str]:
        """Every operation a request on this route can lead to, by what is chosen, or by the part of the page."""
        return self.moves or self.gathers or {"": self.asks}

    @property
    def operations(self) -> tuple[str, ...]:
        """The same without their names."""
        return tuple(self.named.values())

    @property
    def changed(self) -> str:
        """The path of what a request on this route changes; a move is made below it."""
        return self.path.rpartition("/")[0] if self.moves else self.path

    @property
    def changes_what_was_seen(self) -> bool:
        """Whether a client must say, by `If-Match`, which version it wants to change."""
        return bool(self.moves) or self.method == "PATCH"

    def _must_name(self, what: str, named: frozenset[str], *, among: frozenset[str]) -> None:
        unknown = ", ".join(sorted(named - among))
        if unknown or not named:
            expected = f"some of {', '.join(sorted(among))} are expected; got {unknown or 'none'}"
            raise InvalidRoute(f"{self.method} {self.path}: {what}: {expected}")
