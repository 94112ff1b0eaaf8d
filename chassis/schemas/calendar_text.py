"""Texts in calendar files, escaped as RFC 5545, section 3.3.11, has it."""

from icalendar import vText


class CalendarText(vText):
    r"""A text that a diary shows as it stands; icalendar's own takes a `\N` in it for the end of a line."""

    def to_ical(self) -> bytes:
        """Give it escaped, in UTF-8."""
        escaped = self.replace("\\", r"\\").replace(";", r"\;").replace(",", r"\,")
        return escaped.replace("\r\n", r"\n").replace("\n", r"\n").encode()
