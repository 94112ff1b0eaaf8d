"""A request as the gateway reads it: strictly, and never more of it than it should."""

from typing import Any
from urllib.parse import parse_qsl, quote

from werkzeug.wrappers import Request

from chassis.envelope import Cause
from chassis.faults import Fault
from chassis.refusals import shown
from chassis.tracing import Hop, child_of
from gateway import headers, strict_json

LARGEST_BODY = 1024 * 1024
MOST_PARAMETERS = 50
PROBES = ("/livez", "/readyz")
"""What is asked every few seconds, and belongs to no trace."""


class ClientRequest(Request):
    """A request, and what the gateway has found out about it."""

    path_values: dict[str, str]
    """What stands in the path, by the names its route gives."""
    route: str | None = None
    """The pattern of its path, if there is such a path."""
    subject: str | None = None
    """Who is asking, once that is known."""
    hop: Hop
    """Where in a trace this request is."""

    def __init__(self, environ: dict[str, Any]) -> None:
        """Take the request as the server hands it over."""
        super().__init__(environ)
        self.request_id = headers.request_id(self.headers)
        self.hop = child_of(headers.traceparent(self.headers), followed=self.path not in PROBES)
        # As it came, but for what could do harm in a log.
        self.instance = quote(environ["RAW_PATH_INFO"], safe="/%:@!$&'()*+,;=~")

    def cause(self) -> Cause:
        """Give what everything that comes of this request must carry."""
        return Cause(
            correlation_id=self.request_id,
            actor=self.subject or "anonymous",
            traceparent=self.hop.traceparent,
        )

    def refuse_unless_json_is_welcome(self) -> None:
        """Raise Fault `not_acceptable` when the client would not take the answer."""
        if self.accept_mimetypes and self.accept_mimetypes.best_match(["application/json"]) is None:
            message = f"Accept: application/json is expected; got {shown(self.headers['Accept'])}"
            raise Fault(kind="not_acceptable", code="not_acceptable", message=message)

    def parameters(self) -> dict[str, Any]:
        """Give the query's parameters; raises Fault `malformed` when one comes twice or is not UTF-8."""
        query = self.environ.get("QUERY_STRING", "")
        try:
            pairs = parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS)
        except ValueError:
            raise _malformed("malformed_query", f"At most {MOST_PARAMETERS} parameters in UTF-8 are expected") from None
        parameters: dict[str, Any] = dict(pairs)
        if len(parameters) < len(pairs) or not query.isascii():
            message = f"Each parameter once, percent-encoded, is expected; got {shown(query)}"
            raise _malformed("malformed_query", message)
        return parameters | {"limit": _number(parameters["limit"])} if "limit" in parameters else parameters

    def body(self) -> dict[str, Any]:
        """Give the object in the body; raises Fault `unsupported`, `too_large` or `malformed`."""
        headers.refuse_other_than_json(self.headers, or_merge_patch=self.method == "PATCH")
        if (self.content_length or 0) > LARGEST_BODY:
            raise _too_large()
        try:
            # Not werkzeug's stream, which takes a chunked body for an empty one.
            body = self.environ["wsgi.input"].read(LARGEST_BODY + 1)
        except (ValueError, OSError):
            raise _malformed("malformed_body", "The body broke off") from None
        if len(body) > LARGEST_BODY:
            raise _too_large()
        return strict_json.read(body)


def _number(text: str) -> int | str:
    """`limit` is the one parameter that is no text; what is no number is left for the service to refuse."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else text


def _too_large() -> Fault:
    return Fault(kind="too_large", code="body_too_large", message=f"At most {LARGEST_BODY} bytes are expected")


def _malformed(code: str, message: str) -> Fault:
    return Fault(kind="malformed", code=code, message=message)
