"""One route as OpenAPI describes it: what it takes, what it gives, and how it refuses."""

from collections.abc import Iterator
from typing import Any

from gateway.contracts import JsonSchema
from gateway.openapi import parts
from gateway.openapi.described import Described, pascal
from gateway.openapi.parts import headers, reference
from gateway.openapi.samples import samples

CONTENT_TYPES = {"POST": ("application/json",), "PATCH": ("application/json", "application/merge-patch+json")}


def operation(described: Described) -> dict[str, Any]:
    """Give the operation object."""
    said = {
        "operationId": described.name,
        "tags": [described.tag],
        **_summary(described),
        "parameters": _parameters(described),
        "requestBody": _body(described),
        "responses": _answer(described) | parts.refusals(described.route.errors),
        "x-roles": sorted(described.route.roles),
        "x-codeSamples": samples(described),
    }
    return {name: value for name, value in said.items() if value}


def _summary(described: Described) -> dict[str, str]:
    if described.route.gathers:
        return {"summary": described.route.summary, "description": f"Contains {', '.join(described.contracts)}."}
    if not described.route.moves:
        contract = described.contract
        return {"summary": contract.description.rstrip("."), "description": contract.asks["description"]}
    ways = "\n".join(f"- `{chosen}`: {each.asks['description']}" for chosen, each in described.contracts.items())
    return {"summary": described.route.summary, "description": ways}


def _parameters(described: Described) -> list[dict[str, Any]]:
    reads = described.route.method == "GET"
    named = [*parts.ALWAYS, *(parts.WHEN_READING if reads else parts.WHEN_CHANGING)]
    named += parts.WHEN_SEEN if described.route.changes_what_was_seen else ()
    in_path = [_parameter("path", name, described.contract.members[name], required=True) for name in described.in_path]
    return [*in_path, *_in_query(described), *(reference("parameters", name) for name in named)]


def _in_query(described: Described) -> list[dict[str, Any]]:
    if described.route.method != "GET" or described.route.gathers:
        return []
    asked = described.members(described.contract).items()
    return [_parameter("query", name, schema, required=described.contract.needs(name)) for name, schema in asked]


def _body(described: Described) -> dict[str, Any] | None:
    if described.route.method == "GET":
        return None
    schema = {"schema": reference("schemas", described.body)}
    return {"required": True, "content": dict.fromkeys(CONTENT_TYPES[described.route.method], schema)}


def _answer(described: Described) -> dict[str, Any]:
    schema = reference("schemas", pascal(described.name)) if described.route.gathers else described.contract.answers
    content = {"application/json": {"schema": schema}}
    description = _description(described)
    unchanged = {"304": reference("responses", parts.NOT_MODIFIED)} if described.route.method == "GET" else {}
    answer = {"description": description, "headers": headers(*_headers(described)), "content": content}
    return {str(described.route.status): answer} | unchanged


def _description(described: Described) -> str:
    if described.route.status == 201:
        return "Created: the new resource."
    if described.route.gathers:
        return "OK: the aggregated answers."
    return (
        "OK: one page of the list."
        if described.contract.answers_with("next_cursor")
        else "OK: the resource as it is now."
    )


def _headers(described: Described) -> Iterator[str]:
    if described.route.method != "GET":
        yield "Idempotent-Replayed"
    if described.route.method == "GET" or described.contract.answers_with("version"):
        yield "ETag"
    if not described.route.gathers and described.contract.answers_with("next_cursor"):
        yield "Link"
    if described.route.status == 201:
        yield "Location"


def _parameter(where: str, name: str, schema: JsonSchema, *, required: bool) -> dict[str, Any]:
    if name == "cursor":  # the gateway's own: it seals what the service gives
        schema = {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"}
    return {"name": name, "in": where, "required": required, "schema": schema}
