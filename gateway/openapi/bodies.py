"""The schemas a route needs beside those of its contracts: of its bodies, or of the page it gathers."""

from gateway.contracts import Contract, JsonSchema
from gateway.openapi.described import Described, pascal, title
from gateway.openapi.parts import reference

_TEXT = {"type": "string"}
_MISSING = {
    "type": "object",
    "properties": {"part": _TEXT, "code": _TEXT, "detail": _TEXT},
    "required": ["part", "code", "detail"],
}


def schemas(described: Described) -> dict[str, JsonSchema]:
    """Give the named schemas that it needs beside those of its contracts: of its bodies, or of its page."""
    if described.route.gathers:
        return {pascal(described.name): _page(described)}
    if described.route.method == "GET":
        return {}
    bodies = {title(each): _members_in_body(described, chosen, each) for chosen, each in described.contracts.items()}
    return bodies | ({pascal(described.name): _choice(described)} if described.route.moves else {})


def _choice(described: Described) -> JsonSchema:
    references = {chosen: reference("schemas", title(each)) for chosen, each in described.contracts.items()}
    mapping = {chosen: each["$ref"] for chosen, each in references.items()}
    discriminator = {"propertyName": described.route.choice, "mapping": mapping}
    return {"oneOf": [*references.values()], "discriminator": discriminator}


def _page(described: Described) -> JsonSchema:
    parts = {part: {"anyOf": [_first_page(each), {"type": "null"}]} for part, each in described.contracts.items()}
    members = {**parts, "missing": {"type": "array", "items": _MISSING}}
    said = "What several services answer; a part is null when its service is away, and `missing` says why."
    return {"description": said, "type": "object", "properties": members, "required": [*members]}


def _members_in_body(described: Described, chosen: str, contract: Contract) -> JsonSchema:
    choice = {described.route.choice: {"const": chosen}} if described.route.moves else {}
    members = choice | described.members(contract)
    required = [*choice, *(name for name in members if contract.needs(name))]
    return {**contract.asks, "properties": members, "required": required}


def _first_page(contract: Contract) -> JsonSchema:
    """A list on a page is its beginning, and whether there is more of it."""
    if not contract.answers_with("next_cursor"):
        return contract.answers
    members = {"items": contract.answer["properties"]["items"], "more": {"type": "boolean"}}
    return {"type": "object", "properties": members, "required": [*members]}
