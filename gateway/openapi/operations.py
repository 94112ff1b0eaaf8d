"""One route as OpenAPI describes it: what it takes, what it gives, and how it refuses."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gateway.openapi import parts
from gateway.openapi.contracts import Contract, JsonSchema
from gateway.openapi.parts import headers, reference
from gateway.openapi.samples import samples
from gateway.route import Route

_TEXT = {"type": "string"}
_MISSING = {
    "type": "object",
    "properties": {"part": _TEXT, "code": _TEXT, "detail": _TEXT},
    "required": ["part", "code", "detail"],
}
CONTENT_TYPES = {"POST": ("application/json",), "PATCH": ("application/json", "application/merge-patch+json")}


def path_of(route: Route) -> str:
    """Give its path as OpenAPI writes it."""
    return re.sub(r"<([a-z_]+)>", r"{\1}", route.path)


@dataclass(frozen=True, kw_only=True)
class Described:
    """A route, the contracts of what it asks by its choices or its parts, and the tag it is listed under."""

    route: Route
    contracts: Mapping[str, Contract]
    tag: str

    @property
    def contract(self) -> Contract:
        """The contract of its operation; of a resource's transitions, which answer alike, the first."""
        return next(iter(self.contracts.values()))

    @property
    def name(self) -> str:
        """The operation as clients call it: the service's own name for it, `move_…` for transitions, or the path's."""
        service, _, operation = self.contract.title.partition(".")
        thing = self.in_path[-1].removesuffix("_id") if self.in_path else ""
        if self.route.gathers:
            return "_".join(filter(None, ("show", thing, self.route.path.rpartition("/")[2])))
        done = "move" if self.route.choice == "to" else self.route.choice
        return f"{service}_{done}_{thing}" if self.route.moves else f"{service}_{operation}"

    @property
    def in_path(self) -> list[str]:
        """What stands in its path."""
        return re.findall(r"<([a-z_]+)>", self.route.path)

    def operation(self) -> dict[str, Any]:
        """Give the operation object."""
        said = {
            "operationId": self.name,
            "tags": [self.tag],
            **self._summary(),
            "parameters": self._parameters(),
            "requestBody": self._body(),
            "responses": self._answer() | parts.refusals(self.route.errors),
            "x-roles": sorted(self.route.roles),
            "x-codeSamples": samples(self),
        }
        return {name: value for name, value in said.items() if value}

    def schemas(self) -> dict[str, JsonSchema]:
        """Give the named schemas that it needs beside those of its contracts: of its bodies, or of its page."""
        if self.route.gathers:
            return {_pascal(self.name): self._page()}
        if self.route.method == "GET":
            return {}
        bodies = {_title(each): self._members_in_body(chosen, each) for chosen, each in self.contracts.items()}
        return bodies | ({_pascal(self.name): self._choice()} if self.route.moves else {})

    def members(self, contract: Contract) -> dict[str, JsonSchema]:
        """Give what is asked in the query or in the body: what stands neither in the path nor in `If-Match`."""
        elsewhere = {*self.in_path, *(("version",) if self.route.changes_what_was_seen else ())}
        return {name: schema for name, schema in contract.members.items() if name not in elsewhere}

    def _choice(self) -> JsonSchema:
        references = {chosen: reference("schemas", _title(each)) for chosen, each in self.contracts.items()}
        mapping = {chosen: each["$ref"] for chosen, each in references.items()}
        discriminator = {"propertyName": self.route.choice, "mapping": mapping}
        return {"oneOf": [*references.values()], "discriminator": discriminator}

    def _page(self) -> JsonSchema:
        parts = {part: {"anyOf": [_first_page(each), {"type": "null"}]} for part, each in self.contracts.items()}
        members = {**parts, "missing": {"type": "array", "items": _MISSING}}
        said = "What several services answer; a part is null when its service is away, and `missing` says why."
        return {"description": said, "type": "object", "properties": members, "required": [*members]}

    def _summary(self) -> dict[str, str]:
        if self.route.gathers:
            return {"summary": f"In one request: {', '.join(self.contracts)}"}
        if not self.route.moves:
            described = self.contract.asks["description"]
            return {"summary": self.contract.description.rstrip("."), "description": described}
        ways = "\n".join(f"- `{chosen}`: {each.asks['description']}" for chosen, each in self.contracts.items())
        return {"summary": f"Say what becomes of it: {', '.join(self.contracts)}", "description": ways}

    def _parameters(self) -> list[dict[str, Any]]:
        reads = self.route.method == "GET"
        named = [*parts.ALWAYS, *(parts.WHEN_READING if reads else parts.WHEN_CHANGING)]
        named += parts.WHEN_SEEN if self.route.changes_what_was_seen else ()
        in_path = [_parameter("path", name, self.contract.members[name], required=True) for name in self.in_path]
        return [*in_path, *self._in_query(), *(reference("parameters", name) for name in named)]

    def _in_query(self) -> list[dict[str, Any]]:
        if self.route.method != "GET" or self.route.gathers:
            return []
        asked = self.members(self.contract).items()
        return [_parameter("query", name, schema, required=self.contract.needs(name)) for name, schema in asked]

    def _body(self) -> dict[str, Any] | None:
        if self.route.method == "GET":
            return None
        schema = {"schema": reference("schemas", self._body_name())}
        return {"required": True, "content": dict.fromkeys(CONTENT_TYPES[self.route.method], schema)}

    def _body_name(self) -> str:
        return _pascal(self.name) if self.route.moves else _title(self.contract)

    def _members_in_body(self, chosen: str, contract: Contract) -> JsonSchema:
        choice = {self.route.choice: {"const": chosen}} if self.route.moves else {}
        members = choice | self.members(contract)
        required = [*choice, *(name for name in members if contract.needs(name))]
        return {**contract.asks, "properties": members, "required": required}

    def _answer(self) -> dict[str, Any]:
        schema = reference("schemas", _pascal(self.name)) if self.route.gathers else self.contract.answers
        content = {"application/json": {"schema": schema}}
        description = "It is created." if self.route.status == 201 else "It is so."
        unchanged = {"304": reference("responses", parts.NOT_MODIFIED)} if self.route.method == "GET" else {}
        answer = {"description": description, "headers": headers(*self._headers()), "content": content}
        return {str(self.route.status): answer} | unchanged

    def _headers(self) -> Iterator[str]:
        if self.route.method != "GET":
            yield "Idempotent-Replayed"
        if self.route.method == "GET" or self.contract.answers_with("version"):
            yield "ETag"
        if not self.route.gathers and self.contract.answers_with("next_cursor"):
            yield "Link"
        if self.route.status == 201:
            yield "Location"


def _first_page(contract: Contract) -> JsonSchema:
    """A list on a page is its beginning, and whether there is more of it."""
    if not contract.answers_with("next_cursor"):
        return contract.answers
    members = {"items": contract.answer["properties"]["items"], "more": {"type": "boolean"}}
    return {"type": "object", "properties": members, "required": [*members]}


def _parameter(where: str, name: str, schema: JsonSchema, *, required: bool) -> dict[str, Any]:
    if name == "cursor":  # the gateway's own: it seals what the service gives
        schema = {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"}
    return {"name": name, "in": where, "required": required, "schema": schema}


def _title(contract: Contract) -> str:
    return _pascal(contract.title.replace(".", "_"))


def _pascal(name: str) -> str:
    return "".join(word.title() for word in name.split("_"))
