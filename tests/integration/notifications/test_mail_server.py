"""Letters are encrypted where that can be, to the server that is meant, and nothing goes in the clear instead."""

from pathlib import Path

import pytest

from services.notifications.mail_server import MailServer
from services.notifications.mailer import Mailer
from services.notifications.model.letter import Answer, Outcome
from tests.builders.notifications import CONTACT, KEYS, SENDER, a_letter
from tests.certificates import Certificate, self_signed
from tests.integration.notifications.recording_server import a_secured_server
from tests.integration.notifications.scripted_server import a_mail_server

NOT_TRUSTED = "signed by an authority that the system or SMTP_CA_BUNDLE knows"


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    return self_signed(tmp_path)


def send(uri: str, *, needs_tls: bool = False, trusting: Certificate | None = None) -> Answer:
    ca_bundle = str(trusting.certificate) if trusting else ""
    server = MailServer(uri=uri, needs_tls=needs_tls, ca_bundle=ca_bundle, timeout_seconds=5)
    answer = Mailer(server=server, keys=KEYS, sender=SENDER, reply_to=CONTACT).send(a_letter())
    assert answer
    return answer


@pytest.mark.parametrize("needs_tls", [False, True])
def test_a_server_that_offers_encryption_is_spoken_to_encrypted(certificate: Certificate, needs_tls: bool) -> None:
    with a_secured_server(starttls=certificate.of_a_server) as server:
        answer = send(server.uri, needs_tls=needs_tls, trusting=certificate)

    assert (answer.outcome, server.encrypted) == (Outcome.ACCEPTED, [True])


def test_a_server_that_is_encrypted_from_the_start_gets_letters(certificate: Certificate) -> None:
    with a_secured_server(tls=certificate.of_a_server) as server:
        answer = send(server.uri, needs_tls=True, trusting=certificate)

    assert (answer.outcome, server.encrypted) == (Outcome.ACCEPTED, [True])


def test_a_server_without_encryption_gets_letters_in_the_clear() -> None:
    with a_secured_server() as server:
        assert send(server.uri).outcome is Outcome.ACCEPTED

    assert server.encrypted == [False]


def test_where_encryption_is_required_a_server_without_it_gets_nothing() -> None:
    with a_secured_server() as server:
        answer = send(server.uri, needs_tls=True)

    refused = "localhost offers no STARTTLS, and SMTP_TLS is required"
    assert answer == Answer(outcome=Outcome.UNREACHABLE, detail=refused)
    assert server.encrypted == []


@pytest.mark.parametrize("by", ["starttls", "tls"])
def test_a_certificate_for_another_host_is_not_trusted_and_nothing_is_sent(tmp_path: Path, by: str) -> None:
    other = self_signed(tmp_path, host="mail.elsewhere.example")
    with a_secured_server(**{by: other.of_a_server}) as server:
        answer = send(server.uri, trusting=other)

    assert answer.outcome is Outcome.UNREACHABLE
    assert answer.detail.startswith("the certificate of localhost is not trusted (Hostname mismatch")
    assert server.encrypted == []


@pytest.mark.parametrize("by", ["starttls", "tls"])
def test_a_certificate_that_nobody_trusted_has_signed_is_an_error_that_says_so(
    certificate: Certificate, by: str
) -> None:
    with a_secured_server(**{by: certificate.of_a_server}) as server:
        answer = send(server.uri)

    assert answer.outcome is Outcome.UNREACHABLE
    assert answer.detail.startswith("the certificate of localhost is not trusted (self-signed certificate)")
    assert answer.detail.endswith(NOT_TRUSTED)
    assert server.encrypted == []


def test_a_certificate_whose_time_is_over_is_not_trusted(tmp_path: Path) -> None:
    expired = self_signed(tmp_path, days=-1)
    with a_secured_server(starttls=expired.of_a_server) as server:
        answer = send(server.uri, trusting=expired)

    assert "certificate has expired" in answer.detail
    assert server.encrypted == []


def test_a_password_is_sent_when_nobody_on_the_way_can_read_it(certificate: Certificate) -> None:
    with a_secured_server(starttls=certificate.of_a_server) as server:
        answer = send(server.uri.replace("//", "//anna:geheim@"), trusting=certificate)

    assert (answer.outcome, server.passwords) == (Outcome.ACCEPTED, [b"geheim"])


def test_a_password_is_not_sent_in_the_clear_not_even_within_the_machine() -> None:
    with a_secured_server() as server:
        answer = send(server.uri.replace("//", "//anna:geheim@"))

    assert answer.detail == "localhost offers no STARTTLS, and a password is never sent in the clear"
    assert (server.passwords, server.encrypted) == ([], [])


@pytest.mark.parametrize("says", ["454 TLS not available", "220 nonsense follows"])
def test_encryption_that_is_offered_and_fails_is_not_gone_without(says: str) -> None:
    with a_mail_server(EHLO="250-scripted\r\n250 STARTTLS", STARTTLS=says) as server:
        answer = send(server.uri)

    assert answer.outcome is Outcome.UNREACHABLE
    assert not [line for line in server.lines if line.upper().startswith(b"MAIL")]
