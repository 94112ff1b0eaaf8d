"""The endpoints that need no token, as OpenAPI describes them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from chassis.messaging.envelope import SCHEMA_PATH
from dev.generated.openapi import components
from gateway import contracts, docs
from gateway.docs import FILES, JSON, SCHEMA_TYPE

MALFORMED = frozenset({"malformed", "uri_too_long", "headers_too_large", "too_fast"})
_OBJECT = {"type": "object"}


@dataclass(frozen=True, kw_only=True)
class PublicEndpoint:
    """One path that anybody can read without a token."""

    path: str
    name: str
    summary: str
    content: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: {JSON: _OBJECT})
    """The possible content types, each with its schema."""
    parameters: tuple[Mapping[str, Any], ...] = ()
    headers: tuple[str, ...] = ()
    errors: frozenset[str] = MALFORMED
    status: HTTPStatus = HTTPStatus.OK

    def operation(self) -> dict[str, Any]:
        """Return the Operation Object."""
        answer = {
            "description": f"{self.status.phrase}.",
            "headers": components.headers(*self.headers),
            "content": {content_type: {"schema": schema} for content_type, schema in self.content.items()},
        }
        cacheable = "ETag" in self.headers
        named = [*components.EVERY_REQUEST, *(components.READS if cacheable else ())]
        unchanged = {"304": components.reference("responses", components.NOT_MODIFIED)} if cacheable else {}
        return {
            "operationId": self.name,
            "tags": ["platform"],
            "summary": self.summary,
            "security": [],
            "parameters": [*self.parameters, *(components.reference("parameters", name) for name in named)],
            "responses": {str(self.status.value): answer} | unchanged | components.problem_responses(self.errors),
            "x-roles": [],
            "x-codeSamples": [{"lang": "Shell", "label": "curl", "source": f'curl "$GATEWAY{self._example}"'}],
        }

    @property
    def _example(self) -> str:
        path = self.path
        for each in self.parameters:
            path = path.replace(f"{{{each['name']}}}", each["schema"]["enum"][0])
        return path


def _in_path(name: str, values: Iterable[str]) -> Mapping[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "enum": [*values]}}


_TEXTS = {content_type: {"type": "string"} for content_type in sorted(set(FILES.values()))}


def public_endpoints() -> tuple[PublicEndpoint, ...]:
    """Return all of them, in the order of the document."""
    return (LIVEZ, READYZ, ROOT, INDEX, OPENAPI, ASYNCAPI, _event_schemas(), DOCS, DOCS_FILE)


LIVEZ = PublicEndpoint(path="/livez", name="livez", summary="Check that the gateway process is alive")
READYZ = PublicEndpoint(
    path="/readyz",
    name="readyz",
    summary="Check that every service answers",
    errors=MALFORMED | {"unavailable", "broken"},
)
ROOT = PublicEndpoint(
    path=docs.ROOT_PATH,
    name="root",
    summary="Redirect a browser to this API description",
    content={},
    headers=("Location",),
    status=HTTPStatus.FOUND,
)
INDEX = PublicEndpoint(path=docs.INDEX_PATH, name="index", summary="List the API descriptions", headers=("Link",))
OPENAPI = PublicEndpoint(path=docs.OPENAPI_PATH, name="openapi", summary="Get this API description", headers=("ETag",))
ASYNCAPI = PublicEndpoint(
    path=docs.ASYNCAPI_PATH, name="asyncapi", summary="Get the AsyncAPI description of the events", headers=("ETag",)
)
DOCS = PublicEndpoint(
    path=docs.DOCS_PATH,
    name="docs",
    summary="Read this API description in a browser",
    content={"text/html": {"type": "string"}},
    headers=("ETag",),
)
DOCS_FILE = PublicEndpoint(
    path=f"{docs.DOCS_PATH}/{{file}}",
    name="docs_file",
    summary="Get a file of the documentation page",
    content=_TEXTS,
    parameters=(_in_path("file", FILES),),
    headers=("ETag",),
    errors=MALFORMED | {"not_found"},
)


def _event_schemas() -> PublicEndpoint:
    return PublicEndpoint(
        path=SCHEMA_PATH + "{type}",
        name="event_schema",
        summary="Get the JSON Schema of an event, as its `dataschema` names it",
        content={SCHEMA_TYPE: _OBJECT},
        parameters=(_in_path("type", contracts.public_events()),),
        headers=("ETag",),
        errors=MALFORMED | {"not_found"},
    )
