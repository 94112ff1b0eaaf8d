"""A file for a diary, as a letter carries it: one event by iCalendar (RFC 5545), asked for or cancelled by iTIP (5546).

Times are instants in UTC, so that no diary needs rules of zones: a camp does not recur. The local time stands in the
description, by the rules of zones that hold here now.
"""

from datetime import date, timedelta
from email.headerregistry import Address
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

from chassis.schemas.calendar_text import CalendarText
from chassis.schemas.mail_addresses import address_digest
from services.notifications.model.calendar_entry import Appointment, CalendarFile, Method
from services.notifications.model.letter import Letter


def as_calendar(letter: Letter, file: CalendarFile, *, organizer: Address, attendee: Address) -> str:
    """Write the file, each time the same to the byte; its lines end in CRLF, and none has more than 75 octets.

    Raises NotAMailAddress.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//{organizer.domain}//strategic-partnerships//EN")
    calendar.add("version", "2.0")
    calendar.add("method", file.method.upper())
    calendar.add_component(_event(letter, file, organizer, attendee))
    return str(calendar.to_ical().decode())


def uid(letter: Letter, file: CalendarFile, *, domain: str) -> str:
    """Give the name of an entry, for ever that of a camp, a recipient and an address: each address has its own.

    Two addresses of one person may end in one diary, where what the old one is told to forget must not take out what
    the new one was told.
    """
    digest = address_digest(letter.to, of=letter.recipient_id)
    return f"camp-{file.about_id}.{letter.recipient_id}.{digest}@{domain}"


def _event(letter: Letter, file: CalendarFile, organizer: Address, attendee: Address) -> Event:
    event, shown = Event(), file.appointment
    event.add("uid", uid(letter, file, domain=organizer.domain))
    event.add("sequence", file.sequence)
    event.add("dtstamp", letter.written_at)
    first, after = _span(shown)
    event.add("dtstart", first)
    event.add("dtend", after)
    event.add("summary", CalendarText(shown.title))
    event.add("location", CalendarText(shown.place))
    event.add("description", CalendarText(_local(shown)))
    event.add("status", _status(file))
    event.add("organizer", _mailbox(organizer), encode=False)
    event.add("attendee", _attendee(attendee, sure=shown.sure), encode=False)
    return event


def _span(shown: Appointment) -> tuple[date, date]:
    """Give when it begins, and when it is over: instants, or days of which the last is the one after."""
    if shown.begins_at and shown.ends_at:
        return shown.begins_at, shown.ends_at
    return shown.starts_on, shown.ends_on + timedelta(days=1)


def _status(file: CalendarFile) -> str:
    if file.method is Method.CANCEL:
        return "CANCELLED"
    return "CONFIRMED" if file.appointment.sure else "TENTATIVE"


def _local(shown: Appointment) -> str:
    """Say in figures, which every language reads, when it is where it is."""
    if not (shown.begins_at and shown.ends_at):
        return f"{shown.starts_on} – {shown.ends_on} ({shown.zone})"
    begins, ends = (each.astimezone(ZoneInfo(shown.zone)) for each in (shown.begins_at, shown.ends_at))
    return f"{begins:%Y-%m-%d %H:%M} – {ends:%Y-%m-%d %H:%M} ({shown.zone})"


def _mailbox(whose: Address) -> vCalAddress:
    mailbox = vCalAddress(f"mailto:{whose.addr_spec}")
    if whose.display_name:
        mailbox.params["CN"] = vText(whose.display_name)
    return mailbox


def _attendee(whose: Address, *, sure: bool) -> vCalAddress:
    """Write whose diary it is. No answer is asked for by it: that is given for the partner, by the letter's link."""
    attendee = _mailbox(whose)
    attendee.params |= {
        "CUTYPE": "INDIVIDUAL",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "ACCEPTED" if sure else "NEEDS-ACTION",
        "RSVP": "FALSE",
    }
    return attendee
