"""What is wrong with a programme: each rule by itself, and what overlaps against a slow oracle."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.camps.model.programme.conflicts import (
    Circumstances,
    Conflict,
    ConflictKind,
    Presenter,
    Unavailable,
    find_conflicts,
)
from services.camps.model.programme.prayer_times import Prayer, PrayerTime
from services.camps.model.programme.public_holidays import NO_HOLIDAYS, PublicHolidays
from services.camps.model.programme.session import Session
from services.camps.model.programme.session_lifecycle import SessionState
from services.camps.model.programme.slots import Room, Slot

ZONE = "America/New_York"
ROOMS = [Room(name="Harbour", capacity=40), Room(name="Attic", capacity=10)]
HERE = Presenter(comes=True, is_remote=False, zone="Europe/Stockholm")


def a_session(id: str = "ses_1", **about: Any) -> Session:
    usual = {"camp_id": "cmp_1", "partner_id": "prt_1", "title": id, "state": SessionState.CONFIRMED}
    return Session(id=id, **(usual | about))


def a_slot(
    id: str = "ses_1", *, room: str = "Harbour", starts: str = "10:00", ends: str = "11:00", day: int = 13
) -> Slot:
    return Slot(session_id=id, room=room, day=date(2026, 7, day), starts=starts, ends=ends)


def conflicts(
    *slots: Slot,
    sessions: list[Session] | None = None,
    holidays: PublicHolidays = NO_HOLIDAYS,
    prayer_times: Sequence[PrayerTime] = (),
    **presenters: Presenter,
) -> list[Conflict]:
    """Of a camp from 09:00 on 13 July to 17:00 on 15 July 2026, at Boston's clocks."""
    known = {each.id: each for each in sessions or [a_session(slot.session_id) for slot in slots]}
    of = Circumstances(
        sessions=known, presenters=presenters, rooms=ROOMS,
        begins_at=datetime(2026, 7, 13, 13, tzinfo=UTC), ends_at=datetime(2026, 7, 15, 21, tzinfo=UTC),
        holidays=holidays, prayer_times=prayer_times,
    )  # fmt: skip
    return find_conflicts([slot.in_zone(ZONE) for slot in slots], of)


def kinds(found: list[Conflict]) -> list[str]:
    return [each.kind for each in found]


def test_a_programme_without_conflicts_has_none() -> None:
    assert conflicts(a_slot("ses_1"), a_slot("ses_2", starts="11:00", ends="12:00")) == []


def test_two_sessions_in_one_room_at_once_cannot_be() -> None:
    (found,) = conflicts(a_slot("ses_2"), a_slot("ses_1", starts="10:59", ends="11:30"))

    assert (found.kind, found.is_fatal, found.pointer) == ("room_taken", True, "/slots/1")
    assert (found.key, found.session_ids) == ("room_taken:ses_1:ses_2:Harbour", ["ses_1", "ses_2"])


def test_nobody_presents_in_two_places_at_once() -> None:
    both = [a_session("ses_1", presenter_ids=["dlg_1"]), a_session("ses_2", presenter_ids=["dlg_2", "dlg_1"])]

    (found,) = conflicts(a_slot("ses_1"), a_slot("ses_2", room="Attic"), sessions=both, dlg_1=HERE, dlg_2=HERE)

    assert (found.kind, found.presenter_id, found.is_fatal) == ("presenter_in_two_places", "dlg_1", True)


@pytest.mark.parametrize(
    "slot", [a_slot(starts="08:59", ends="10:00"), a_slot(day=15, starts="16:30", ends="17:01"), a_slot(day=16)]
)
def test_nothing_is_outside_the_hours_of_the_camp(slot: Slot) -> None:
    assert kinds(conflicts(slot)) == ["outside_hours"]


def test_the_first_and_the_last_hour_are_within_the_camp() -> None:
    assert conflicts(a_slot("ses_1", starts="09:00"), a_slot("ses_2", day=15, starts="16:00", ends="17:00")) == []


@pytest.mark.parametrize("state", ["declined", "withdrawn", "cancelled"])
def test_what_does_not_take_place_has_no_slot(state: str) -> None:
    (found,) = conflicts(a_slot(), sessions=[a_session(state=SessionState(state))])

    assert (found.kind, found.is_fatal) == ("not_taking_place", True)


@pytest.mark.parametrize("state", ["draft", "proposed", "accepted"])
def test_what_nobody_has_confirmed_deserves_a_second_look(state: str) -> None:
    (found,) = conflicts(a_slot(), sessions=[a_session(state=SessionState(state))])

    assert (found.kind, found.is_fatal, found.key) == ("unconfirmed", False, "unconfirmed:ses_1")


def test_a_room_for_fewer_than_are_expected_deserves_one() -> None:
    (found,) = conflicts(a_slot(room="Attic"), sessions=[a_session(expected_audience=11)])

    assert (found.kind, found.key) == ("room_too_small", "room_too_small:ses_1:Attic:11:10")
    assert conflicts(a_slot(room="Attic"), sessions=[a_session(expected_audience=10)]) == []


