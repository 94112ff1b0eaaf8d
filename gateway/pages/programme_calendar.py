"""The programme of a camp as a file that calendars follow: iCalendar (RFC 5545), published (RFC 5546, section 3.2.1).

Times are instants in UTC, so that no calendar needs rules of zones; the hours of the place stand in the description.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vDuration
from werkzeug.wrappers import Response

from chassis.schemas.calendar_text import CalendarText
from gateway.http.etags import etag, is_current
from gateway.http.request import ClientRequest
from gateway.http.responses import without_content

CALENDAR = "text/calendar"
HEADERS = {
    "Cache-Control": "private, no-cache",
    "Content-Disposition": 'inline; filename="programme.ics"',
    "Referrer-Policy": "no-referrer",
    "Vary": "Accept",
    "X-Robots-Tag": "noindex, nofollow",
}
"""A program keeps the file and asks whether it is still so; its address is a secret, as that of the page is."""
LOOK_AGAIN = timedelta(hours=1)
"""How often a calendar should look whether there is another release (RFC 7986, section 5.7)."""


def calendar_response(shown: Mapping[str, Any], request: ClientRequest, *, domain: str) -> Response:
    """Return the file, or 304 if the client has it, as `If-None-Match` says."""
    body = as_calendar(shown, domain=domain)
    headers = {**HEADERS, "ETag": etag(body)}
    if is_current(headers["ETag"], request.headers):
        return without_content(HTTPStatus.NOT_MODIFIED, headers)
    return Response(body, headers=headers, content_type=f"{CALENDAR}; charset=utf-8; method=PUBLISH")


def as_calendar(shown: Mapping[str, Any], *, domain: str) -> bytes:
    """Write the file, for one release always the same to the byte; `domain` is that of who writes it.

    Its lines end in CRLF, and none has more than 75 octets.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//{domain}//strategic-partnerships//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", CalendarText(shown["camp_title"]))
    calendar.add("x-wr-calname", CalendarText(shown["camp_title"]))  # what readers know that are older than RFC 7986
    calendar.add("refresh-interval", vDuration(LOOK_AGAIN), {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(LOOK_AGAIN))
    for session in shown["sessions"]:
        calendar.add_component(_event(session, shown))
    return bytes(calendar.to_ical())


def _event(session: Mapping[str, Any], programme: Mapping[str, Any]) -> Event:
    """Write one session: its name is that of the session for ever, and its sequence the number of the release."""
    event, begins, ends = Event(), _instant(session["starts_at"]), _instant(session["ends_at"])
    event.add("uid", f"session-{session['session_id']}")
    event.add("sequence", programme["number"])
    event.add("dtstamp", _instant(programme["released_at"]).replace(microsecond=0))
    event.add("dtstart", begins)
    event.add("dtend", ends)
    event.add("summary", CalendarText(session["title"]))
    event.add("location", CalendarText(f"{session['room']}, {programme['place']}"))
    event.add("description", CalendarText(_description(session, begins, ends, zone=programme["zone"])))
    event.add("status", "CANCELLED" if session["is_cancelled"] else "CONFIRMED")
    return event


def _description(session: Mapping[str, Any], begins: datetime, ends: datetime, *, zone: str) -> str:
    """Say in figures, which every language reads, when it is at the camp, and whose it is."""
    there = ZoneInfo(zone)
    local = f"{begins.astimezone(there):%Y-%m-%d %H:%M} – {ends.astimezone(there):%H:%M} ({zone})"
    return "\n".join(each for each in (session["partner_name"], local) if each)


def _instant(written: str) -> datetime:
    return datetime.fromisoformat(written).astimezone(UTC)
