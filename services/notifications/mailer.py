"""The only SMTP client: hands a letter to the mail server, and gives the outcome, also when it is not known."""

import re
from contextlib import suppress
from email.headerregistry import Address
from smtplib import SMTP, SMTPException, SMTPNotSupportedError, SMTPResponseException

from services.notifications.internet_message import address_of, as_message
from services.notifications.mail_server import MailServer, NotEncrypted, NotTrusted
from services.notifications.model.letter import Answer, Letter, Outcome

LONGEST_DETAIL = 300
_NO_ANSWER = (SMTPException, OSError, UnicodeError)


class Mailer:
    """Sends one letter at a time, each over a connection of its own: none suffers from the one before."""

    def __init__(self, *, server: MailServer, sender: str, sender_name: str) -> None:
        """Send through `server`; one that says nothing for its `timeout_seconds` has not answered."""
        self._server = server
        self._sender = Address(sender_name, addr_spec=sender)

    def send(self, letter: Letter) -> Answer:
        """Hand the letter to the server and give its answer; raises nothing a server or a network can cause."""
        try:
            to = address_of(letter)
            message = as_message(letter, self._sender, to)
        except ValueError as error:
            return Answer(outcome=Outcome.REFUSED, detail=f"no mail can go to {letter.to!r}: {error}"[:LONGEST_DETAIL])
        try:
            server = self._server.connect(own_name=self._sender.domain)
        except _NO_ANSWER as error:
            return Answer(outcome=Outcome.UNREACHABLE, detail=_told(error))
        try:
            return self._announce(server, to.addr_spec) or _hand_over(server, message)
        finally:
            _leave(server)

    def _announce(self, server: SMTP, to: str) -> Answer | None:
        """Say from whom and to whom; give the server's answer if it does not want to have the letter."""
        try:
            code, text = server.mail(self._sender.addr_spec, () if to.isascii() else ("SMTPUTF8", "BODY=8BITMIME"))
            if code != 250:  # So far it knows only who is writing: whatever it does not like is not the letter.
                return Answer(outcome=Outcome.POSTPONED, detail=_shown(code, text))
            code, text = server.rcpt(to)
            if code in (250, 251):
                code, text = server.docmd("DATA")
        except (SMTPNotSupportedError, UnicodeError):
            return Answer(outcome=Outcome.REFUSED, detail=f"the mail server takes only ASCII addresses, not {to!r}")
        except _NO_ANSWER as error:
            return Answer(outcome=Outcome.UNREACHABLE, detail=_told(error))
        return None if code == 354 else _judged(code, text, otherwise=Outcome.POSTPONED)


def _hand_over(server: SMTP, message: bytes) -> Answer:
    """Send the letter itself: from here on only an answer tells whether the server has it."""
    try:
        server.send(re.sub(rb"(?m)^\.", b"..", message) + b".\r\n")
        code, text = server.getreply()
    except _NO_ANSWER as error:
        return Answer(outcome=Outcome.UNANSWERED, detail=_told(error))
    return _judged(code, text, otherwise=Outcome.UNANSWERED)


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
