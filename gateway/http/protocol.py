"""HTTP below the routes: what is no HTTP, is too much of it, or comes too slowly, is refused, as a problem."""

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
from gateway.http.responses import ON_EVERY_ANSWER

LONGEST_REQUEST_LINE = 8192
IDLE_SECONDS = 75
"""How long a connection is kept for a next request."""
LINGER_SECONDS = 2
"""How long to hear a refused client out: hanging up at once would destroy the refusal on its way."""
MISTRUSTED = Fault(kind="malformed", code="malformed_request", message="This is no HTTP that can be trusted")
TOO_LONG = Fault(
    kind="uri_too_long", code="uri_too_long", message=f"A request line up to {LONGEST_REQUEST_LINE} bytes is expected"
)
TOO_LARGE = Fault(kind="headers_too_large", code="headers_too_large", message="Fewer or shorter headers are expected")
TOO_SLOW = Fault(kind="slow", code="request_timeout", message="The request did not come to its end in time")
_log = structlog.get_logger(__name__)
_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_VALUE = re.compile(r"[^\x00-\x08\x0a-\x1f\x7f]*")
_HOST = re.compile(r"([A-Za-z0-9._-]{1,255}|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?")


class PatientInput(wsgi.Input):
    """A body: it is read, or thrown away, within a limit however slowly it trickles."""

    def read(self, length: int | None = None) -> bytes:
        """Give up to `length` bytes; raises TimeoutError when they do not come in time."""
        with _patience():
            body: bytes = super().read(length)
            return body

    def discard(self, *args: Any, **kwargs: Any) -> None:
        """Read what nobody wanted, so that the next request can be seen; raises TimeoutError."""
        with _patience():
            super().discard(*args, **kwargs)


class StrictProtocol(HttpOnlyProtocol):
    """Refuses what a proxy in front could read in another way than we do, and says every refusal as a problem."""

    def parse_request(self) -> bool:
        """Read the request line and the headers; False when the request was refused."""
        try:
            with _patience():
                parsed = super().parse_request()
        except TimeoutError:
            return self._refuse(TOO_SLOW)
        except (HeaderLineTooLong, HeadersTooLarge):
            return self._refuse(TOO_LARGE)
        if not parsed:
            return False
        self.path = self.requestline.split()[1]  # Python makes one slash of two
        return _can_be_trusted(self.request_version, self.headers) or self._refuse(MISTRUSTED)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what Python's own server found to be no HTTP."""
        self._refuse(TOO_LARGE if code == problems.status(TOO_LARGE) else MISTRUSTED)

    def get_environ(self) -> Any:
        """Give the request as WSGI has it, with a body that cannot be waited for for ever."""
        environ = super().get_environ()
        given = environ["wsgi.input"]
        environ["wsgi.input"] = environ["eventlet.input"] = PatientInput(
            given.rfile, given.content_length, self.connection, given.wfile, given.wfile_line, given.chunked_input
        )
        return environ

    def _read_request_line(self) -> bytes:
        with Timeout(IDLE_SECONDS, False):
            line: bytes = super()._read_request_line()
            if len(line) < LONGEST_REQUEST_LINE:
                return line
            self._refuse(TOO_LONG)
        self.close_connection = True
        return b""

    def _refuse(self, fault: Fault) -> bool:
        """Say no, and end the connection: nobody knows where the next request would begin."""
        id, status = new_id("req"), problems.status(fault)
        body = orjson.dumps(problems.document(fault, instance="", request_id=id))
        self.request_version = self.protocol_version  # without it an answer has no headers
        self.send_response_only(status)
        own = {"Content-Type": problems.CONTENT_TYPE, "Content-Length": str(len(body)), "X-Request-Id": id}
        for name, value in {**ON_EVERY_ANSWER, **own, "Connection": "close"}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        _log.info("refused", status=status, code=fault.code, request_id=id)
        self._hear_out()
        return False

    def _hear_out(self) -> None:
        with suppress(OSError), Timeout(LINGER_SECONDS, False):
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_WR)
            while self.connection.recv(LONGEST_REQUEST_LINE):
                pass


@contextmanager
def _patience() -> Iterator[None]:
    """Raise TimeoutError when the client takes longer than the settings allow."""
    seconds = config["CLIENT_SECONDS"]
    with Timeout(seconds, TimeoutError(f"over {seconds:g} s")):
        yield


def _can_be_trusted(version: str, headers: Any) -> bool:
    """Whether there is one way to see which headers there are, which host is meant, and where the body ends."""
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
