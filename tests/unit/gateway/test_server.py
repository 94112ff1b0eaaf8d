"""What happens below HTTP."""

import errno
import socket
from typing import Any, ClassVar

import orjson
import pytest
from werkzeug.routing import Map, Rule
from werkzeug.test import create_environ, run_wsgi_app
from werkzeug.wrappers import Response

from chassis.domain.faults import Fault
from gateway.endpoints.server import App, Server
from gateway.http.connections import Connections
from gateway.http.rate_limit import RateLimit


class NetworkGone:
    """An eventlet server whose client can no longer be reached."""

    def process_request(self, connection: Any) -> None:
        raise OSError(errno.EHOSTUNREACH, "No route to host")


def test_a_client_that_cannot_be_reached_any_more_does_not_take_the_gateway_with_it() -> None:
    server, (ours, theirs) = Server(), socket.socketpair()
    server._serv, server.connections = NetworkGone(), Connections(most=1, most_of_one=1)
    connection = server.connections.admit(ours, ("192.0.2.1", 12345))
    assert connection

    server.serve(connection)

    assert theirs.recv(1) == b""
    theirs.close()


class Breaking:
    """An endpoint with a mistake in it."""

    def handle_request(self, request: object) -> None:
        raise RuntimeError("mongodb://user:topsecret@host")


class OneDoor(Server):
    """A server with nothing behind it but that."""

    rate_limit = RateLimit(100)

    def make_url_map(self) -> Map:
        return Map([Rule("/v1/things", methods=["GET"], endpoint=Breaking())])


def test_7_2_a_fault_of_the_gateway_is_a_problem_without_details() -> None:
    environ = create_environ("/v1/things") | {"RAW_PATH_INFO": "/v1/things"}

    body, status, headers = run_wsgi_app(App(OneDoor()), environ)

    problem = b"".join(body)
    assert status == "500 INTERNAL SERVER ERROR"
    assert headers["Content-Type"] == "application/problem+json"
    assert orjson.loads(problem)["code"] == "internal_error"
    assert b"topsecret" not in problem
    assert b"RuntimeError" not in problem


class Door:
    """An endpoint whose refusals are pages."""

    def refusal(self, fault: Fault, request: object) -> Response:
        return Response(f"<h1>{fault.code}</h1>", status=400, content_type="text/html")


class TwoDoors(Server):
    """A server with a page beside what machines ask."""

    rate_limit = RateLimit(100)

    def make_url_map(self) -> Map:
        rules = [("/rsvp/<token>", Door()), ("/v1/things", Breaking())]
        return Map([Rule(path, methods=["GET"], endpoint=endpoint) for path, endpoint in rules])


@pytest.mark.parametrize(
    ("target", "media_type"),
    [
        ("/rsvp/a?lang=en&lang=sv", "text/html"),
        ("/rsvp/a%", "text/html"),
        ("/v1/things?state=a&state=b", "application/problem+json"),
        ("/nowhere?a=1&a=2", "application/problem+json"),
    ],
)
def test_who_opens_a_page_by_a_damaged_link_reads_a_page(target: str, media_type: str) -> None:
    path, _, query = target.partition("?")
    environ = create_environ("/", query_string=query) | {"PATH_INFO": path, "RAW_PATH_INFO": path}

    _, status, headers = run_wsgi_app(App(TwoDoors()), environ)

    assert (status, headers["Content-Type"].partition(";")[0]) == ("400 BAD REQUEST", media_type)


class Container:
    """What nameko keeps of the server that all routes share."""

    shared_extensions: ClassVar[dict[object, object]] = {}


def test_the_contracts_are_read_once_however_many_routes_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    made_ready: list[Server] = []
    monkeypatch.setattr(Server, "_make_ready", lambda self: made_ready.append(self))
    container = Container()

    servers = {id(Server().bind(container)) for _ in range(200)}

    assert len(servers) == len(made_ready) == 1
