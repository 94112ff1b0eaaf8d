"""The only SMTP client: hands a letter to the mail server, and gives the outcome, also when it is not known."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.headerregistry import Address
from smtplib import SMTP, SMTPException, SMTPNotSupportedError, SMTPResponseException

import structlog

from chassis.domain.capabilities import CapabilityKeys
from chassis.schemas.mail_addresses import address_digest
from services.notifications.internet_message import address_of, as_message
from services.notifications.mail_server import MailServer, NotEncrypted, NotTrusted
from services.notifications.model.letter import Answer, Letter, Outcome
from services.notifications.model.reply_link import with_link, without_link

LONGEST_DETAIL = 300
_log = structlog.get_logger(__name__)
_NO_ANSWER = (SMTPException, OSError, UnicodeError)


@dataclass(frozen=True, kw_only=True)
class HandOverLimits:
    """How long to wait while a letter is handed over, in seconds; the defaults are RFC 5321's, section 4.5.3.2.

    `data` for the answer to DATA, `block` while the server takes a part of the letter, `final` for the answer to all
    of it: who hangs up sooner does not know whether the server has it.
    """

    data: float = 120
    block: float = 180
    final: float = 600


class Mailer:
    """Sends one letter at a time, each over a connection of its own: none suffers from the one before."""

    def __init__(
        self,
        *,
        server: MailServer,
        keys: CapabilityKeys,
        sender: Address,
        reply_to: Address,
        limits: HandOverLimits | None = None,
    ) -> None:
        """Send through `server`; one that says nothing for its `timeout_seconds` has not answered.

        `keys` make the links by which recipients answer.
        """
        self._server = server
        self._keys = keys
        self._sender = sender
        self._reply_to = reply_to
        self._limits = limits or HandOverLimits()

    def send(self, letter: Letter, *, begin: Callable[[], bool] = lambda: True) -> Answer | None:
        """Hand the letter to the server and give its answer; raises nothing a server or a network can cause.

        `begin` is called when the server is ready to have it; None when it gives False, and nothing was handed over.
        """
        answer = self._send(letter, begin)
        return without_link(answer, letter) if answer else None

    def _send(self, letter: Letter, begin: Callable[[], bool]) -> Answer | None:
        try:
            to, enclosing = address_of(letter), self._enclosing(letter)
        except ValueError as error:
            return Answer(outcome=Outcome.REFUSED, detail=f"no mail can go to {letter.to!r}: {error}"[:LONGEST_DETAIL])
        try:
            message = as_message(enclosing, self._sender, to, reply_to=self._reply_to)
        except Exception as error:  # Whatever it is: the recipient's address is not to blame.
            _log.exception("letter_not_writable", delivery_id=letter.id)
            return Answer(outcome=Outcome.UNWRITABLE, detail=_told(error))
        try:
            server = self._server.connect(own_name=self._sender.domain)
        except _NO_ANSWER as error:
            return Answer(outcome=Outcome.UNREACHABLE, detail=_told(error))
        except Exception as error:  # Whatever it is: nothing was handed over.
            _log.exception("mail_server_not_opened", delivery_id=letter.id)
            return Answer(outcome=Outcome.UNREACHABLE, detail=_told(error))
        try:
            not_wanted = self._announce(server, to.addr_spec)
            if not_wanted:
                return not_wanted
            return self._hand_over(server, message) if begin() else None
        finally:
            _leave(server)

    def _enclosing(self, letter: Letter) -> Letter:
        """Give a letter with its link, if it has one; raises NotAMailAddress."""
        if letter.id not in letter.body:
            return letter
        return with_link(letter, self._keys, address_digest=address_digest(letter.to, of=letter.recipient_id))

    def _announce(self, server: SMTP, to: str) -> Answer | None:
        """Say from whom and to whom; give the server's answer if it does not want to have the letter."""
        try:
            code, text = server.mail(self._sender.addr_spec, () if to.isascii() else ("SMTPUTF8", "BODY=8BITMIME"))
            if code != 250:  # So far it knows only who is writing: whatever it does not like is not the letter.
                return Answer(outcome=Outcome.POSTPONED, detail=_shown(code, text))
            code, text = server.rcpt(to)
        except (SMTPNotSupportedError, UnicodeError):
            return Answer(outcome=Outcome.REFUSED, detail=f"the mail server takes only ASCII addresses, not {to!r}")
        except _NO_ANSWER as error:
            return Answer(outcome=Outcome.UNREACHABLE, detail=_told(error))
        return None if code in (250, 251) else _judged(code, text, otherwise=Outcome.POSTPONED)

    def _hand_over(self, server: SMTP, message: bytes) -> Answer:
        """Send the letter itself: once the server has asked for it, only an answer tells whether the server has it."""
        try:
            with _waiting(server, self._limits.data):
                code, text = server.docmd("DATA")
        except _NO_ANSWER as error:
            return Answer(outcome=Outcome.UNREACHABLE, detail=_told(error))
        if code != 354:
            return _judged(code, text, otherwise=Outcome.POSTPONED)
        try:
            with _waiting(server, self._limits.block):
                server.send(re.sub(rb"(?m)^\.", b"..", message) + b".\r\n")
            with _waiting(server, self._limits.final):
                code, text = server.getreply()
        except _NO_ANSWER as error:
            return Answer(outcome=Outcome.UNANSWERED, detail=_told(error))
        return _judged(code, text, otherwise=Outcome.UNANSWERED)


@contextmanager
def _waiting(server: SMTP, seconds: float) -> Iterator[None]:
    """Wait so long for what is done meanwhile, and no longer than usual for what comes after."""
    sock = server.sock
    usual = sock.gettimeout() if sock else None
    if sock:
        sock.settimeout(seconds)
    try:
        yield
    finally:
        if sock:
            with suppress(OSError):
                sock.settimeout(usual)


def _judged(code: int, text: bytes, *, otherwise: Outcome) -> Answer:
    """RFC 5321, section 4.2.1: the first digit says whether it is done, not now, or never."""
    outcome = {2: Outcome.ACCEPTED, 4: Outcome.POSTPONED, 5: Outcome.REFUSED}.get(code // 100, otherwise)
    return Answer(outcome=outcome, detail=_shown(code, text))


def _leave(server: SMTP) -> None:
    """Say goodbye without waiting for an answer: what we know of the letter must be stored at once."""
    with suppress(*_NO_ANSWER):
        server.putcmd("QUIT")
    server.close()


def _told(error: Exception) -> str:
    if isinstance(error, SMTPResponseException):
        text = error.smtp_error
        return _shown(error.smtp_code, text.encode() if isinstance(text, str) else text)
    if isinstance(error, NotEncrypted | NotTrusted):
        return str(error)
    return f"{type(error).__name__}: {error}"[:LONGEST_DETAIL]


def _shown(code: int, text: bytes) -> str:
    return f"{code} {' '.join(text.decode(errors='replace').split())}"[:LONGEST_DETAIL]
