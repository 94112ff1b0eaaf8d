"""The file by which a calendar follows a programme, to the byte: by RFC 5545 and 7986, as another reader takes it."""

from pathlib import Path
from typing import Any

import pytest
import vobject
from hypothesis import example, given
from hypothesis import strategies as st
from werkzeug.test import create_environ

from gateway.http.request import ClientRequest
from gateway.pages.programme_calendar import as_calendar, calendar_response
from gateway.pages.public_pages import PUBLIC_ROUTES

GOLDEN = Path(__file__).parent / "calendar_files" / "programme.ics"
HUDDLES = {
    "session_id": "ses_1", "title": "Huddles; how we began, 2027 – and what we would do otherwise if we began again",
    "room": "Harbour", "starts_at": "2027-07-13T08:00:00.000Z", "ends_at": "2027-07-13T09:30:00.000Z",
    "partner_name": "Region Jönköping County", "is_cancelled": False,
}  # fmt: skip
GONE = {**HUDDLES, "session_id": "ses_2", "title": "Öppet forum", "partner_name": None, "is_cancelled": True}
PROGRAMME = {
    "camp_title": "Summer Camp 2027", "place": "Elmia, Jönköping", "zone": "Europe/Stockholm", "number": 3,
    "released_at": "2027-06-01T12:34:56.789Z", "sessions": [HUDDLES, GONE],
}  # fmt: skip
PAGE, FILE = (route for route in PUBLIC_ROUTES if route.path.startswith("/programme/"))
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=200)


def written(**shown: Any) -> str:
    return as_calendar({**PROGRAMME, **shown}, domain="institute.example").decode()


def asking(**headers: str) -> ClientRequest:
    return ClientRequest(create_environ("/", headers=headers) | {"RAW_PATH_INFO": "/"})


def test_a_release_is_the_same_to_the_byte_as_ever() -> None:
    assert written().encode() == GOLDEN.read_bytes()


def test_every_line_ends_in_crlf_and_has_75_octets_at_most_and_no_character_is_cut() -> None:
    lines = written(place="日本" * 50).encode().split(b"\r\n")

    assert lines.pop() == b""
    assert max(map(len, lines)) <= 75
    assert all(line.decode() and b"\n" not in line and b"\r" not in line for line in lines)


@given(title=TEXT, place=TEXT, camp=TEXT)
@example(title=r"D:\Notes; \n", place=r"\North, 2", camp=r"\N")
def test_another_reader_gets_back_what_was_written_whatever_people_call_things(
    title: str, place: str, camp: str
) -> None:
    session = {**HUDDLES, "title": title, "room": "Harbour"}

    calendar = vobject.readOne(written(camp_title=camp, place=place, sessions=[session]))

    assert (calendar.method.value, calendar.contents["x-wr-calname"][0].value) == ("PUBLISH", camp)
    assert (calendar.vevent.summary.value, calendar.vevent.location.value) == (title, f"Harbour, {place}")


def test_what_the_programme_has_no_more_stays_and_is_cancelled() -> None:
    here, gone = vobject.readOne(written()).vevent_list

    assert (here.uid.value, here.status.value) == ("session-ses_1", "CONFIRMED")
    assert (gone.uid.value, gone.status.value) == ("session-ses_2", "CANCELLED")


def test_names_stay_and_sequences_rise_with_each_release() -> None:
    before, after = (vobject.readOne(written(number=number)).vevent_list for number in (1, 2))

    assert [each.uid.value for each in before] == [each.uid.value for each in after]
    assert {each.sequence.value for each in before} == {"1"}
    assert {each.sequence.value for each in after} == {"2"}


def test_times_are_instants_in_utc_and_the_hours_of_the_place_stand_in_words() -> None:
    calendar = vobject.readOne(written(sessions=[HUDDLES]))

    assert "DTSTART:20270713T080000Z" in written()
    assert "vtimezone" not in calendar.contents
    assert calendar.vevent.description.value == (
        "Region Jönköping County\n2027-07-13 10:00 – 11:30 (Europe/Stockholm)"
    )  # fmt: skip


def test_an_empty_programme_is_a_calendar_without_events() -> None:
    assert vobject.readOne(written(sessions=[])).contents.get("vevent", []) == []


def test_who_has_the_file_of_a_release_does_not_get_it_again() -> None:
    first = calendar_response(PROGRAMME, asking(), domain="institute.example")
    tag = first.headers["ETag"]

    again = calendar_response(PROGRAMME, asking(**{"If-None-Match": tag}), domain="institute.example")
    later = calendar_response({**PROGRAMME, "number": 4}, asking(**{"If-None-Match": tag}), domain="institute.example")

    assert (first.status_code, first.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8; method=PUBLISH")
    assert (again.status_code, again.get_data(), again.headers["ETag"]) == (304, b"", tag)
    assert later.status_code == 200
    assert first.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("text/calendar", True),
        ("text/calendar, text/html;q=0.5", True),
        ("text/html,application/xhtml+xml,*/*;q=0.8", False),
        ("*/*", False),
        ("text/html;q=0.5, text/calendar;q=0.1", False),
        ("", False),
    ],
)
def test_a_page_is_a_file_for_who_would_rather_have_a_calendar(accept: str, expected: bool) -> None:
    assert PAGE.is_for_a_calendar(asking(Accept=accept)) is expected
    assert FILE.is_for_a_calendar(asking(Accept=accept))


def test_a_page_without_a_calendar_is_a_page_whatever_is_asked_for() -> None:
    others = [route for route in PUBLIC_ROUTES if route.path == "/rsvp/<token>"]

    assert not any(route.is_for_a_calendar(asking(Accept="text/calendar")) for route in others)
