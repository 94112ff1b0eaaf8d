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
everything, faculty the partners whose engagements they lead, everybody else the things of their own organisation;
the rest is not there for them (404).
"""


def write_or_check(*, verify: bool) -> int:
    """Write the page, or only say whether it is up to date; gives an exit code."""
    page = written()
    if not verify:
        TABLE.write_text(page, encoding="utf-8")
    elif not TABLE.exists() or TABLE.read_text(encoding="utf-8") != page:
        print("docs/roles.md is not what the routes say: run `./partnerships roles`")
        return 1
    return 0


def written() -> str:
    """The page as the routes say it."""
    roles = " | ".join(role.replace("_", " ") for role in Role)
    heading = f"\n| | operation | {roles} |\n|---|---|{':-:|' * len(Role)}\n"
    return HEAD + heading + "".join(f"{row}\n" for route in routes() for row in _rows(route))


def routes() -> Iterator[Route]:
    """Give every route of the gateway."""
    for module in iter_modules(gateway.routes.__path__, "gateway.routes."):
        yield from import_module(module.name).ROUTES


def _rows(route: Route) -> Iterator[str]:
    """A row for each thing one can ask: for a transition, one for each state."""
    may = " | ".join("yes" if role in route.roles else "" for role in Role)
    request = f"`{route.method} {route.path}`"
    for to, operation in route.transitions.items():
        yield f"| {request} to `{to}` | `{operation}` | {may} |"
    if not route.transitions:
        yield f"| {request} | {', '.join(f'`{operation}`' for operation in route.operations)} | {may} |"
