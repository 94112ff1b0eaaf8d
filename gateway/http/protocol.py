"""The HTTP/1.1 protocol: requests that are malformed, too large or too slow are refused with problem details."""

import socket
from contextlib import suppress
from functools import partial
from typing import Any

import orjson
import structlog
from eventlet import Timeout
from nameko.web.server import HttpOnlyProtocol

from chassis.domain.faults import Fault
from chassis.domain.identity import new_id
from gateway.http import message, problems
from gateway.http.body import Body, client_timeout
from gateway.http.connections import ClientConnection, Why, count_ended
from gateway.http.responses import DEFAULT_HEADERS

KEEPALIVE_TIMEOUT_SECONDS = 75
"""How long an idle connection is kept open."""
LINGER_TIMEOUT_SECONDS = 2
"""Lingering close: closing with unread input would reset the connection before the client reads the response."""
TOO_SLOW = Fault(kind="slow", code="request_timeout", message="The request did not come to its end in time")
_log = structlog.get_logger(__name__)


class StrictProtocol(HttpOnlyProtocol):
    """Refuses requests that a proxy in front could parse differently (request smuggling)."""

    application: Any
    is_broken = False
    """Whether the start of a next request is unknown."""

    def parse_request(self) -> bool:
        """Read the request line and the headers; return False if the request was refused."""
        try:
            with client_timeout():
                self._parse_request()
        except TimeoutError:
            return self._refuse(TOO_SLOW)
        except Fault as fault:
            return self._refuse(fault)
        return True

    def _parse_request(self) -> None:
        self.requestline = ""
        self.command, self.path, self.request_version = message.request_line(self.raw_requestline)
        self.headers = message.read_fields(self.rfile.fp)  # eventlet would count, too
        message.require_unambiguous(self.request_version, self.headers)
        options = message.connection_options(self.headers)
        is_old = self.request_version == "HTTP/1.0"
        self.close_connection = "close" in options or (is_old and "keep-alive" not in options)
        if is_old:
            del self.headers["Expect"]  # such a client would take the interim response for the final one

    def get_environ(self) -> Any:
        """Return the WSGI environment, with a body that has limits."""
        environ = super().get_environ()
        body = Body(environ["wsgi.input"], connection=self._client, on_broken=self._break)
        environ["wsgi.input"] = environ["eventlet.input"] = body
        environ["gateway.end_connection"] = partial(self._break, Why.TOO_FAST)
        return environ

    def handle_one_response(self) -> None:
        """Have the request answered; what still comes after a malformed one is not read as a next one."""
        self.application = partial(self._served, self.application)
        super().handle_one_response()
        if self.is_broken or (self.close_connection and self.environ["eventlet.input"].is_unread):
            self._linger()

    def _served(self, application: Any, *request: Any) -> Any:
        with self._client.served():
            return application(*request)

    @property
    def _client(self) -> ClientConnection:
        connection: ClientConnection = self.conn_state[3]
        return connection

    def _break(self, why: Why) -> None:
        if not self.is_broken:
            count_ended(why)
        self.is_broken = self.close_connection = True

    def _read_request_line(self) -> bytes:
        with Timeout(KEEPALIVE_TIMEOUT_SECONDS, False):
            line: bytes = super()._read_request_line()
            if len(line) < message.MAX_LINE_BYTES:
                return line
            self._refuse(message.TOO_LONG)
        self.close_connection = True
        return b""

    def _refuse(self, fault: Fault) -> bool:
        """Close the connection, for the start of a next request is unknown; say why, at the pace of an address."""
        self.close_connection = True
        try:
            self.server.app.server.check_pace(self._client.address[0])
        except Fault:
            count_ended(Why.TOO_FAST)
            return False
        count_ended(Why.TOO_SLOW if fault.kind == TOO_SLOW.kind else Why.MALFORMED)
        self._explain(fault)
        self._linger()
        return False

    def _explain(self, fault: Fault) -> None:
        id, status = new_id("req"), problems.status(fault)
        body = orjson.dumps(problems.document(fault, instance="", request_id=id))
        self.request_version = self.protocol_version  # without it a response has no headers
        self.send_response_only(status)
        own = {"Content-Type": problems.CONTENT_TYPE, "Content-Length": str(len(body)), "X-Request-Id": id}
        own["Date"] = self.date_time_string()
        for name, value in {**DEFAULT_HEADERS, **own, "Connection": "close"}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        _log.info("refused", status=status, code=fault.code, request_id=id, address=self._client.address[0])

    def _linger(self) -> None:
        with suppress(OSError), Timeout(LINGER_TIMEOUT_SECONDS, False):
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_WR)
            while self.connection.recv(message.MAX_LINE_BYTES):
                pass
