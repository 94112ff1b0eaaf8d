"""One route as OpenAPI describes it: what it takes, what it gives, and how it refuses."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gateway.openapi import parts
from gateway.openapi.contracts import Contract, JsonSchema
from gateway.openapi.parts import headers, reference
from gateway.openapi.samples import samples
from gateway.route import Route

CONTENT_TYPES = {"POST": ("application/json",), "PATCH": ("application/json", "application/merge-patch+json")}


def path_of(route: Route) -> str:
    """Give its path as OpenAPI writes it."""
    return re.sub(r"<([a-z_]+)>", r"{\1}", route.path)


@dataclass(frozen=True, kw_only=True)
class Described:
    """A route, the contracts of what it asks by the state that leads there, and the tag it is listed under."""

    route: Route
    contracts: Mapping[str, Contract]
    tag: str

    @property
    def contract(self) -> Contract:
        """The contract of its operation; of a resource's transitions, which answer alike, the first."""
        return next(iter(self.contracts.values()))

    @property
    def name(self) -> str:
        """The operation as clients call it: the service's own name for it, and `move_…` for transitions."""
        service, _, operation = self.contract.title.partition(".")
        thing = self.in_path[-1].removesuffix("_id") if self.in_path else ""
        return f"{service}_move_{thing}" if self.route.moves else f"{service}_{operation}"

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
        """Give the named schemas that it needs beside those of its contracts: one for each body."""
        if self.route.method == "GET":
            return {}
        bodies = {_title(each): self._members_in_body(state, each) for state, each in self.contracts.items()}
        if not self.route.moves:
            return bodies
        mapping = {state: _reference_to(each)["$ref"] for state, each in self.contracts.items()}
        one_of = [_reference_to(each) for each in self.contracts.values()]
        return bodies | {
            self._body_name(): {"oneOf": one_of, "discriminator": {"propertyName": "to", "mapping": mapping}}
        }

    def members(self, contract: Contract) -> dict[str, JsonSchema]:
        """Give what is asked in the query or in the body: what stands neither in the path nor in `If-Match`."""
        elsewhere = {*self.in_path, *(("version",) if self.route.changes_what_was_seen else ())}
        return {name: schema for name, schema in contract.members.items() if name not in elsewhere}

    def _summary(self) -> dict[str, str]:
        if not self.route.moves:
            described = self.contract.asks["description"]
            return {"summary": self.contract.description.rstrip("."), "description": described}
        ways = "\n".join(f"- `{state}`: {each.asks['description']}" for state, each in self.contracts.items())
        return {"summary": f"Change its state: {', '.join(self.contracts)}", "description": ways}

    def _parameters(self) -> list[dict[str, Any]]:
        named = [*parts.ALWAYS]
        named += parts.WHEN_CHANGING if self.route.method != "GET" else ()
        named += parts.WHEN_SEEN if self.route.changes_what_was_seen else ()
        in_path = [_parameter("path", name, self.contract.members[name], required=True) for name in self.in_path]
        return [*in_path, *self._in_query(), *(reference("parameters", name) for name in named)]

    def _in_query(self) -> list[dict[str, Any]]:
        if self.route.method != "GET":
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

    def _members_in_body(self, state: str, contract: Contract) -> JsonSchema:
        to = {"to": {"const": state}} if self.route.moves else {}
        members = to | self.members(contract)
        required = [*to, *(name for name in members if contract.needs(name))]
        return {**contract.asks, "properties": members, "required": required}

    def _answer(self) -> dict[str, Any]:
        with_it = ["ETag"] if self.contract.answers_with("version") else []
        with_it += ["Location"] if self.route.status == 201 else []
        with_it += ["Link"] if self.contract.answers_with("next_cursor") else []
        content = {"application/json": {"schema": self.contract.answers}}
        description = "It is created." if self.route.status == 201 else "It is so."
        return {str(self.route.status): {"description": description, "headers": headers(*with_it), "content": content}}


def _parameter(where: str, name: str, schema: JsonSchema, *, required: bool) -> dict[str, Any]:
    return {"name": name, "in": where, "required": required, "schema": schema}


def _reference_to(contract: Contract) -> dict[str, str]:
    return reference("schemas", _title(contract))


def _title(contract: Contract) -> str:
    return _pascal(contract.title.replace(".", "_"))


def _pascal(name: str) -> str:
    return "".join(word.title() for word in name.split("_"))