def test_who_does_not_come_presents_nothing() -> None:
    presented = [a_session(presenter_ids=["dlg_1", "dlg_gone"])]

    found = conflicts(a_slot(), sessions=presented, dlg_1=Presenter(comes=False, is_remote=False, zone=ZONE))

    assert [(each.kind, each.presenter_id) for each in found] == [
        ("presenter_not_coming", "dlg_1"), ("presenter_not_coming", "dlg_gone"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("since", "until", "clashes"),
    [("13:00", "14:00", False), ("13:30", "14:01", True), ("14:59", "16:00", True), ("15:00", "16:00", False)],
)
def test_when_somebody_cannot_present_that_is_shown(since: str, until: str, clashes: bool) -> None:
    """The slot is from 14:00 to 15:00 UTC."""
    first, last = (datetime.fromisoformat(f"2026-07-13T{hour}:00Z") for hour in (since, until))
    hours = [Unavailable(starts_at=first, ends_at=last)]
    presenter = Presenter(comes=True, is_remote=False, zone=ZONE, unavailable=hours)

    found = conflicts(a_slot(), sessions=[a_session(presenter_ids=["dlg_1"])], dlg_1=presenter)

    assert kinds(found) == (["presenter_unavailable"] if clashes else [])


@pytest.mark.parametrize(
    ("zone", "starts", "ends", "night"),
    [
        ("Asia/Qatar", "14:59", "15:30", True),  # 21:59 to 22:30
        ("Asia/Qatar", "14:30", "15:00", False),  # 21:30 to 22:00
        ("Asia/Qatar", "09:00", "10:00", False),
        ("America/Los_Angeles", "09:30", "10:30", True),  # 06:30 to 07:30
        ("America/Los_Angeles", "10:00", "11:00", False),  # from 07:00
        ("Pacific/Auckland", "09:00", "17:00", True),  # 01:00 to 09:00 of the day after
        ("Asia/Kolkata", "12:30", "13:00", True),  # 22:00 to 22:30
    ],
)
def test_nobody_presents_from_afar_at_night_unless_that_was_seen(
    zone: str, starts: str, ends: str, night: bool
) -> None:
    presented = [a_session(presenter_ids=["dlg_1"])]
    remote = Presenter(comes=True, is_remote=True, zone=zone)

    found = conflicts(a_slot(starts=starts, ends=ends), sessions=presented, dlg_1=remote)

    assert kinds(found) == (["night_hours"] if night else [])
    assert conflicts(a_slot(starts=starts, ends=ends), sessions=presented, dlg_1=HERE) == []


def test_a_warning_that_was_seen_is_another_one_when_the_slot_is_moved() -> None:
    presented, remote = [a_session(presenter_ids=["dlg_1"])], Presenter(comes=True, is_remote=True, zone="Asia/Tokyo")

    (one,), (other,) = (
        conflicts(a_slot(starts=starts, ends="13:00"), sessions=presented, dlg_1=remote)
        for starts in ("10:00", "11:00")
    )

    assert one.key != other.key


BASTILLE = {date(2026, 7, 14): "Bastille Day"}


def test_a_public_holiday_where_the_camp_is_is_said_once_with_its_name() -> None:
    slots = [a_slot("ses_1"), a_slot("ses_2", day=14), a_slot("ses_3", day=14, room="Attic")]

    (found,) = conflicts(*slots, holidays=PublicHolidays(place="FR", days=BASTILLE))

    assert (found.kind, found.is_fatal, found.key) == ("public_holiday", False, "public_holiday:2026-07-14:FR")
    assert (found.pointer, found.session_ids, found.presenter_id) == ("/slots/1", ["ses_2", "ses_3"], None)
    assert found.detail == "2026-07-14 is a public holiday in FR, where the camp is: Bastille Day"


def test_a_public_holiday_where_a_presenter_lives_is_said_once_with_its_name() -> None:
    two = [a_session("ses_1", presenter_ids=["dlg_1"]), a_session("ses_2", presenter_ids=["dlg_1"])]
    french = Presenter(
        comes=True, is_remote=False, zone="Europe/Paris", holidays=PublicHolidays(place="FR", days=BASTILLE)
    )

    (found,) = conflicts(
        a_slot("ses_1", day=14), a_slot("ses_2", day=14, starts="12:00", ends="13:00"), sessions=two, dlg_1=french
    )

    assert (found.kind, found.key) == ("presenter_holiday", "presenter_holiday:dlg_1:2026-07-14:FR")
    assert (found.session_ids, found.presenter_id) == (["ses_1", "ses_2"], "dlg_1")
    assert found.detail == "2026-07-14 is a public holiday in FR, where dlg_1 lives: Bastille Day"


def test_who_presents_from_afar_has_the_day_of_their_own_clocks() -> None:
    """At 16:00 in Boston on the 13th it is 08:00 on the 14th in Auckland."""
    presented, feast = [a_session(presenter_ids=["dlg_1"])], PublicHolidays(place="NZ", days=BASTILLE)
    remote, there = (
        Presenter(comes=True, is_remote=is_remote, zone="Pacific/Auckland", holidays=feast)
        for is_remote in (True, False)
    )

    slot = a_slot(starts="16:00", ends="16:30")

    assert kinds(conflicts(slot, sessions=presented, dlg_1=remote)) == ["presenter_holiday"]
    assert conflicts(slot, sessions=presented, dlg_1=there) == []


def test_a_holiday_that_is_said_of_the_camp_is_not_said_of_those_who_present_there() -> None:
    presented, feast = [a_session(presenter_ids=["dlg_1"])], PublicHolidays(place="FR", days=BASTILLE)
    french = Presenter(comes=True, is_remote=False, zone="Europe/Paris", holidays=feast)

    found = conflicts(a_slot(day=14), sessions=presented, holidays=feast, dlg_1=french)

    assert kinds(found) == ["public_holiday"]


def test_a_prayer_that_is_left_no_time_is_a_warning_whose_key_is_the_same_whatever_is_moved() -> None:
    """At Boston's clocks, four hours behind UTC, it is due from 12:45 to 16:45."""
    due = PrayerTime(
        prayer=Prayer.DHUHR, day=date(2026, 7, 14),
        starts_at=datetime(2026, 7, 14, 16, 45, tzinfo=UTC), ends_at=datetime(2026, 7, 14, 20, 45, tzinfo=UTC),
    )  # fmt: skip
    slots = [a_slot("ses_1"), a_slot("ses_2", day=14, starts="12:00", ends="14:50")]

    (found,) = conflicts(*slots, a_slot("ses_3", day=14, starts="15:00", ends="16:50"), prayer_times=[due])
    (moved,) = conflicts(*slots, a_slot("ses_3", day=14, starts="15:05", ends="16:55"), prayer_times=[due])

    assert (found.kind, found.is_fatal, found.key) == (
        "no_time_for_prayer", False, "no_time_for_prayer:2026-07-14:dhuhr",
    )  # fmt: skip
    assert (found.pointer, found.session_ids, found.presenter_id) == ("/slots/1", ["ses_2", "ses_3"], None)
    assert moved.key == found.key
    assert conflicts(*slots, prayer_times=[due]) == []


MINUTES = st.integers(0, 11).map(lambda number: 9 * 60 + number * 20)
SLOTS = st.lists(
    st.tuples(st.sampled_from(["Harbour", "Attic"]), MINUTES, st.integers(1, 5), st.sets(st.sampled_from("abc"))),
    max_size=8,
)


@given(SLOTS)
def test_what_overlaps_is_named_and_nothing_else(drawn: list[tuple[str, int, int, set[str]]]) -> None:
    """A slow oracle marks every minute of every slot, and finds every pair; each session of one is named."""
    slots = [
        a_slot(f"ses_{number}", room=room, starts=_clock(begins), ends=_clock(begins + length * 20))
        for number, (room, begins, length, _) in enumerate(drawn)
    ]
    sessions = [
        a_session(f"ses_{number}", presenter_ids=sorted(f"dlg_{each}" for each in presenters))
        for number, (*_, presenters) in enumerate(drawn)
    ]
    pairs: dict[str, set[tuple[int, str]]] = {}
    for (one, (room, begins, length, whom)), (other, (other_room, other_begins, other_length, others)) in combinations(
        enumerate(drawn), 2
    ):
        minutes, other_minutes = (
            {*range(start, start + number * 20)} for start, number in ((begins, length), (other_begins, other_length))
        )
        if minutes & other_minutes:
            both = ":".join(sorted([f"ses_{one}", f"ses_{other}"]))
            taken = {f"dlg_{each}" for each in whom & others} | ({room} if room == other_room else set())
            for each in taken:
                kind = "presenter_in_two_places" if each.startswith("dlg_") else "room_taken"
                pairs[f"{kind}:{both}:{each}"] = {(one, each), (other, each)}

    found = conflicts(*slots, sessions=sessions, dlg_a=HERE, dlg_b=HERE, dlg_c=HERE)

    overlapping = (ConflictKind.ROOM_TAKEN, ConflictKind.PRESENTER_IN_TWO_PLACES)
    named = [each.key for each in found if each.kind in overlapping]
    assert len(named) == len(set(named))
    assert set(named) <= set(pairs)
    assert {each for key in named for each in pairs[key]} == {each for both in pairs.values() for each in both}


def test_sessions_that_are_all_in_one_room_at_once_are_each_said_once() -> None:
    slots = [a_slot(f"ses_{number:03}") for number in range(200)]

    found = conflicts(*slots)

    assert kinds(found) == ["room_taken"] * 199
    assert {id for each in found for id in each.session_ids} == {slot.session_id for slot in slots}


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
