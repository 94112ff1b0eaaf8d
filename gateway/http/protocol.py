"""The HTTP/1.1 protocol: requests that are malformed, too large or too slow are refused with problem details."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import orjson
import structlog
from eventlet import Timeout, wsgi
from eventlet.wsgi import HeaderLineTooLong, HeadersTooLarge
from nameko import config
from nameko.web.server import HttpOnlyProtocol

from chassis.domain.faults import Fault
from chassis.domain.identity import new_id
from gateway.http import problems
from gateway.http.responses import DEFAULT_HEADERS

MAX_REQUEST_LINE_BYTES = 8192
KEEPALIVE_TIMEOUT_SECONDS = 75
"""How long an idle connection is kept open."""
LINGER_TIMEOUT_SECONDS = 2
"""Lingering close: closing with unread input would reset the connection before the client reads the response."""
MALFORMED = Fault(
    kind="malformed",
    code="malformed_request",
    message="The request is malformed or ambiguous",
)
TOO_LONG = Fault(
    kind="uri_too_long", code="uri_too_long", message=f"A request line up to {MAX_REQUEST_LINE_BYTES} bytes is expected"
)
TOO_LARGE = Fault(kind="headers_too_large", code="headers_too_large", message="Fewer or shorter headers are expected")
TOO_SLOW = Fault(kind="slow", code="request_timeout", message="The request did not come to its end in time")
_log = structlog.get_logger(__name__)
_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_VALUE = re.compile(r"[^\x00-\x08\x0a-\x1f\x7f]*")
_HOST = re.compile(r"([A-Za-z0-9._-]{1,255}|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?")


class TimedInput(wsgi.Input):
    """A request body that is read, or discarded, within a time limit."""

    def read(self, length: int | None = None) -> bytes:
        """Return up to `length` bytes; raises TimeoutError."""
        with _client_timeout():
            body: bytes = super().read(length)
            return body

    def discard(self, *args: Any, **kwargs: Any) -> None:
        """Read the rest of the body, up to the next request; raises TimeoutError."""
        with _client_timeout():
            super().discard(*args, **kwargs)


class StrictProtocol(HttpOnlyProtocol):
    """Refuses requests that a proxy in front could parse differently (request smuggling)."""

    def parse_request(self) -> bool:
        """Read the request line and the headers; return False if the request was refused."""
        try:
            with _client_timeout():
                parsed = super().parse_request()
        except TimeoutError:
            return self._refuse(TOO_SLOW)
        except (HeaderLineTooLong, HeadersTooLarge):
            return self._refuse(TOO_LARGE)
        if not parsed:
            return False
        self.path = self.requestline.split()[1]  # Python merges two leading slashes
        return _is_unambiguous(self.request_version, self.headers) or self._refuse(MALFORMED)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse a request that Python's HTTP server found malformed."""
        self._refuse(TOO_LARGE if code == problems.status(TOO_LARGE) else MALFORMED)

    def get_environ(self) -> Any:
        """Return the WSGI environment, with a body that has a time limit."""
        environ = super().get_environ()
        body = environ["wsgi.input"]
        environ["wsgi.input"] = environ["eventlet.input"] = TimedInput(
            body.rfile, body.content_length, self.connection, body.wfile, body.wfile_line, body.chunked_input
        )
        return environ

    def _read_request_line(self) -> bytes:
        with Timeout(KEEPALIVE_TIMEOUT_SECONDS, False):
            line: bytes = super()._read_request_line()
            if len(line) < MAX_REQUEST_LINE_BYTES:
                return line
            self._refuse(TOO_LONG)
        self.close_connection = True
        return b""

    def _refuse(self, fault: Fault) -> bool:
        """Send problem details and close the connection: the start of a next request is unknown."""
        id, status = new_id("req"), problems.status(fault)
        body = orjson.dumps(problems.document(fault, instance="", request_id=id))
        self.request_version = self.protocol_version  # without it a response has no headers
        self.send_response_only(status)
        own = {"Content-Type": problems.CONTENT_TYPE, "Content-Length": str(len(body)), "X-Request-Id": id}
        for name, value in {**DEFAULT_HEADERS, **own, "Connection": "close"}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        _log.info("refused", status=status, code=fault.code, request_id=id)
        self._linger()
        return False

    def _linger(self) -> None:
        with suppress(OSError), Timeout(LINGER_TIMEOUT_SECONDS, False):
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_WR)
            while self.connection.recv(MAX_REQUEST_LINE_BYTES):
                pass


@contextmanager
def _client_timeout() -> Iterator[None]:
    """Raise TimeoutError if the client takes longer than `CLIENT_SECONDS`."""
    seconds = config["CLIENT_SECONDS"]
    with Timeout(seconds, TimeoutError(f"over {seconds:g} s")):
        yield


def _is_unambiguous(version: str, headers: Any) -> bool:
    """Whether headers, host and the length of the body can be read in only one way."""
    plain = not headers.defects and all(_NAME.fullmatch(name) and _VALUE.fullmatch(headers[name]) for name in headers)
    return plain and _has_one_host(version, headers) and _has_one_length(headers)


def _has_one_host(version: str, headers: Any) -> bool:
    hosts = headers.get_all("Host", [])
    named = len(hosts) == 1 or (not hosts and version != "HTTP/1.1")
    return named and all(_HOST.fullmatch(host) for host in hosts)


def _has_one_length(headers: Any) -> bool:
    lengths = headers.get_all("Content-Length", [])
    encodings = headers.get_all("Transfer-Encoding", [])
    plain = all(length.isascii() and length.isdecimal() for length in lengths)
    return plain and len(lengths) + len(encodings) <= 1 and all(each.lower() == "chunked" for each in encodings)
