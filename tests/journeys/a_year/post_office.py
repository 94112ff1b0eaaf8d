"""The mail server of a year: it keeps every mail that arrives, and takes none for an address that is dead."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope, Session

from cli.local.ports import HOST, free_port


@dataclass
class PostOffice:
    """What arrived, in its order; a mail that arrives twice is here twice."""

    uri: str
    mails: list[EmailMessage] = field(default_factory=list)
    dead: set[str] = field(default_factory=set)
    """The addresses that nobody reads any more."""

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's name
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Refuse a dead address for good."""
        if address in self.dead:
            return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802 -- aiosmtpd's
        """Keep one mail."""
        self.mails.append(message_from_bytes(envelope.original_content or b"", policy=policy.default))
        return "250 Kept"


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """Run one, until the year is over."""
    port = free_port()
    office = PostOffice(uri=f"smtp://{HOST}:{port}")
    controller = Controller(office, hostname=HOST, port=port, server_hostname="localhost")
    controller.start()
    try:
        yield office
    finally:
        controller.stop()
