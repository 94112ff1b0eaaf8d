"""What the gateway tells anybody, of itself, as OpenAPI describes it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from chassis.messaging.envelope import SCHEMA_PATH
from gateway import contracts
from gateway.openapi import parts

JSON = "application/json"
SCHEMA_TYPE = "application/schema+json"
MALFORMED = frozenset({"malformed", "uri_too_long", "headers_too_large"})
_OBJECT = {"type": "object"}


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One path, read by anybody without a token."""

    path: str
    name: str
    summary: str
    content: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: {JSON: _OBJECT})
    """Each content type it may have, with its schema."""
    parameters: tuple[Mapping[str, Any], ...] = ()
    headers: tuple[str, ...] = ()
    errors: frozenset[str] = MALFORMED

    @property
    def rule(self) -> str:
        """Its path as the gateway's URL map writes it."""
        return self.path.replace("{", "<").replace("}", ">")

    def operation(self) -> dict[str, Any]:
        """Give the operation object."""
        answer = {
            "description": "OK.",
            "headers": parts.headers(*self.headers),
            "content": {content_type: {"schema": schema} for content_type, schema in self.content.items()},
        }
        kept = "ETag" in self.headers
        named = [*parts.ALWAYS, *(parts.WHEN_READING if kept else ())]
        unchanged = {"304": parts.reference("responses", parts.NOT_MODIFIED)} if kept else {}
        return {
            "operationId": self.name,
            "tags": ["platform"],
            "summary": self.summary,
            "security": [],
            "parameters": [*self.parameters, *(parts.reference("parameters", name) for name in named)],
            "responses": {"200": answer} | unchanged | parts.refusals(self.errors),
            "x-roles": [],
            "x-codeSamples": [{"lang": "Shell", "label": "curl", "source": f'curl "$GATEWAY{self._example}"'}],
        }

    @property
    def _example(self) -> str:
        path = self.path
        for each in self.parameters:
            path = path.replace(f"{{{each['name']}}}", each["schema"]["enum"][0])
        return path


FILES = {
    "swagger-ui.css": "text/css",
    "swagger-ui-bundle.js": "text/javascript",
    "favicon-32x32.png": "image/png",
    "start.js": "text/javascript",
}
"""What `/docs` is made of."""
SCHEMAS = contracts.public_events()
"""The schema of each event that may leave, by the last part of its path."""


def _in_path(name: str, values: Iterable[str]) -> Mapping[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "enum": [*values]}}


_TEXTS = {content_type: {"type": "string"} for content_type in sorted(set(FILES.values()))}
LIVEZ = Notice(path="/livez", name="livez", summary="Check that the gateway process is alive")
READYZ = Notice(
    path="/readyz",
    name="readyz",
    summary="Check that every service answers",
    errors=MALFORMED | {"unavailable", "broken"},
)
START = Notice(path="/v1", name="start", summary="List the descriptions of this API", headers=("Link",))
OPENAPI = Notice(path="/v1/openapi.json", name="openapi", summary="Get this API description", headers=("ETag",))
ASYNCAPI = Notice(
    path="/v1/asyncapi.json", name="asyncapi", summary="Get the AsyncAPI description of the events", headers=("ETag",)
)
SCHEMA = Notice(
    path=SCHEMA_PATH + "{type}",
    name="event_schema",
    summary="Get the JSON Schema of an event, as its `dataschema` names it",
    content={SCHEMA_TYPE: _OBJECT},
    parameters=(_in_path("type", SCHEMAS),),
    headers=("ETag",),
    errors=MALFORMED | {"not_found"},
)
DOCS = Notice(
    path="/docs",
    name="docs",
    summary="Read this API description in a browser",
    content={"text/html": {"type": "string"}},
    headers=("ETag",),
)
DOCS_FILE = Notice(
    path="/docs/{file}",
    name="docs_file",
    summary="Get a file of the documentation page",
    content=_TEXTS,
    parameters=(_in_path("file", FILES),),
    headers=("ETag",),
    errors=MALFORMED | {"not_found"},
)
NOTICES = (LIVEZ, READYZ, START, OPENAPI, ASYNCAPI, SCHEMA, DOCS, DOCS_FILE)
