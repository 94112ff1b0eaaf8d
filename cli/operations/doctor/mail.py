"""Checks of the mail server: whether it accepts letters, and whether the connection is encrypted."""

from collections.abc import Iterator
from contextlib import suppress
from ipaddress import ip_address
from smtplib import SMTPAuthenticationError
from urllib.parse import urlsplit

from chassis.observability.logs import redact
from cli.operations.doctor.finding import Finding, finding
from services.notifications.mail_server import MailServer, NotEncrypted, NotTrusted, encryption

WHAT, TO_DO = "mail server", "docs/operations.md, “Encrypt letters”"


def mail_server(server: MailServer) -> Iterator[Finding]:
    """Connect as for a letter, without sending one; raises OSError when it does not answer."""
    uri, host = redact(server.uri), urlsplit(server.uri).hostname or ""
    try:
        with server.connect() as connection:
            version = encryption(connection)
    except (NotEncrypted, NotTrusted, SMTPAuthenticationError) as error:
        yield finding(WHAT, f"{uri}: {error}", bad=True, to_do=f"{TO_DO}; letters wait meanwhile")
        return
    used = f"encrypted ({version}), by the certificate of {host}" if version else "unencrypted, offers no STARTTLS"
    yield finding(WHAT, f"answers at {uri}: {used}", warn=not version and not _is_loopback(host), to_do=TO_DO)


def _is_loopback(host: str) -> bool:
    """Whether the host is this machine."""
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"
