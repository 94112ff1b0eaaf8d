"""What a letter carries for a diary, to the byte: by RFC 5545, 5546 and 6047, and as another reader takes it."""

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import example, given
from hypothesis import strategies as st

from services.notifications.calendar_file import as_calendar
from services.notifications.internet_message import as_message
from services.notifications.model.calendar_entry import Appointment, CalendarFile, Method
from services.notifications.model.letter import Letter
from tests.builders.notifications import CONTACT, SENDER, a_letter, a_recipient

GOLDEN = Path(__file__).parent / "calendar_files"
ASA = Address("Åsa, Påhittad", addr_spec="asa@jonkoping.example")
JONKOPING = Appointment(
    title="Sommarläger; Jönköping, 2027 – allt vi har lärt oss av varandra i år, och vad vi gör sen",
    place="Elmia, Jönköping\\Rosenlund",
    zone="Europe/Stockholm",
    starts_on=date(2027, 7, 13),
    ends_on=date(2027, 7, 15),
    begins_at=datetime(2027, 7, 13, 7, tzinfo=UTC),
    ends_at=datetime(2027, 7, 15, 15, tzinfo=UTC),
)
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=200)


def carrying(file: CalendarFile, **shown: Any) -> Letter:
    letter = a_letter(id="dlv_1", **shown)
    letter.calendar = file
    return letter


def a_file(method: Method = Method.REQUEST, sequence: int = 2, **shown: Any) -> CalendarFile:
    appointment = Appointment(**{**vars(JONKOPING), **shown})
    return CalendarFile(about_id="cmp_1", method=method, sequence=sequence, appointment=appointment)


def written(file: CalendarFile, attendee: Address = ASA) -> str:
    return as_calendar(carrying(file), file, organizer=SENDER, attendee=attendee)


def mail(file: CalendarFile) -> bytes:
    return as_message(carrying(file), SENDER, ASA, reply_to=CONTACT)


@pytest.mark.parametrize("method", Method)
def test_a_file_is_the_same_to_the_byte_as_ever(method: Method) -> None:
    known = (GOLDEN / f"{method}.ics").read_bytes()

    assert written(a_file(method)).encode() == known


def test_a_mail_with_a_file_is_the_same_to_the_byte_at_every_attempt() -> None:
    letter = carrying(a_file())
    first = as_message(letter, SENDER, ASA, reply_to=CONTACT)
    letter.begin_sending(at=letter.written_at)

    assert as_message(letter, SENDER, ASA, reply_to=CONTACT) == first == (GOLDEN / "request.eml").read_bytes()


def test_every_line_ends_in_crlf_and_has_75_octets_at_most_and_no_character_is_cut() -> None:
    lines = written(a_file(title="Ö" * 200, place="日本" * 50)).encode().split(b"\r\n")

    assert lines.pop() == b""
    assert max(map(len, lines)) <= 75
    assert all(line.decode() and b"\n" not in line and b"\r" not in line for line in lines)


@given(title=TEXT, place=TEXT, name=TEXT)
@example(title=r"D:\Notes; \n", place=r"\North, 2", name="Bo")
def test_another_reader_gets_back_what_was_written_whatever_people_call_things(
    title: str, place: str, name: str
) -> None:
    who = Address(" ".join(name.split()), addr_spec="asa@jonkoping.example")
    calendar = vobject.readOne(written(a_file(title=title, place=place), who))

    (event,) = calendar.vevent_list
    assert (event.summary.value, event.location.value) == (title, place)
    assert (event.attendee.value, len(event.attendee_list)) == ("mailto:asa@jonkoping.example", 1)
    assert {each.name for each in event.getChildren()} == {
        "UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "DESCRIPTION", "STATUS", "ORGANIZER",
        "ATTENDEE",
    }  # fmt: skip


def test_a_mail_shows_text_to_people_the_file_to_diaries_and_the_file_again_to_whoever_opens_it() -> None:
    read = message_from_bytes(mail(a_file()), policy=policy.default)
    (alternative, attached) = read.iter_parts()
    (text, calendar) = alternative.iter_parts()

    assert [part.get_content_type() for part in read.walk()] == [
        *("multipart/mixed", "multipart/alternative", "text/plain", "text/calendar", "application/ics"),
    ]
    assert dict(calendar["Content-Type"].params) == {"charset": "utf-8", "method": "REQUEST"}
    assert calendar.get_payload(decode=True) == attached.get_payload(decode=True) == written(a_file()).encode()
    assert attached.get_filename() == "invite.ics"
    assert text.get_content().startswith("Dear Åsa")
    assert mail(a_file()).isascii()


def test_a_cancellation_asks_for_it_in_the_header_and_in_the_file_and_names_the_same_event() -> None:
    asked, cancelled = (_calendar_in(mail(a_file(method))) for method in Method)

    assert cancelled.method.value == "CANCEL"
    assert (cancelled.vevent.status.value, cancelled.vevent.uid.value) == ("CANCELLED", asked.vevent.uid.value)


