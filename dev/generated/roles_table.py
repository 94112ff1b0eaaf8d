"""docs/roles.md: who may do what, written from the routes of the gateway."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

import gateway.routes
from cli.local.process import REPOSITORY
from gateway.auth import Role
from gateway.endpoints.route import Route

TABLE = REPOSITORY / "docs" / "roles.md"
HEAD = """# Who may do what

Written by `./partnerships roles` from the routes of the gateway: change the routes, not this page. What no
row allows is refused (403). What a caller may do, they may do to what they see: the institute and auditors see
everything, faculty the partners whose engagements they lead (after one is closed for `ACCESS_AFTER_END_DAYS` more),
everybody else the things of their own organisation;
the rest is not there for them (404). Who holds several roles sees, in each operation, what those of them see that
allow it. Roles of the institute, faculty and auditors are held for `*`, the others for one organisation; a token that
says otherwise is refused (401). An inquiry (`POST /v1/inquiries`) is made without a token.
"""


def written() -> str:
    """Give the page, made from the routes."""
    roles = " | ".join(role.replace("_", " ") for role in Role)
    heading = f"\n| | operation | {roles} |\n|---|---|{':-:|' * len(Role)}\n"
    return HEAD + heading + "".join(f"{row}\n" for route in routes() for row in _rows(route))


def routes() -> Iterator[Route]:
    """Give every route of the gateway."""
    for module in iter_modules(gateway.routes.__path__, "gateway.routes."):
        yield from import_module(module.name).ROUTES


def _rows(route: Route) -> Iterator[str]:
    """A row for each operation of a route; a route of transitions has one for each state."""
    may = " | ".join("yes" if role in route.roles else "" for role in Role)
    request = f"`{route.method} {route.path}`"
    for to, operation in route.transitions.items():
        yield f"| {request} to `{to}` | `{operation}` | {may} |"
    if not route.transitions:
        yield f"| {request} | {', '.join(f'`{operation}`' for operation in route.operations)} | {may} |"
