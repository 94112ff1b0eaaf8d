"""Users of the broker: how passwords are kept, and what is said when they cannot be made."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from chassis.access.broker_users import BrokerUser, UsersNotMade, definitions, hashed, make_users
from chassis.access.permissions import of_service
from cli.local.ports import free_port

CAMPS = BrokerUser(name="camps", password="hunter2", permissions=of_service("camps"))


class ManagementApi(BaseHTTPRequestHandler):
    """Lets one administrator in, and remembers what it is given."""

    given: list[Any]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        is_let_in = self.headers["Authorization"] == "Basic bWU6cEBzcw=="  # me:p@ss
        self.given.append((self.path, body))
        self.send_response(204 if is_let_in else 401)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Write nothing."""


@pytest.fixture
def management() -> Iterator[HTTPServer]:
    ManagementApi.given = []
    server = HTTPServer(("127.0.0.1", 0), ManagementApi)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def address_of(server: HTTPServer) -> str:
    return f"http://127.0.0.1:{server.server_port}/"


def test_a_password_is_hashed_as_rabbitmq_keeps_it() -> None:
    # https://www.rabbitmq.com/docs/passwords#computing-password-hash
    assert hashed("test12", salt=bytes.fromhex("908DC60A")) == "kI3GCqW5JLMJa4iX1lo7X4D6XbYqlLgxIs30+P6tENUV2POR"


def test_users_are_given_to_the_virtual_host_of_the_address_and_no_password_is_told(management: HTTPServer) -> None:
    make_users([CAMPS], amqp_uri="amqp://me:p%40ss@broker/%2F", management_url=address_of(management))

    ((path, given),) = ManagementApi.given
    assert path == "/api/definitions"
    assert {each["vhost"] for each in [*given["permissions"], *given["topic_permissions"]]} == {"/"}
    assert "hunter2" not in json.dumps(given)


def test_a_user_of_a_service_may_administer_nothing() -> None:
    (user,) = definitions([CAMPS], virtual_host="/")["users"]

    assert user["tags"] == []


def test_who_is_no_administrator_is_told_so(management: HTTPServer) -> None:
    with pytest.raises(UsersNotMade, match=r"\(401 Unauthorized\): an administrator is expected in AMQP_URI"):
        make_users([CAMPS], amqp_uri="amqp://me:wrong@broker/", management_url=address_of(management))


def test_a_management_api_that_is_away_is_named(management: HTTPServer) -> None:
    with pytest.raises(UsersNotMade, match=r"does not answer at http://127.0.0.1.*AMQP_MANAGEMENT_URL"):
        make_users([CAMPS], amqp_uri="amqp://me:p@broker/", management_url=f"http://127.0.0.1:{free_port()}")
