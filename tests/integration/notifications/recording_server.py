"""A well-behaved mail server on loopback, with or without TLS, that remembers what it was handed and how."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ssl import SSLContext
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

from cli.local.ports import HOST, free_port


@dataclass
class SecuredServer:
    """What arrived: for each letter whether it came encrypted, and the passwords that were sent."""

    uri: str
    encrypted: list[bool] = field(default_factory=list)
    passwords: list[bytes] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802 -- aiosmtpd's
        self.encrypted.append(session.ssl is not None or self.uri.startswith("smtps"))
        return "250 taken"

    def authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.passwords.append(data.password)
        return AuthResult(success=True)


@contextmanager
def a_secured_server(
    *, starttls: SSLContext | None = None, tls: SSLContext | None = None, listens_to: str = HOST
) -> Iterator[SecuredServer]:
    """Run one that offers STARTTLS, or is spoken to by smtps:// from the start, or neither."""
    port = free_port()
    server = SecuredServer(f"smtp{'s' if tls else ''}://localhost:{port}")
    controller = Controller(
        server, hostname=listens_to, port=port, tls_context=starttls, ssl_context=tls,
        authenticator=server.authenticate, auth_required=False, auth_require_tls=False,
    )  # fmt: skip
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
