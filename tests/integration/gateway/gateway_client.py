"""An HTTP client that shows whole responses, and can send malformed requests."""

import json
import socket
import struct
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from typing import Any

from gateway.auth import mint
from tests.openapi_validation import validate_response

SECRET = "a secret of the tests, and long enough"
PROBLEM_MEMBERS = {"type", "title", "status", "detail", "instance", "code", "request_id", "errors"}


@dataclass(frozen=True, kw_only=True)
class Reply:
    status: int
    headers: Message
    body: Any

    @property
    def problem(self) -> Any:
        """The body, once it is seen to be a whole problem."""
        assert self.headers["Content-Type"] == "application/problem+json", self.body
        assert set(self.body) == PROBLEM_MEMBERS
        assert self.body["status"] == self.status
        assert self.body["request_id"] == self.headers["X-Request-Id"]
        return self.body


@dataclass(frozen=True, kw_only=True)
class GatewayClient:
    """The gateway, as one caller sees it."""

    port: int
    token: str

    def as_(
        self, organisation: str, *roles: str, person: str | None = None, subject: str = "someone"
    ) -> "GatewayClient":
        token = mint(secret=SECRET, subject=subject, organisation=organisation, roles=roles, hours=1, person=person)
        return GatewayClient(port=self.port, token=token)

    def get(self, path: str, **headers: str) -> Reply:
        return self.ask("GET", path, headers=headers)

    def post(self, path: str, body: Any, **headers: str) -> Reply:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.ask("POST", path, body=content, headers={"Content_Type": "application/json", **headers})

    def patch(self, path: str, body: Any, **headers: str) -> Reply:
        said = {"Content_Type": "application/merge-patch+json", **headers}
        return self.ask("PATCH", path, body=json.dumps(body).encode(), headers=said)

    def move(self, path: str, to: str, *, version: int, **facts: Any) -> Reply:
        return self.post(f"{path}/transitions", {"to": to, **facts}, If_Match=f'"{version}"')

    def ask(self, method: str, path: str, *, body: Any = None, headers: Mapping[str, str] | None = None) -> Reply:
        with self.kept_open() as connection:
            return self.ask_over(connection, method, path, body=body, headers=headers)

    @contextmanager
    def kept_open(self) -> Iterator[HTTPConnection]:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            yield connection

    def ask_over(
        self,
        connection: HTTPConnection,
        method: str,
        path: str,
        *,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        said = {"Authorization": f"Bearer {self.token}"} | {k.replace("_", "-"): v for k, v in (headers or {}).items()}
        connection.request(method, path, body=body, headers=said)
        answer = connection.getresponse()
        text = answer.read()
        reply = Reply(status=answer.status, headers=answer.headers, body=json.loads(text) if text else None)
        validate_response(method, path, reply.status, dict(reply.headers), reply.body)
        return reply

    def say(self, text: str, *, within: float = 5) -> str:
        """Send bytes that no client would send, and give everything that comes back until the connection ends."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=within) as opened:
            opened.sendall(text.encode("latin-1"))
            heard = b""
            while more := opened.recv(65536):
                heard += more
        return heard.decode()

    def say_and_leave(self, text: str) -> None:
        """Begin a request behind a whole one, and hang up as rudely as TCP allows when that one is answered."""
        whole = "GET /livez HTTP/1.1\r\nHost: a\r\n\r\n"
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as opened:
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            opened.sendall((whole + text).encode("latin-1"))
            assert opened.recv(65536)
