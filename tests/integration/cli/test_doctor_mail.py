"""What the doctor says of the mail server: whether letters go encrypted, and whether those that do not should."""

from pathlib import Path
from socket import gethostname

import pytest

from cli.operations.doctor.mail import mail_server
from services.notifications.mail_server import MailServer
from tests.certificates import self_signed
from tests.integration.notifications.recording_server import SecuredServer, a_secured_server


def mail_found(server: SecuredServer, *, trusting: str = "", needs_tls: bool = False) -> tuple[str, str]:
    where = MailServer(uri=server.uri, needs_tls=needs_tls, ca_bundle=trusting, timeout_seconds=5)
    (found,) = mail_server(where)
    return found.verdict, f"{found.seen}: {found.to_do}"


@pytest.mark.parametrize("host", ["localhost", gethostname()], ids=["this machine", "by its name"])
def test_letters_that_go_encrypted_are_told_with_the_host(tmp_path: Path, host: str) -> None:
    certificate = self_signed(tmp_path, host=host)
    with a_secured_server(starttls=certificate.of_a_server, listens_to="0.0.0.0") as server:
        server.uri = server.uri.replace("localhost", host)
        verdict, seen = mail_found(server, trusting=str(certificate.certificate))

    assert (verdict, f"encrypted (TLSv1.3), by the certificate of {host}:" in seen) == ("ok", True)


@pytest.mark.parametrize(("host", "verdict"), [("localhost", "ok"), ("127.0.0.1", "ok"), (gethostname(), "warn")])
def test_letters_that_leave_the_machine_in_the_clear_are_warned_of(host: str, verdict: str) -> None:
    with a_secured_server(listens_to="0.0.0.0") as server:
        server.uri = server.uri.replace("localhost", host)
        assert mail_found(server) == (
            verdict,
            f"answers at {server.uri}: unencrypted, offers no STARTTLS: docs/operations.md, “Encrypt letters”",
        )


def test_letters_that_wait_for_encryption_or_trust_are_bad(tmp_path: Path) -> None:
    certificate = self_signed(tmp_path)
    with a_secured_server(starttls=certificate.of_a_server) as server:
        untrusted = mail_found(server)
        no_file = mail_found(server, trusting="/nowhere.pem")
    with a_secured_server() as server:
        unencrypted = mail_found(server, needs_tls=True)

    assert [verdict for verdict, _ in (untrusted, no_file, unencrypted)] == ["bad"] * 3
    assert "the certificate of localhost is not trusted (self-signed certificate)" in untrusted[1]
    assert "setting SMTP_CA_BUNDLE: a file of certificates in PEM is expected, got /nowhere.pem" in no_file[1]
    assert "localhost offers no STARTTLS, and SMTP_TLS is required" in unencrypted[1]
