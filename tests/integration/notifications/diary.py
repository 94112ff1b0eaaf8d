"""A diary as mail programs keep it: it reads what letters carry by vobject, which has nothing to do with who wrote it.

Of each entry the highest sequence counts, in whatever order letters come (RFC 5546, section 2.1.5).
"""

from collections.abc import Iterable
from email.message import EmailMessage
from typing import Any

import vobject


def files_in(mails: Iterable[EmailMessage]) -> list[Any]:
    """The events that mails ask diaries to enter or to cancel, each with its method as `asked`, in their order."""
    return [event for mail in mails for part in mail.walk() if (event := _event_in(part)) is not None]


def _event_in(part: EmailMessage) -> Any:
    if part.get_content_type() != "text/calendar":
        return None
    calendar = vobject.readOne(part.get_payload(decode=True).decode())
    assert calendar.method.value == part.get_param("method"), "the header and the file ask for different things"
    calendar.vevent.asked = calendar.method.value
    return calendar.vevent


def kept(mails: Iterable[EmailMessage]) -> dict[str, Any]:
    """The events in the diary of whoever got these mails, by their ids."""
    newest: dict[str, Any] = {}
    for event in files_in(mails):
        known = newest.get(event.uid.value)
        if known is None or int(event.sequence.value) >= int(known.sequence.value):
            newest[event.uid.value] = event
    return {uid: event for uid, event in newest.items() if event.asked == "REQUEST"}