def test_each_address_of_a_person_has_an_entry_of_its_own_and_each_spelling_of_one_the_same() -> None:
    uids = {
        to: vobject.readOne(as_calendar(carrying(a_file(), recipient=a_recipient(email=to)), a_file(),
                                        organizer=SENDER, attendee=ASA)).vevent.uid.value
        for to in ("asa@jonkoping.example", "Asa@JONKOPING.example", "asa@elsewhere.example")
    }  # fmt: skip

    at_home, spelt_otherwise, elsewhere = uids.values()
    assert at_home == spelt_otherwise != elsewhere
    assert at_home.startswith("camp-cmp_1.per_leader.") and at_home.endswith("@institute.example")


def _calendar_in(mail: bytes) -> Any:
    message = message_from_bytes(mail, policy=policy.default)
    (part,) = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    assert isinstance(part, EmailMessage)
    return vobject.readOne(part.get_payload(decode=True).decode())


OFFSETS = {
    "America/Chicago": (-6, -5, "US"), "America/New_York": (-5, -4, "US"), "America/Los_Angeles": (-8, -7, "US"),
    "Europe/Copenhagen": (1, 2, "EU"), "Europe/London": (0, 1, "EU"), "Europe/Stockholm": (1, 2, "EU"),
    "Asia/Qatar": (3, 3, None), "America/Sao_Paulo": (-3, -3, None), "Asia/Singapore": (8, 8, None),
}  # fmt: skip
"""Hours from UTC in winter and in summer in the zones of the thirteen partners, and whose law changes the clocks."""
CHANGES = {
    "US": (date(2027, 3, 14), date(2027, 11, 7), date(2028, 3, 12), date(2028, 11, 5)),
    "EU": (date(2027, 3, 28), date(2027, 10, 31), date(2028, 3, 26), date(2028, 10, 29)),
}
"""Second Sunday of March and first of November (15 USC 260a); last Sundays of March and October (2000/84/EC)."""
AROUND = [
    (zone, day, winter if is_winter else summer)
    for zone, (winter, summer, law) in OFFSETS.items()
    for number, change in enumerate(CHANGES[law or "EU"])
    for day, is_winter in ((change - timedelta(1), number % 2 == 0), (change, number % 2 == 1))
]


@pytest.mark.parametrize(("zone", "day", "offset"), AROUND, ids=lambda each: str(each))
def test_around_each_change_of_clocks_a_diary_has_the_instant_and_people_read_the_hour_of_the_place(
    zone: str, day: date, offset: int
) -> None:
    opens = datetime(day.year, day.month, day.day, 9, tzinfo=UTC) - timedelta(hours=offset)
    closes = opens + timedelta(hours=8)
    event = vobject.readOne(
        written(a_file(zone=zone, starts_on=day, ends_on=day, begins_at=opens, ends_at=closes))
    ).vevent

    assert (event.dtstart.value, event.dtend.value) == (opens, closes)
    assert event.description.value == f"{day} 09:00 – {day} 17:00 ({zone})"


def test_the_zones_of_the_partners_are_all_among_these() -> None:
    reference = json.loads((Path(__file__).parents[3] / "services/partners/reference/partners.json").read_text())

    assert {each["zone"] for each in reference["partners"]} <= OFFSETS.keys()


def test_a_camp_that_lasts_over_a_change_of_clocks_closes_at_the_hour_of_its_place() -> None:
    opens, closes = datetime(2027, 10, 29, 7, tzinfo=UTC), datetime(2027, 11, 1, 16, tzinfo=UTC)

    event = vobject.readOne(
        written(a_file(starts_on=date(2027, 10, 29), ends_on=date(2027, 11, 1), begins_at=opens, ends_at=closes))
    ).vevent

    assert event.dtend.value - event.dtstart.value == timedelta(days=3, hours=9)
    assert event.description.value == "2027-10-29 09:00 – 2027-11-01 17:00 (Europe/Stockholm)"


def test_other_rules_of_zones_change_what_people_read_and_not_the_instant(tmp_path: Path) -> None:
    """As when a country gives up summer time, and a newer tzdata takes the place of the present one."""
    zone = tmp_path / "Europe" / "Stockholm"
    zone.parent.mkdir()
    shutil.copy(str(files("tzdata.zoneinfo") / "Etc" / "GMT-1"), zone)
    reads = (
        "from tests.unit.notifications.test_calendar_file import a_file, written;"
        "print([line for line in written(a_file()).splitlines() if line[:4] in ('DTST', 'DESC')])"
    )

    said = {
        rules: subprocess.run([sys.executable, "-W", "ignore", "-c", reads], check=True, capture_output=True, text=True,
                              env={**os.environ, "PYTHONTZPATH": rules, "PYTHONIOENCODING": "utf-8"}).stdout
        for rules in ("", str(tmp_path))
    }  # fmt: skip

    assert "DTSTART:20270713T070000Z" in said[""] and "DTSTART:20270713T070000Z" in said[str(tmp_path)]
    assert ("2027-07-13 09:00" in said[""], "2027-07-13 08:00" in said[str(tmp_path)]) == (True, True)
    assert ZoneInfo("Europe/Stockholm").key == "Europe/Stockholm"
