"""A route: which operation a method on a path calls, for which roles, and how it can fail."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gateway.auth import Role
from gateway.http.headers import JSON, SVG

READING = frozenset(
    {
        "malformed",
        "wrong_parameter",
        "uri_too_long",
        "headers_too_large",
        "unauthenticated",
        "forbidden",
        "not_acceptable",
        "too_fast",
        "unavailable",
        "late",
        "broken",
    }
)
"""The kinds of faults (`gateway.http.problems`) that any request can end with."""
WRITING = READING | {"too_large", "slow", "unsupported", "invalid", "reused", "conflict"}
"""Those of a request with a body; what the body names and is not there is `invalid`."""
_OF_TOKENS = frozenset({"unauthenticated"})


PICTURE = "picture"
"""The name, among the operations of a route, of the one that draws."""


class InvalidRoute(ValueError):
    """A route names no role, or one that does not exist."""


@dataclass(frozen=True)
class Route:
    """One method on one path.

    It calls one `operation`, as `service.operation`; or one of several `transitions` of a resource, chosen by the
    member `choice` of the body; or it `aggregates` several queries into one page, by the names of its parts. Names in
    the path are arguments of the operation, and so are the parameters of the query or the members of the body.
    """

    method: str
    path: str
    roles: frozenset[Role]
    operation: str = ""
    transitions: Mapping[str, str] = field(default_factory=dict)
    choice: str = "to"
    aggregates: Mapping[str, str] = field(default_factory=dict)
    by_file: tuple[str, ...] = ()
    """The operations that receive the parts of a file, and that discard it, where the body may be CSV or NDJSON."""
    picture: str = ""
    """The operation that draws the same as a picture, for who accepts SVG; its answer has it as `svg`."""
    is_public: bool = False
    """Whether nobody needs a token for it."""
    creates: bool = True
    """False for a POST of one operation that creates no resource."""
    summary: str = ""
    """For the API description; a route with a single operation takes that of its contract."""

    def __post_init__(self) -> None:
        """Raise InvalidRoute for a route that is open to no known role."""
        unknown = ", ".join(sorted(self.roles - frozenset(Role)))
        if unknown or not self.roles:
            expected = f"some of {', '.join(sorted(Role))} are expected; got {unknown or 'none'}"
            raise InvalidRoute(f"{self.method} {self.path}: roles: {expected}")

    @property
    def operations_by_name(self) -> Mapping[str, str]:
        """Every operation that a request can call, by its transition, by its part of the page, or by nothing."""
        drawn = {PICTURE: self.picture} if self.picture and self.picture != self.operation else {}
        return self.transitions or self.aggregates or {"": self.operation, **drawn}

    @property
    def operations(self) -> tuple[str, ...]:
        """Every operation that a request can call."""
        return (*self.operations_by_name.values(), *self.by_file)

    @property
    def errors(self) -> frozenset[str]:
        """The kinds of faults that a request can end with."""
        kinds = READING if self.method == "GET" else WRITING
        in_path = {"not_found"} if "<" in self.path else set()
        of_tokens = _OF_TOKENS if self.is_public else frozenset()
        return kinds - of_tokens | in_path | ({"stale", "unconditional"} if self.needs_if_match else set())

    @property
    def media_types(self) -> tuple[str, ...]:
        """The types in which a successful response can be had, the one first that is sent if any is accepted."""
        if not self.picture:
            return (JSON,)
        return (SVG,) if self.picture == self.operation else (JSON, SVG)

    @property
    def status(self) -> int:
        """The status of a successful response."""
        return 201 if self.method == "POST" and self.operation and self.creates else 200

    @property
    def resource_path(self) -> str:
        """The path of the resource that a request changes; transitions are below it."""
        return self.path.rpartition("/")[0] if self.transitions else self.path

    @property
    def needs_if_match(self) -> bool:
        """Whether the client must name, in `If-Match`, the version that it wants to change."""
        return bool(self.transitions) or self.method == "PATCH"


def transitions_of(path: str, roles: frozenset[Role], transitions: Mapping[str, str], noun: str) -> Route:
    """Return the route of the transitions of the resource at `path`; `noun` is for the API description."""
    summary = f"Change the state of {noun}"
    return Route("POST", f"{path}/transitions", roles, transitions=transitions, summary=summary)
