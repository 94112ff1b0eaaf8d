"""The gateway and its events described to whoever asks, answered without a worker: `/v1`, its documents, `/docs`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from swagger_ui_bundle import swagger_ui_path
from werkzeug.wrappers import Response

from chassis.domain.faults import Fault
from gateway import contracts
from gateway.http.request import ClientRequest
from gateway.openapi.notices import ASYNCAPI, DOCS, FILES, JSON, OPENAPI, SCHEMA_TYPE, SCHEMAS

POLICY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
}
"""Nothing from elsewhere, and no script or style but the files below; the bundle draws its icons as `data:`."""
_ASK_AGAIN = {"Cache-Control": "no-cache"}
_LINKS = ", ".join(
    (
        f'<{OPENAPI.path}>; rel="service-desc"',
        f'<{ASYNCAPI.path}>; rel="service-desc"',
        f'<{DOCS.path}>; rel="service-doc"',
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


@dataclass(frozen=True, kw_only=True, eq=False)  # werkzeug keeps them in a dictionary
class Text:
    """Answers the same to everybody, until the gateway starts anew."""

    content: bytes
    content_type: str
    headers: Mapping[str, str] = field(default_factory=dict)

    def handle_request(self, request: ClientRequest) -> Response:
        """Give it, or 304 to who has it."""
        response = Response(self.content, content_type=self.content_type, headers={**_ASK_AGAIN, **self.headers})
        response.add_etag()
        return response.make_conditional(request.environ)


class Start:
    """Says where the rest is described, as RFC 8631 has it."""

    def handle_request(self, request: ClientRequest) -> Response:
        """Say so."""
        found = {"service_desc": OPENAPI.path, "events_desc": ASYNCAPI.path, "service_doc": DOCS.path}
        return Response(orjson.dumps(found), content_type=JSON, headers={"Link": _LINKS})


class Texts:
    """Gives the text that the last part of the path names."""

    def __init__(self, texts: Mapping[str, Text], *, part: str) -> None:
        """`part` is what the rule calls it."""
        self._texts, self._part = texts, part

    def handle_request(self, request: ClientRequest) -> Response:
        """Give the one asked for; raises Fault `not_found`."""
        text = self._texts.get(request.path_values[self._part])
        if text is None:
            raise Fault(kind="not_found", code="no_such_path", message="There is no such path here")
        return text.handle_request(request)


def files() -> Texts:
    """Give the files that the page consists of."""
    own = {"start.js": _START.encode()}
    read = {name: own.get(name) or (swagger_ui_path / name).read_bytes() for name in FILES}
    texts = {name: Text(content=content, content_type=FILES[name], headers=POLICY) for name, content in read.items()}
    return Texts(texts, part="file")


def schemas() -> Texts:
    """Give the schemas of the events that may leave the platform, and of no other."""
    written = {name: orjson.dumps(schema) for name, schema in SCHEMAS.items()}
    texts = {name: Text(content=content, content_type=SCHEMA_TYPE) for name, content in written.items()}
    return Texts(texts, part="type")


def asyncapi() -> Text:
    """Give the document of those events."""
    return Text(content=contracts.asyncapi(), content_type=JSON)


def openapi(document: Mapping[str, Any]) -> Text:
    """Give the document."""
    return Text(content=orjson.dumps(document), content_type=JSON)


def page() -> Text:
    """Give the page that shows it."""
    return Text(content=_HTML.encode(), content_type="text/html; charset=utf-8", headers=POLICY)
