"""One route as OpenAPI describes it: parameters, body, responses, roles and samples."""

from collections.abc import Iterator
from typing import Any

from dev.generated.openapi import components
from dev.generated.openapi.components import headers, reference
from dev.generated.openapi.route_description import RouteDescription, pascal
from dev.generated.openapi.samples import samples
from gateway.contracts import Contract, JsonSchema
from gateway.http.headers import SVG
from gateway.http.rows import FORMATS

PICTURE = {"type": "string", "description": "SVG, which runs and fetches nothing."}
CONTENT_TYPES = {"POST": ("application/json",), "PATCH": ("application/json", "application/merge-patch+json")}


def operation(described: RouteDescription) -> dict[str, Any]:
    """Return the Operation Object."""
    members = {
        "operationId": described.name,
        "tags": [described.tag],
        **_summary(described),
        "parameters": _parameters(described),
        "requestBody": _body(described),
        "responses": _success(described) | components.problem_responses(described.route.errors),
        "x-roles": sorted(described.route.roles),
        "x-codeSamples": samples(described),
    }
    public: dict[str, Any] = {"security": [], "x-roles": []} if described.route.is_public else {}
    return {name: value for name, value in members.items() if value} | public


def _summary(described: RouteDescription) -> dict[str, str]:
    if described.route.aggregates:
        return {"summary": described.route.summary, "description": f"Contains {', '.join(described.contracts)}."}
    if not described.route.transitions:
        contract = described.contract
        return in_short_and_whole(contract)
    ways = "\n".join(f"- `{chosen}`: {each.request['description']}" for chosen, each in described.contracts.items())
    return {"summary": described.route.summary, "description": ways}


def in_short_and_whole(contract: Contract) -> dict[str, str]:
    """Return the first paragraph as the summary, and the whole as the description where there is more of it."""
    summary, more, _ = contract.description.partition("\n\n")
    return {"summary": summary.rstrip(".")} | ({"description": contract.description} if more else {})


def _parameters(described: RouteDescription) -> list[dict[str, Any]]:
    reads = described.route.method == "GET"
    named = [*components.EVERY_REQUEST, *(components.READS if reads else components.WRITES)]
    named = [each for each in named if each != components.ENTERED_AS or not described.route.is_public]
    named += components.CONDITIONAL_WRITES if described.route.needs_if_match else ()
    in_path = [_parameter("path", name, described.contract.members[name], required=True) for name in described.in_path]
    return [*in_path, *_in_query(described), *(reference("parameters", name) for name in named)]


def _in_query(described: RouteDescription) -> list[dict[str, Any]]:
    if described.route.method != "GET" or described.route.aggregates:
        return []
    members = described.members(described.contract).items()
    return [_parameter("query", name, schema, required=described.contract.requires(name)) for name, schema in members]


def _body(described: RouteDescription) -> dict[str, Any] | None:
    if described.route.method == "GET":
        return None
    schema = {"schema": reference("schemas", described.body)}
    files = {each: {"schema": {"type": "string"}} for each in FORMATS} if described.route.by_file else {}
    return {"required": True, "content": dict.fromkeys(CONTENT_TYPES[described.route.method], schema) | files}


def _success(described: RouteDescription) -> dict[str, Any]:
    schema = reference("schemas", pascal(described.name)) if described.route.aggregates else described.contract.response
    content = {type: {"schema": PICTURE if type == SVG else schema} for type in described.route.media_types}
    description = _description(described)
    unchanged = {"304": reference("responses", components.NOT_MODIFIED)} if described.route.method == "GET" else {}
    answer = {"description": description, "headers": headers(*_headers(described)), "content": content}
    return {str(described.route.status): answer} | unchanged


def _description(described: RouteDescription) -> str:
    if described.route.status == 201:
        return "Created: the new resource."
    if described.route.aggregates:
        return "OK: the aggregated answers."
    return (
        "OK: one page of the list."
        if described.contract.response_has("next_cursor")
        else "OK: the resource as it is now."
    )


def _headers(described: RouteDescription) -> Iterator[str]:
    if described.route.method != "GET":
        yield "Idempotent-Replayed"
    if described.route.method == "GET" or described.contract.response_has("version"):
        yield "ETag"
    if not described.route.aggregates and described.contract.response_has("next_cursor"):
        yield "Link"
    if described.route.status == 201:
        yield "Location"


def _parameter(where: str, name: str, schema: JsonSchema, *, required: bool) -> dict[str, Any]:
    if name == "cursor":  # the gateway signs the cursors of services
        schema = {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"}
    return {"name": name, "in": where, "required": required, "schema": schema}
