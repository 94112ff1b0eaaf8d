"""Requests, parsed strictly and within limits."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, quote, unquote_to_bytes

from werkzeug.datastructures import MIMEAccept
from werkzeug.wrappers import Request

from chassis.domain.causation import Cause
from chassis.domain.faults import Fault
from chassis.observability.tracing import Span, child_of
from chassis.schemas.validation import shown
from gateway.http import headers, strict_json
from gateway.http.client_address import client_address
from gateway.http.concurrency_limit import ConcurrencyLimit

MAX_BODY_BYTES = 1024 * 1024
SMALL_BODY_BYTES = 64 * 1024
_LARGE_BODIES = ConcurrencyLimit(16)
"""Larger bodies that are on their way; all that may be open at once would fill the memory of the process."""
MAX_FORM_BYTES = SMALL_BODY_BYTES
"""5000 characters that somebody writes take up to 12 bytes each in a form."""
MAX_INQUIRY_BYTES = 2 * SMALL_BODY_BYTES
"""5000 characters, and five lines beside them, in the same spelling."""
MAX_PARAMETERS = 50
_COMMON_ACCEPT = (None, "*/*", "application/json")
_BOOLEANS = {"true": True, "false": False}
_UNTYPED: Mapping[str, str] = {}
_CONTROL = re.compile("[\x00-\x1f\x7f]")
_NOT_ENCODED = re.compile("%(?![0-9A-Fa-f]{2})")
_SECRETS = frozenset({"access_token", "api_key", "apikey", "authorization", "key", "token"})
"""Parameters in which clients send credentials, though these belong in a header."""
PROBES = ("/livez", "/readyz")
"""Paths that are polled every few seconds, and are not traced."""


class ClientRequest(Request):
    """A request, with what the gateway has learnt about it."""

    path_values: dict[str, str]
    """The parameters in the path, by their names in the route."""
    route: str | None = None
    """The rule that matched its path, if any."""
    subject: str | None = None
    """The subject of the caller's token, once it is verified."""
    span: Span
    """The span of this request."""
    media_type = headers.JSON
    """The type in which it is answered."""
    entered_as_history = False
    """Whether it puts on record what happened before, and its caller may do so."""
    body_bytes = 0
    """How much of the body was read."""

    def __init__(self, environ: dict[str, Any], *, trusted_proxies: int = 0) -> None:
        """Wrap a WSGI environment; so many proxies in front are believed whose request it is."""
        super().__init__(environ)
        self.address = client_address(environ, trusted_proxies=trusted_proxies)
        self.request_id = headers.request_id(self.headers)
        self.span = child_of(headers.traceparent(self.headers), sampled=self.path not in PROBES)
        # Percent-encoded in one way only, so that the redaction of secrets in logs recognises them.
        self.instance = quote(self._path, safe="/:@!$&'()*+,;=~")

    @property
    def has_credentials(self) -> bool:
        """Whether it shows a token, or what may be one."""
        return "HTTP_AUTHORIZATION" in self.environ

    def end_connection(self) -> None:
        """Have the connection closed behind the answer."""
        self.environ["gateway.end_connection"]()

    @property
    def places(self) -> int:
        """How many places it takes: one, and one more for each whole 64 KiB of its body."""
        return 1 + self.body_bytes // SMALL_BODY_BYTES

    @property
    def is_safe(self) -> bool:
        """Whether its method is safe (RFC 9110, section 9.2.1)."""
        return self.method in ("GET", "HEAD")

    def validate_target(self) -> None:
        """Raise Fault `malformed` for a path that is not UTF-8 text, and for credentials in the query."""
        spelt = self.environ["RAW_PATH_INFO"]
        if _NOT_ENCODED.search(spelt):
            raise _malformed("malformed_path", "A path in which % begins two hexadecimal digits is expected")
        try:
            path = self._path.decode()
        except UnicodeDecodeError:
            path = "\0"
        if _CONTROL.search(path):
            raise _malformed("malformed_path", "A path in UTF-8 without control characters is expected")
        if path.startswith("//") or path.count("/") > spelt.count("/"):  # werkzeug would merge, or divide by, these
            message = "A path begins with one slash, and none of its parts has one"
            raise Fault(kind="not_found", code="no_such_path", message=message)
        if _SECRETS.intersection(self._query):
            message = "Credentials belong in the Authorization header, never in the query; take a new token or key"
            raise _malformed("credential_in_query", message)

    @cached_property
    def _path(self) -> bytes:
        return unquote_to_bytes(self.environ["RAW_PATH_INFO"].encode("latin-1"))

    def cause(self) -> Cause:
        """Return the cause that every consequence of this request carries."""
        return Cause(
            correlation_id=self.request_id,
            actor=self.subject or "anonymous",
            traceparent=self.span.traceparent,
            entered_as_history=self.entered_as_history,
        )

    def choose_media_type(self, spoken: Sequence[str]) -> None:
        """Choose which of the spoken types to send, the first if all are alike; raises Fault `not_acceptable`."""
        self.media_type = spoken[0]
        if self.headers.get("Accept") in _COMMON_ACCEPT and headers.JSON in spoken:  # parsing costs more than the rest
            return
        accepted = MIMEAccept([(headers.media_type(each), quality) for each, quality in self.accept_mimetypes])
        best = accepted.best_match(spoken) if accepted else spoken[0]
        if best is None:
            message = f"Accept: {' or '.join(spoken)} is expected; got {shown(self.headers['Accept'])}"
            raise Fault(kind="not_acceptable", code="not_acceptable", message=message)
        self.media_type = best

    def parameters(self, *, types: Mapping[str, str] = _UNTYPED) -> dict[str, Any]:
        """Return the parameters of the query, those with a JSON type converted to it where possible."""
        return {name: _converted(text, to=types.get(name)) for name, text in self._query.items()}

    @cached_property
    def _query(self) -> dict[str, str]:
        """The parameters; raises Fault `malformed` for a repeated one, invalid UTF-8 or control characters."""
        query = self.environ.get("QUERY_STRING", "")
        try:
            pairs = parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=MAX_PARAMETERS)
        except ValueError:
            raise _malformed("malformed_query", f"At most {MAX_PARAMETERS} parameters in UTF-8 are expected") from None
        parameters = dict(pairs)
        if len(parameters) < len(pairs) or not query.isascii() or any(_CONTROL.search(text) for text in sum(pairs, ())):
            message = (
                f"Each parameter once, percent-encoded, without control characters is expected; got {shown(query)}"
            )
            raise _malformed("malformed_query", message)
        return parameters

    def body(self, limit: int = MAX_BODY_BYTES) -> dict[str, Any]:
        """Return the JSON object in the body; raises Fault `unsupported`, `too_large`, `slow` or `malformed`."""
        headers.require_json(self.headers, or_merge_patch=self.method == "PATCH")
        return strict_json.read(self._read_body(limit))

    def chunks(self, limit: int, *, otherwise: Fault) -> Iterator[bytes]:
        """Yield the body piece by piece; raises `otherwise` if it is longer, at once where its length is known.

        Raises Fault `unsupported`, `slow` or `malformed`, too.
        """
        headers.require_no_encoding(self.headers)
        if (self.content_length or 0) > limit:
            raise otherwise
        while chunk := self._piece(SMALL_BODY_BYTES):
            self.body_bytes += len(chunk)
            if self.body_bytes > limit:
                raise otherwise
            yield chunk

    def form_fields(self, *, types: Mapping[str, str] = _UNTYPED, limit: int = MAX_FORM_BYTES) -> dict[str, Any]:
        """Return the fields of the form in the body that are not empty, converted as `parameters` does.

        Raises Fault as `body` does.
        """
        headers.require_form(self.headers)
        try:
            form = self._read_body(limit).decode()
            pairs = parse_qsl(form, max_num_fields=MAX_PARAMETERS)
        except ValueError:
            raise _malformed("malformed_body", "A form in UTF-8 is expected") from None
        return {name: _converted(text.replace("\r\n", "\n"), to=types.get(name)) for name, text in pairs}

    def _read_body(self, limit: int = MAX_BODY_BYTES) -> bytes:
        if (self.content_length or 0) > limit:
            raise _too_large(limit)
        with _breaks_off_as_fault():
            body = self._read_up_to(limit + 1)
        if len(body) > limit:
            raise _too_large(limit)
        self.body_bytes = len(body)
        return body

    def _piece(self, length: int) -> bytes:
        with _breaks_off_as_fault():
            piece: bytes = self.environ["wsgi.input"].read(length)
        return piece

    def _read_up_to(self, length: int) -> bytes:
        sent = self.environ["wsgi.input"]  # not werkzeug's stream: it takes a chunked body for an empty one
        body: bytes = sent.read(min(length, SMALL_BODY_BYTES))
        if len(body) < SMALL_BODY_BYTES:
            return body
        with _LARGE_BODIES.slot():
            rest: bytes = sent.read(length - len(body))
        return body + rest


@contextmanager
def _breaks_off_as_fault() -> Iterator[None]:
    """Raise Fault `slow` or `malformed` for a body that does not come to its end."""
    try:
        yield
    except TimeoutError:
        raise Fault(kind="slow", code="request_timeout", message="The body did not come to its end in time") from None
    except (ValueError, OSError):
        raise _malformed("malformed_body", "The body broke off") from None


def _converted(text: str, *, to: str | None) -> int | str:
    """Return the integer or boolean, or the text for the service to refuse."""
    if to == "boolean":
        return _BOOLEANS.get(text, text)
    return int(text) if to == "integer" and text.isascii() and text.isdecimal() and len(text) < 20 else text


def _too_large(limit: int) -> Fault:
    return Fault(kind="too_large", code="body_too_large", message=f"At most {limit} bytes are expected")


def _malformed(code: str, message: str) -> Fault:
    return Fault(kind="malformed", code=code, message=message)
