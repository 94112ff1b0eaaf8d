"""The descriptions of the API and of its events, and the page to read them: answered without a worker."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import orjson
from swagger_ui_bundle import swagger_ui_path
from werkzeug.wrappers import Response

from chassis.domain.faults import Fault
from chassis.messaging.envelope import SCHEMA_PATH
from gateway import contracts
from gateway.http.request import ClientRequest
from gateway.http.responses import without_content

ROOT_PATH, INDEX_PATH, DOCS_PATH = "/", "/v1", "/docs"
OPENAPI_PATH, ASYNCAPI_PATH = "/v1/openapi.json", "/v1/asyncapi.json"
JSON = "application/json"
SCHEMA_TYPE = "application/schema+json"
FILES = {
    "swagger-ui.css": "text/css",
    "swagger-ui-bundle.js": "text/javascript",
    "favicon-32x32.png": "image/png",
    "start.js": "text/javascript",
}
"""The files of the documentation page, with their content types."""
POLICY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
}
"""Only the files above, no inline scripts or styles; the bundle draws its icons as `data:`."""
_REVALIDATE = {"Cache-Control": "no-cache"}
_LINKS = ", ".join(
    (
        f'<{OPENAPI_PATH}>; rel="service-desc"',
        f'<{ASYNCAPI_PATH}>; rel="service-desc"',
        f'<{DOCS_PATH}>; rel="service-doc"',
    )
)
_HTML = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Strategic Partnerships Platform</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
</head>
<body>
<div id="page"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
"""
_START = 'SwaggerUIBundle({url: "/v1/openapi.json", dom_id: "#page", deepLinking: true, validatorUrl: null});\n'


@dataclass(frozen=True, kw_only=True, eq=False)  # hashable by identity, for werkzeug's map
class Document:
    """Answers with the same content until the gateway restarts."""

    content: bytes
    content_type: str
    headers: Mapping[str, str] = field(default_factory=dict)

    def handle_request(self, request: ClientRequest) -> Response:
        """Return the document, or 304 if the client has it."""
        response = Response(self.content, content_type=self.content_type, headers={**_REVALIDATE, **self.headers})
        response.add_etag()
        return response.make_conditional(request.environ)


class Index:
    """Answers with links to the descriptions (RFC 8631)."""

    def handle_request(self, request: ClientRequest) -> Response:
        """Return the links."""
        links = {"service_desc": OPENAPI_PATH, "events_desc": ASYNCAPI_PATH, "service_doc": DOCS_PATH}
        return Response(orjson.dumps(links), content_type=JSON, headers={"Link": _LINKS})


class Root:
    """Redirects from `/` to the page of the API description."""

    def handle_request(self, request: ClientRequest) -> Response:
        """Return the redirect."""
        return without_content(HTTPStatus.FOUND, {"Location": DOCS_PATH})


class Documents:
    """Answers with the document that a part of the path names."""

    def __init__(self, documents: Mapping[str, Document], *, parameter: str) -> None:
        """`parameter` is the name of the part in the rule."""
        self._documents, self._parameter = documents, parameter

    def handle_request(self, request: ClientRequest) -> Response:
        """Return the document; raises Fault `not_found`."""
        document = self._documents.get(request.path_values[self._parameter])
        if document is None:
            raise Fault(kind="not_found", code="no_such_path", message="There is no such path here")
        return document.handle_request(request)


def endpoints() -> Mapping[str, Any]:
    """Read the documents; return the endpoint of each path, in the notation of werkzeug."""
    html = "text/html; charset=utf-8"
    return {
        ROOT_PATH: Root(),
        INDEX_PATH: Index(),
        OPENAPI_PATH: Document(content=contracts.description("openapi"), content_type=JSON),
        ASYNCAPI_PATH: Document(content=contracts.description("asyncapi"), content_type=JSON),
        SCHEMA_PATH + "<type>": Documents(_event_schemas(), parameter="type"),
        DOCS_PATH: Document(content=_HTML.encode(), content_type=html, headers=POLICY),
        f"{DOCS_PATH}/<file>": Documents(_files(), parameter="file"),
    }


def _event_schemas() -> Mapping[str, Document]:
    return {
        name: Document(content=orjson.dumps(schema), content_type=SCHEMA_TYPE)
        for name, schema in contracts.public_events().items()
    }


def _files() -> Mapping[str, Document]:
    own = {"start.js": _START.encode()}
    read = {name: own.get(name) or (swagger_ui_path / name).read_bytes() for name in FILES}
    return {name: Document(content=content, content_type=FILES[name], headers=POLICY) for name, content in read.items()}
