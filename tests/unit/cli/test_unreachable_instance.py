"""What is missing where a command speaks to an instance is one sentence, that says what would be right."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from cli.__main__ import main
from cli.demo.example import EXAMPLE
from cli.local.ports import HOST, free_port


class RefusesEverybody(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(401)
        self.end_headers()
        self.wfile.write(b'{"code": "token_expired", "detail": "The token has expired: take a new one"}')

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def refusing() -> Iterator[str]:
    with HTTPServer((HOST, 0), RefusesEverybody) as server:
        answering = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        answering.start()
        yield f"http://{HOST}:{server.server_port}"
        server.shutdown()
        answering.join()


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> str:
    address = f"http://{HOST}:{free_port()}"
    monkeypatch.setenv("GATEWAY_URL", address)
    monkeypatch.setenv("ACCESS_TOKEN", "of-an-instance-elsewhere")
    return address


def said_at_the_end_of(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    monkeypatch.setattr("sys.argv", ["partnerships", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return str(ended.value)


@pytest.mark.parametrize(
    "command", [["get", "/v1/partners"], ["get", "v1/partners"], ["dead-letters", "list"], ["demo"]]
)
def test_a_gateway_that_does_not_answer_is_named(
    monkeypatch: pytest.MonkeyPatch, nobody: str, command: list[str]
) -> None:
    said = said_at_the_end_of(monkeypatch, *command)

    assert said == f"partnerships: {nobody} does not answer (Connection refused): is it running?"


@pytest.mark.parametrize("command", [["get", "/v1/partners"], ["dead-letters", "list"], ["demo"]])
def test_a_gateway_that_refuses_is_heard(
    monkeypatch: pytest.MonkeyPatch, nobody: str, refusing: str, command: list[str]
) -> None:
    monkeypatch.setenv("GATEWAY_URL", refusing)

    said = said_at_the_end_of(monkeypatch, *command)

    assert said == "partnerships: 401 token_expired: The token has expired: take a new one"


def test_an_import_that_reaches_nobody_says_so_with_how_far_it_came(
    monkeypatch: pytest.MonkeyPatch, nobody: str
) -> None:
    said = said_at_the_end_of(monkeypatch, "import", str(EXAMPLE))

    assert said.endswith(f"\n  partner.json: {nobody} does not answer (Connection refused): is it running?")


def test_an_import_that_is_refused_says_so_with_how_far_it_came(
    monkeypatch: pytest.MonkeyPatch, nobody: str, refusing: str
) -> None:
    monkeypatch.setenv("GATEWAY_URL", refusing)

    said = said_at_the_end_of(monkeypatch, "import", str(EXAMPLE), "--dry-run")

    assert said.endswith("\n  partner.json: 401 token_expired: The token has expired: take a new one")


def test_the_databases_of_an_instance_elsewhere_must_be_given(monkeypatch: pytest.MonkeyPatch, nobody: str) -> None:
    said = said_at_the_end_of(monkeypatch, "events", "tail")

    assert said == f"partnerships: MONGO_URI is empty: that of the instance at {nobody} is expected."


def test_databases_that_do_not_answer_are_named_without_their_password(
    monkeypatch: pytest.MonkeyPatch, nobody: str
) -> None:
    monkeypatch.setattr("cli.connection.instance_address.ANSWER_TIMEOUT_SECONDS", 0.1)
    monkeypatch.setenv("MONGO_URI", f"mongodb://me:topsecret@{HOST}:{free_port()}/?replicaSet=rs0")

    said = said_at_the_end_of(monkeypatch, "events", "tail")

    assert said.startswith(f"partnerships: no MongoDB answers at mongodb://me:***@{HOST}:")
    assert "topsecret" not in said
