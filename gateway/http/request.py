"""A request as the gateway reads it: strictly, and never more of it than it should."""

import re
from collections.abc import Container
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, quote, unquote_to_bytes

from werkzeug.wrappers import Request

from chassis.domain.causation import Cause
from chassis.domain.faults import Fault
from chassis.observability.tracing import Span, child_of
from chassis.schemas.validation import shown
from gateway.http import headers, strict_json

LARGEST_BODY = 1024 * 1024
LARGEST_FORM = 8 * 1024
MOST_PARAMETERS = 50
_CONTROL = re.compile("[\x00-\x1f\x7f]")
_SECRETS = frozenset({"access_token", "api_key", "apikey", "authorization", "key", "token"})
"""Parameters by which people send what lets them in."""
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
    span: Span
    """Where in a trace this request is."""

    def __init__(self, environ: dict[str, Any]) -> None:
        """Take the request as the server hands it over."""
        super().__init__(environ)
        self.request_id = headers.request_id(self.headers)
        self.span = child_of(headers.traceparent(self.headers), sampled=self.path not in PROBES)
        # Spelt in one way, which does no harm in a log: what must not stand there is known by its looks.
        self.instance = quote(self._path, safe="/:@!$&'()*+,;=~")

    @property
    def only_reads(self) -> bool:
        """Whether it changes nothing."""
        return self.method in ("GET", "HEAD")

    def refuse_what_can_be_misread(self) -> None:
        """Raise Fault `malformed` for a path that is no text, and for a secret where it ends up in logs."""
        try:
            path = self._path.decode()
        except UnicodeDecodeError:
            path = "\0"
        if _CONTROL.search(path):
            raise _malformed("malformed_path", "A path in UTF-8 without control characters is expected")
        if path.startswith("//"):  # which werkzeug takes for one
            raise Fault(kind="not_found", code="no_such_path", message="A path begins with one slash")
        if _SECRETS.intersection(self._pairs):
            message = "Who is asking stands in the Authorization header, never in the query; take a new token or key"
            raise _malformed("credential_in_query", message)

    @cached_property
    def _path(self) -> bytes:
        return unquote_to_bytes(self.environ["RAW_PATH_INFO"].encode("latin-1"))

    def cause(self) -> Cause:
        """Give what everything that comes of this request must carry."""
        return Cause(
            correlation_id=self.request_id,
            actor=self.subject or "anonymous",
            traceparent=self.span.traceparent,
        )

    def refuse_unless_json_is_welcome(self) -> None:
        """Raise Fault `not_acceptable` when the client would not take the answer."""
        if self.accept_mimetypes and self.accept_mimetypes.best_match(["application/json"]) is None:
            message = f"Accept: application/json is expected; got {shown(self.headers['Accept'])}"
            raise Fault(kind="not_acceptable", code="not_acceptable", message=message)

    def parameters(self, *, numbers: Container[str] = ()) -> dict[str, Any]:
        """Give the query's parameters; those among `numbers` as whole numbers, if they spell any."""
        return {name: _number(text) if name in numbers else text for name, text in self._pairs.items()}

    @cached_property
    def _pairs(self) -> dict[str, str]:
        """Raises Fault `malformed` when one comes twice, is not UTF-8 or holds what no text holds."""
        query = self.environ.get("QUERY_STRING", "")
        try:
            pairs = parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS)
        except ValueError:
            raise _malformed("malformed_query", f"At most {MOST_PARAMETERS} parameters in UTF-8 are expected") from None
        parameters = dict(pairs)
        if len(parameters) < len(pairs) or not query.isascii() or any(_CONTROL.search(text) for text in sum(pairs, ())):
            message = (
                f"Each parameter once, percent-encoded, without control characters is expected; got {shown(query)}"
            )
            raise _malformed("malformed_query", message)
        return parameters

    def body(self) -> dict[str, Any]:
        """Give the object in the body; raises Fault `unsupported`, `too_large`, `slow` or `malformed`."""
        headers.refuse_other_than_json(self.headers, or_merge_patch=self.method == "PATCH")
        return strict_json.read(self._received())

    def form_fields(self) -> dict[str, str]:
        """Give the fields of the form in the body; raises Fault as `body` does."""
        headers.refuse_other_than_a_form(self.headers)
        try:
            form = self._received(LARGEST_FORM).decode()
            pairs = parse_qsl(form, keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
        except ValueError:
            raise _malformed("malformed_body", "A form in UTF-8 is expected") from None
        return dict(pairs)

    def _received(self, largest: int = LARGEST_BODY) -> bytes:
        if (self.content_length or 0) > largest:
            raise _too_large(largest)
        try:
            # Not werkzeug's stream, which takes a chunked body for an empty one.
            body: bytes = self.environ["wsgi.input"].read(largest + 1)
        except TimeoutError:
            raise Fault(
                kind="slow", code="request_timeout", message="The body did not come to its end in time"
            ) from None
        except (ValueError, OSError):
            raise _malformed("malformed_body", "The body broke off") from None
        if len(body) > largest:
            raise _too_large(largest)
        return body


def _number(text: str) -> int | str:
    """What spells no number is left for the service to refuse."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 20 else text


def _too_large(largest: int) -> Fault:
    return Fault(kind="too_large", code="body_too_large", message=f"At most {largest} bytes are expected")


def _malformed(code: str, message: str) -> Fault:
    return Fault(kind="malformed", code=code, message=message)
