"""A letter as bytes: the Internet Message Format (RFC 5322), names and subjects encoded as RFC 2047 says."""

import re
import textwrap
from collections.abc import Sequence
from email import message_from_string, policy
from email.charset import Charset
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from itertools import chain, repeat

from chassis.schemas.mail_addresses import read_address
from services.notifications.calendar_file import as_calendar
from services.notifications.model.calendar_entry import Method
from services.notifications.model.letter import Letter

LINE, ENCODED_WORD = 76, 75
"""RFC 2047, section 2: the longest line that has an encoded word, and the longest encoded word."""
FOLD = "\r\n "
FILE_NAMES = {Method.REQUEST: "invite.ics", Method.CANCEL: "cancel.ics"}
_AS_IT_IS = re.compile(r"[!-~]{1,60}( [!-~]{1,60})*")
"""ASCII words with one space between them: nothing is lost by folding at a space."""
_ATOMS = re.compile(r"[A-Za-z0-9'-]{1,60}( [A-Za-z0-9'-]{1,60})*")
"""The same without what means something in a header with addresses, such as a comma."""
_LINE_BREAK = re.compile(r"[\r\n]")
_UTF_8 = Charset("utf-8")


class Unwritable(ValueError):
    """No message can be made of the letter that says exactly what is meant."""


def address_of(letter: Letter) -> Address:
    """Give the recipient's name and address, its domain in ASCII (IDNA 2008); raises ValueError for one of none."""
    name, _, domain = letter.to.rpartition("@")
    in_ascii = domain if domain.isascii() else read_address(letter.to).ascii_domain
    return Address(" ".join(letter.to_name.split()), username=name, domain=in_ascii)


def as_message(letter: Letter, sender: Address, to: Address, *, reply_to: Address) -> bytes:
    """Write the letter as it goes over the wire, each attempt the same to the byte.

    Raises Unwritable when a mail program could read other headers in it than are meant.
    """
    content = _content(letter, sender, to)
    headers = [
        *(_mailbox("From", sender), _mailbox("To", to), _mailbox("Reply-To", reply_to)),
        _unstructured("Subject", letter.subject, _AS_IT_IS),
        *(f"Date: {format_datetime(letter.written_at)}", f"Message-ID: {letter.message_id}"),
        "Auto-Submitted: auto-generated",
    ]
    message = "".join(f"{header}\r\n" for header in headers) + content.as_bytes().decode()
    own = ["From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted"]
    addresses = {"From": sender, "To": to, "Reply-To": reply_to}
    _check(message, headers=[*own, *content.keys()], addresses=addresses)
    return message.encode()


def _content(letter: Letter, sender: Address, to: Address) -> EmailMessage:
    """Write the text, and what the letter carries for a diary twice: diaries read it beside the text, people as a file.

    The method has to stand in the header, too: else some show a letter with a file, and no appointment.
    """
    content = EmailMessage(policy=policy.SMTP.clone(max_line_length=LINE))
    content.set_content(letter.body, cte="quoted-printable")
    if letter.calendar:
        method = letter.calendar.method
        file = as_calendar(letter, letter.calendar, organizer=sender, attendee=to)
        content.add_alternative(file, subtype="calendar", params={"method": method.upper()}, cte="base64")
        content.add_attachment(file.encode(), "application", "ics", filename=FILE_NAMES[method])
        _name_boundaries(content, letter.id)
    return content


def _name_boundaries(content: EmailMessage, letter_id: str) -> None:
    """Give each part's boundary a name that no text has, the same at every attempt: base64 and text have no =_."""
    parts = [part for part in content.walk() if part.is_multipart()]
    for number, part in enumerate(parts):
        part.set_boundary(f"=_{letter_id}_{number}")


def _mailbox(name: str, whose: Address) -> str:
    """Write a name and an address: the address stays whole, on a line of its own where it has no room."""
    if not whose.display_name:
        return f"{name}: {whose.addr_spec}"
    phrase, address = _unstructured(name, whose.display_name, _ATOMS), f"<{whose.addr_spec}>"
    has_room = len(phrase.rpartition("\n")[2]) + 1 + len(address) <= LINE
    return phrase + (" " if has_room else FOLD) + address


def _unstructured(name: str, text: str, as_it_is: re.Pattern[str]) -> str:
    """Write people's text into lines of at most 76 characters, encoded unless a reader sees it `as_it_is`."""
    if _LINE_BREAK.search(text):
        raise Unwritable(f"{name} has a line break in it, {text!r}: one line is expected")
    if as_it_is.fullmatch(text) and "=?" not in text:
        lines = textwrap.wrap(
            text, LINE - 1, initial_indent=f"{name}: ", break_long_words=False, break_on_hyphens=False
        )
    else:
        room = chain([LINE - len(f"{name}: ")], repeat(ENCODED_WORD))
        lines = [line or "" for line in _UTF_8.header_encode_lines(text, room)]
        lines[:1] = [f"{name}: {lines[0]}"]
    return FOLD.join(lines)


def _check(message: str, *, headers: Sequence[str], addresses: dict[str, Address]) -> None:
    """Read the finished message as its recipients will: no library's mend of header injection is relied upon."""
    read = message_from_string(message, policy=policy.default)
    if read.keys() != headers:
        raise Unwritable(f"it would have the headers {', '.join(read.keys())}, not {', '.join(headers)}")
    for name, meant in addresses.items():
        found = [each.addr_spec for each in read[name].addresses]
        if found != [meant.addr_spec]:
            raise Unwritable(f"{name} would be {', '.join(found) or 'nobody'}, not {meant.addr_spec}")
