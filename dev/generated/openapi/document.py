"""The OpenAPI document: every route, every public endpoint, and the components they refer to."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dev.generated.openapi import components, reply_page
from dev.generated.openapi.bodies import schemas
from dev.generated.openapi.operations import operation
from dev.generated.openapi.public_endpoints import PublicEndpoint
from dev.generated.openapi.route_description import RouteDescription
from gateway import contracts
from gateway.contracts import Contract, JsonSchema
from gateway.endpoints.route import Route

VERSION = "3.1.0"
TITLE = "Strategic Partnerships Platform"
DESCRIPTION = """Runs an institute's multi-year improvement partnerships.

Reading needs any role and returns what is visible to the caller's organisation; changing needs one of the roles of the
operation (`x-roles`). Unknown members and parameters are refused; responses may get more members in future."""


class MissingContract(LookupError):
    """A route has an operation without a contract."""


class AmbiguousName(ValueError):
    """Two contracts give different schemas the same name."""


def document(tables: Mapping[str, Iterable[Route]], public: Iterable[PublicEndpoint]) -> dict[str, Any]:
    """Describe the routes of these tables, each tagged with the table's name, and the public endpoints.

    Raises MissingContract and AmbiguousName.
    """
    known = contracts.load()
    described = [_describe(route, tag, known) for tag, routes in tables.items() for route in routes]
    page = contracts_of(known, (reply_page.SHOW, reply_page.ANSWER))
    parts = components.all_components()
    parts["schemas"] |= merged_schemas(each for one in described for each in one.contracts.values())
    for one in described:
        parts["schemas"] |= schemas(one)
    return {
        "openapi": VERSION,
        "info": {"title": TITLE, "version": "1.0.0", "description": DESCRIPTION},
        "security": [{name: []} for name in components.SECURITY_SCHEMES],
        "tags": [{"name": tag} for tag in tables],
        "paths": _paths(described)
        | reply_page.paths(*page)
        | {each.path: {"get": each.operation()} for each in public},
        "components": parts,
    }


def contracts_of(known: Mapping[str, Contract], operations: Iterable[str]) -> Iterator[Contract]:
    """Return the contracts of these operations; raises MissingContract."""
    for name in operations:
        if name not in known:
            raise MissingContract(f"contracts/operations/{name}.json is missing: run `./partnerships contracts`")
        yield known[name]


def merged_schemas(several: Iterable[Contract]) -> dict[str, JsonSchema]:
    """Return the named schemas of several contracts; raises AmbiguousName."""
    merged: dict[str, JsonSchema] = {}
    for contract in several:
        for name, schema in contract.schemas.items():
            if merged.setdefault(name, schema) != schema:
                raise AmbiguousName(f"{contract.title}: {name} is something else in another contract")
    return merged


def _describe(route: Route, tag: str, known: Mapping[str, Contract]) -> RouteDescription:
    found = contracts_of(known, route.operations)
    return RouteDescription(route=route, contracts=dict(zip(route.operations_by_name, found, strict=True)), tag=tag)


def _paths(described: Iterable[RouteDescription]) -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for each in described:
        paths.setdefault(each.path, {})[each.route.method.lower()] = operation(each)
    return paths
