"""Nothing is said to a server by TLS whose certificate is for another name, or by nobody who is trusted."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from ssl import CERT_REQUIRED
from typing import Any

import pytest
from nameko import config
from nameko.amqp.publish import get_connection
from nameko.constants import AMQP_SSL_CONFIG_KEY
from pymongo import MongoClient

from chassis.messaging.connection import connect, verified_tls
from chassis.messaging.consumer import ReconnectingConsumer
from chassis.messaging.publisher import ConfirmedPublisher, Outgoing
from chassis.runtime.config import load
from cli.connection.settings import every_section
from cli.local.process import REPOSITORY
from gateway.auth.fetching import fetch_json
from services.notifications.mail_server import MailServer
from tests.certificates import self_signed
from tests.integration.chassis.impostor import Impostor, impostor_running

PASSWORD = "topsecret"


def by_kombu(port: int) -> None:
    with connect(f"amqps://me:{PASSWORD}@localhost:{port}/", connect_timeout=2) as connection:
        connection.connect()


def by_nameko(port: int) -> None:
    uri = f"amqps://me:{PASSWORD}@localhost:{port}/"
    with get_connection(uri, ssl=verified_tls(uri)) as connection:
        connection.connect()


def by_our_publisher(port: int) -> None:
    message = Outgoing(exchange="", routing_key="x", data={}, headers={})
    ConfirmedPublisher(f"amqps://me:{PASSWORD}@localhost:{port}/", deadline_seconds=2).publish([message])


def by_our_consumer(port: int) -> None:
    uri = f"amqps://me:{PASSWORD}@localhost:{port}/"
    with ReconnectingConsumer(uri, ssl=verified_tls(uri), queues=[]).create_connection() as connection:
        connection.connect()


def by_pymongo(port: int) -> None:
    uri = f"mongodb://me:{PASSWORD}@localhost:{port}/?tls=true&directConnection=true&serverSelectionTimeoutMS=400"
    with MongoClient[dict[str, Any]](uri) as client:
        client.admin.command("ping")


def by_smtp(port: int) -> None:
    uri = f"smtps://me:{PASSWORD}@localhost:{port}"
    MailServer(uri=uri, needs_tls=True, ca_bundle="", timeout_seconds=2).connect()


def by_the_issuers_client(port: int) -> None:
    fetch_json(f"https://localhost:{port}/keys")


WAYS = [by_kombu, by_nameko, by_our_publisher, by_our_consumer, by_pymongo, by_smtp, by_the_issuers_client]


@pytest.fixture(params=["localhost", "elsewhere.example"])
def impostor(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Impostor]:
    """A server on localhost, whose certificate is trusted and for another name, or for localhost and not trusted."""
    certificate = self_signed(tmp_path, host=request.param)
    if request.param != "localhost":
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate.certificate))
    with impostor_running(certificate) as running:
        yield running


@pytest.mark.parametrize("say_something", WAYS)
def test_nothing_is_sent_to_a_server_with_a_wrong_certificate(
    impostor: Impostor, say_something: Callable[[int], None]
) -> None:
    with pytest.raises(Exception, match=r"(?i)certificate|CERTIFICATE_VERIFY_FAILED|SSLCert|URLError|did not confirm"):
        say_something(impostor.port)

    assert impostor.callers
    assert impostor.told == b""


@pytest.mark.parametrize("say_something", WAYS)
def test_a_server_with_a_right_certificate_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, say_something: Callable[[int], None]
) -> None:
    certificate = self_signed(tmp_path, host="localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.certificate))
    with impostor_running(certificate) as right_one, suppress(Exception):
        say_something(right_one.port)

    assert right_one.callers
    assert right_one.told or say_something is by_smtp  # there the server speaks first


def test_a_process_gives_nameko_what_it_verifies_by(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "AMQP_URI": "amqps://broker.example/",
        "MONGO_URI": "mongodb://db.example/",
        "SMTP_URI": "smtp://mail.example:25",
    }.items():
        monkeypatch.setenv(name, value)

    with config.patch({}, clear=True):
        load(REPOSITORY / "config.yml", every_section())
        told = config[AMQP_SSL_CONFIG_KEY]

    assert told["server_hostname"] == "broker.example"
    assert told["cert_reqs"] == CERT_REQUIRED
