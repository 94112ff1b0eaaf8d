"""The whole document: every route and every notice, and the parts they refer to."""

from collections.abc import Iterable, Mapping
from typing import Any

from gateway import contracts as written
from gateway.endpoints.route import Route
from gateway.openapi import parts, reply_page
from gateway.openapi.bodies import schemas
from gateway.openapi.described import Described
from gateway.openapi.notices import Notice
from gateway.openapi.operations import operation

VERSION = "3.1.0"
TITLE = "Strategic Partnerships Platform"
DESCRIPTION = """Runs an institute's multi-year improvement partnerships.

Reading needs any role and returns what is visible to the caller's organisation; changing needs one of the roles of the
operation (`x-roles`). Unknown members and parameters are refused; responses may get more members in future."""


def document(tables: Mapping[str, Iterable[Route]], notices: Iterable[Notice]) -> dict[str, Any]:
    """Describe the routes of these tables, each listed under the table's name, and these notices.

    Raises MissingContract for an operation without one, and AmbiguousName.
    """
    contracts = written.load()
    described = [_described(route, tag, contracts) for tag, routes in tables.items() for route in routes]
    for_people = written.wanted(contracts, (reply_page.SHOWS, reply_page.ACTS))
    components = parts.components()
    components["schemas"] |= written.parts_of(each for one in described for each in one.contracts.values())
    for one in described:
        components["schemas"] |= schemas(one)
    return {
        "openapi": VERSION,
        "info": {"title": TITLE, "version": "1.0.0", "description": DESCRIPTION},
        "security": [{name: []} for name in parts.SECURITY_SCHEMES],
        "tags": [{"name": tag} for tag in tables],
        "paths": _paths(described) | reply_page.paths(*for_people) | _told(notices),
        "components": components,
    }


def _described(route: Route, tag: str, contracts: Mapping[str, written.Contract]) -> Described:
    found = written.wanted(contracts, route.operations)
    return Described(route=route, contracts=dict(zip(route.named, found, strict=True)), tag=tag)


def _paths(described: Iterable[Described]) -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for each in described:
        paths.setdefault(each.path, {})[each.route.method.lower()] = operation(each)
    return paths


def _told(notices: Iterable[Notice]) -> dict[str, Any]:
    return {notice.path: {"get": notice.operation()} for notice in notices}
