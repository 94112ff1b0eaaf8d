"""The OpenAPI document: every route, every public endpoint, and the components they refer to."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dev.generated.openapi import components, inquiry_page, reply_page, shown_pages
from dev.generated.openapi.bodies import schemas
from dev.generated.openapi.meanings import describe_members, describe_parameters
from dev.generated.openapi.operations import operation
from dev.generated.openapi.public_endpoints import PublicEndpoint
from dev.generated.openapi.route_description import RouteDescription
from gateway import contracts
from gateway.contracts import Contract, JsonSchema
from gateway.endpoints.route import Route

VERSION = "3.1.0"
FORM = "Form"
"""What the schema of a body is called that has no name of its own, where its members get their meanings."""
TITLE = "Strategic Partnerships Platform"
DESCRIPTION = """Runs an institute's multi-year improvement partnerships.

- **Tokens**: every request under `/v1` needs `Authorization: Bearer <token>`, an access token of the OpenID Connect
  provider of this instance; for a local instance `./partnerships token` prints one. You see what the token's
  organisation may see; each operation names the roles that it is for (`x-roles`). Anybody makes an inquiry, without.
- **Lists** are paged: `next_cursor`, or the link with `rel="next"`, leads to the next. A cursor is good for the same
  filters and order only. By `id`, nothing is skipped or repeated when things come, change or go; see `sort`.
- **Changes** name what was seen: send the `ETag` of the resource as `If-Match`, or its `version`, such as `"3"`.
  Without it the answer is 428; when somebody was faster, 412 with the present `ETag`: read again, and decide anew.
- **Repeats**: a POST or PATCH with an `Idempotency-Key` can be sent again after a timeout, and happens once.
- **History** is entered with `Entered-As: history` by the institute's staff: nobody is told of it as if it were news.
- **Errors** are problem details (RFC 9457): `code` is for programs, `errors` names each wrong member or parameter.
- **Samples** are lines of a shell: `GATEWAY` is the address of this gateway, `TOKEN` a token, `ETAG` such as `'"3"'`.
- **In future** answers may get more members, and lists of values (`x-extensible-enum`) more values: ignore what you do
  not know. What is not known here, in a body or a query, is refused."""


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
    parts = components.all_components()
    parts["schemas"] |= merged_schemas(each for one in described for each in one.contracts.values())
    for one in described:
        parts["schemas"] |= schemas(one)
    return with_meanings(
        {
            "openapi": VERSION,
            "info": {"title": TITLE, "version": "1.0.0", "description": DESCRIPTION},
            "security": [{name: []} for name in components.SECURITY_SCHEMES],
            "tags": [{"name": tag} for tag in tables],
            "paths": _paths(described)
            | reply_page.paths(known)
            | shown_pages.paths(known)
            | inquiry_page.paths(known)
            | {each.path: {"get": each.operation()} for each in public},
            "components": parts,
        }
    )


def with_meanings(document: dict[str, Any]) -> dict[str, Any]:
    """Return the document with what each member and parameter means; raises NoMeaning."""
    own: dict[str, Any] = json.loads(json.dumps(document))  # parts of it are shared, and mean different things
    describe_members(own["components"]["schemas"])
    for item in own["paths"].values():
        describe_parameters(item.get("parameters", []))
        for method in item.keys() - {"parameters"}:
            describe_parameters(item[method].get("parameters", []))
            describe_members({FORM: item[method].get("requestBody", {})})
    return own


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
    found = contracts_of(known, route.operations_by_name.values())
    return RouteDescription(route=route, contracts=dict(zip(route.operations_by_name, found, strict=True)), tag=tag)


def _paths(described: Iterable[RouteDescription]) -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for each in described:
        paths.setdefault(each.path, {})[each.route.method.lower()] = operation(each)
    return paths
