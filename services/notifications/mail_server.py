"""A connection to the mail server: encrypted where that can be, its certificate verified, no password in the clear."""

import ssl
from dataclasses import dataclass
from functools import cached_property
from smtplib import SMTP, SMTP_SSL, SMTPException
from urllib.parse import unquote, urlsplit


class NotEncrypted(SMTPException):
    """The server offers no STARTTLS, and what is to be sent must not be read on the way."""


class NotTrusted(SMTPException):
    """The server's certificate is not for its host name, or nobody who is trusted has signed it."""


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """Where letters are handed over, by `smtp://` or `smtps://`, with `user:password@` where the server asks for it.

    By `smtp://` STARTTLS is used whenever the server offers it; `needs_tls` says that it must.
    `ca_bundle` is a PEM file of authorities that are trusted beside the system's.
    """

    uri: str
    needs_tls: bool
    ca_bundle: str
    timeout_seconds: float

    @cached_property
    def trusted(self) -> ssl.SSLContext:
        """Whom to believe that it is the server; raises NotTrusted when `ca_bundle` cannot be used."""
        trusted = ssl.create_default_context()
        try:
            if self.ca_bundle:
                trusted.load_verify_locations(self.ca_bundle)
        except OSError as error:
            expected = "a file of certificates in PEM is expected"
            raise NotTrusted(f"setting SMTP_CA_BUNDLE: {expected}, got {self.ca_bundle}: {error}") from None
        return trusted

    def connect(self, *, own_name: str | None = None) -> SMTP:
        """Connect, encrypt and sign in; raises OSError, of which SMTPException is one.

        NotEncrypted and NotTrusted say what would be right: nothing is sent in the clear instead.
        """
        try:
            server = self._opened(own_name)
            try:
                self._begin(server)
            except Exception:
                server.close()
                raise
        except ssl.SSLCertVerificationError as error:
            raise NotTrusted(self._what_is_wrong(error)) from None
        return server

    def _opened(self, own_name: str | None) -> SMTP:
        where = urlsplit(self.uri)
        host, port, limit = where.hostname or "", where.port or 0, self.timeout_seconds
        if where.scheme == "smtps":
            return SMTP_SSL(host, port, local_hostname=own_name, timeout=limit, context=self.trusted)
        return SMTP(host, port, local_hostname=own_name, timeout=limit)

    def _begin(self, server: SMTP) -> None:
        where = urlsplit(self.uri)
        server.ehlo_or_helo_if_needed()
        if not encryption(server) and server.has_extn("starttls"):
            server.starttls(context=self.trusted)
        if not encryption(server) and (self.needs_tls or where.username):
            why = "SMTP_TLS is required" if self.needs_tls else "a password is never sent in the clear"
            raise NotEncrypted(f"{where.hostname} offers no STARTTLS, and {why}")
        server.ehlo_or_helo_if_needed()
        if where.username:
            server.login(unquote(where.username), unquote(where.password or ""))

    def _what_is_wrong(self, error: ssl.SSLCertVerificationError) -> str:
        return (
            f"the certificate of {urlsplit(self.uri).hostname} is not trusted ({error.verify_message}): one for that "
            "host name is expected, signed by an authority that the system or SMTP_CA_BUNDLE knows"
        )


def encryption(server: SMTP) -> str:
    """Name the version of TLS that keeps from others what is sent now; nothing in the clear."""
    return (server.sock.version() or "") if isinstance(server.sock, ssl.SSLSocket) else ""
