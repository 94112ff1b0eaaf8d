"""The schemas of request bodies and of aggregated pages, which no contract has."""

from dev.generated.openapi.components import reference
from dev.generated.openapi.route_description import RouteDescription, pascal, title
from gateway.contracts import Contract, JsonSchema

_TEXT = {"type": "string"}
_MISSING = {
    "type": "object",
    "properties": {"part": _TEXT, "code": _TEXT, "detail": _TEXT},
    "required": ["part", "code", "detail"],
}


def schemas(described: RouteDescription) -> dict[str, JsonSchema]:
    """Return the named schemas of a route that are not in its contracts: those of its bodies, or of its page."""
    if described.route.aggregates:
        return {pascal(described.name): _page(described)}
    if described.route.method == "GET":
        return {}
    bodies = {title(each): _members_in_body(described, chosen, each) for chosen, each in described.contracts.items()}
    return bodies | ({pascal(described.name): _choice(described)} if described.route.transitions else {})


def _choice(described: RouteDescription) -> JsonSchema:
    references = {chosen: reference("schemas", title(each)) for chosen, each in described.contracts.items()}
    mapping = {chosen: each["$ref"] for chosen, each in references.items()}
    discriminator = {"propertyName": described.route.choice, "mapping": mapping}
    return {"oneOf": [*references.values()], "discriminator": discriminator}


def _page(described: RouteDescription) -> JsonSchema:
    parts = {part: {"anyOf": [_first_page(each), {"type": "null"}]} for part, each in described.contracts.items()}
    named = {"type": "array", "items": _MISSING}
    members = {**parts, "missing": named, "withheld": named}
    text = (
        "The answers of several services; a part is null when its service is down, and `missing` says why, "
        "or when it is not for who asks to see, and `withheld` says that."
    )
    return {"description": text, "type": "object", "properties": members, "required": [*members]}


def _members_in_body(described: RouteDescription, chosen: str, contract: Contract) -> JsonSchema:
    choice = {described.route.choice: {"const": chosen}} if described.route.transitions else {}
    members = choice | described.members(contract)
    required = [*choice, *(name for name in members if contract.requires(name))]
    return {**contract.request, "properties": members, "required": required}


def _first_page(contract: Contract) -> JsonSchema:
    """Return the schema of a part; a list is its first page, and whether there is more of it."""
    if not contract.response_has("next_cursor"):
        return contract.response
    members = {"items": contract.response_schema["properties"]["items"], "more": {"type": "boolean"}}
    return {"type": "object", "properties": members, "required": [*members]}
