"""A mail server that stores each mail as a file, for people and tests to read, and delivers nothing.

Run as `python -m cli.local.mail_catcher --port N --folder F`.
"""

import argparse
import asyncio
import signal
import time
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"
LARGEST_MAIL = 32 * 1024 * 1024


class MailFiler:
    """Stores mails in a folder, atomically; their names sort by arrival."""

    def __init__(self, *, folder: Path) -> None:
        self._folder = folder
        self._latest = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 -- aiosmtpd's name
        """Store one mail; its envelope goes into X-MailFrom and X-RcptTo headers."""
        self._latest = max(time.time_ns(), self._latest + 1)
        target = self._folder / f"{self._latest}.eml"
        half = target.with_suffix(".part")
        half.write_bytes(with_envelope(envelope))
        half.rename(target)
        return "250 Filed"


def with_envelope(envelope: Envelope) -> bytes:
    """Give the mail with its envelope's sender and recipients as headers: blind copies are in no other header."""
    recipients = ", ".join(envelope.rcpt_tos)
    headers = f"X-MailFrom: {envelope.mail_from}\r\nX-RcptTo: {recipients}\r\n"
    return headers.encode() + (envelope.original_content or b"")


async def catch_mail(*, port: int, folder: Path) -> None:
    """Serve until SIGTERM."""
    folder.mkdir(parents=True, exist_ok=True)
    filer = MailFiler(folder=folder)
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, ended.set)
    async with await loop.create_server(lambda: _conversation(filer), HOST, port):
        await ended.wait()


def _conversation(filer: MailFiler) -> SMTP:
    # Without a name it would look one up in the network.
    return SMTP(filer, hostname="localhost", data_size_limit=LARGEST_MAIL, enable_SMTPUTF8=True)


def main() -> None:

    options = argparse.ArgumentParser(description="File every mail as one .eml file.")
    options.add_argument("--port", type=int, required=True)
    options.add_argument("--folder", type=Path, required=True)
    given = options.parse_args()
    asyncio.run(catch_mail(port=given.port, folder=given.folder))


if __name__ == "__main__":
    main()
