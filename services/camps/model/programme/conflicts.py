"""What is wrong with a programme, or deserves a second look: found anew each time, each with a key that stays."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from services.camps.model.programme.prayer_times import PrayerTime
from services.camps.model.programme.public_holidays import NO_HOLIDAYS, PublicHolidays
from services.camps.model.programme.session import Session
from services.camps.model.programme.session_lifecycle import SessionState
from services.camps.model.programme.slots import PlacedSlot, Room

NIGHT_BEGINS, NIGHT_ENDS = 22, 7
"""The hours at which nobody is asked to present from afar."""
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
NOT_TAKING_PLACE = (SessionState.DECLINED, SessionState.WITHDRAWN, SessionState.CANCELLED)
SURE = (SessionState.CONFIRMED, SessionState.DELIVERED)


class ConflictKind(StrEnum):
    """What is wrong."""

    ROOM_TAKEN = "room_taken"
    PRESENTER_IN_TWO_PLACES = "presenter_in_two_places"
    OUTSIDE_HOURS = "outside_hours"
    NOT_TAKING_PLACE = "not_taking_place"
    PRESENTER_NOT_COMING = "presenter_not_coming"
    PRESENTER_UNAVAILABLE = "presenter_unavailable"
    UNCONFIRMED = "unconfirmed"
    ROOM_TOO_SMALL = "room_too_small"
    NIGHT_HOURS = "night_hours"
    PUBLIC_HOLIDAY = "public_holiday"
    PRESENTER_HOLIDAY = "presenter_holiday"
    NO_TIME_FOR_PRAYER = "no_time_for_prayer"


FATAL = (
    *(ConflictKind.ROOM_TAKEN, ConflictKind.PRESENTER_IN_TWO_PLACES),
    *(ConflictKind.OUTSIDE_HOURS, ConflictKind.NOT_TAKING_PLACE),
)
"""No programme is released with one of these; of all others somebody says that they have seen them."""


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """One thing that is wrong: what, where in the slots, and between whom.

    `key` is the same as long as the same is wrong, whatever else is changed.
    """

    key: str
    kind: ConflictKind
    is_fatal: bool
    pointer: str
    session_ids: list[str]
    presenter_id: str | None = None
    detail: str


@dataclass(frozen=True, kw_only=True)
class Unavailable:
    """A time at which somebody cannot present."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class Presenter:
    """What matters of a delegate who presents: whether they come, where they are, and when they cannot.

    `holidays` are those where they live.
    """

    comes: bool
    is_remote: bool
    zone: str
    holidays: PublicHolidays = NO_HOLIDAYS
    unavailable: Sequence[Unavailable] = ()


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """What slots are judged by: the sessions, their presenters, the rooms, and when the camp opens and closes.

    `holidays` are those where the camp is, `prayer_times` those that its programme is to leave time for.
    """

    sessions: Mapping[str, Session]
    presenters: Mapping[str, Presenter]
    rooms: Sequence[Room]
    begins_at: datetime
    ends_at: datetime
    holidays: PublicHolidays = NO_HOLIDAYS
    prayer_times: Sequence[PrayerTime] = ()
    capacities: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        """Index the rooms by name."""
        object.__setattr__(self, "capacities", {room.name: room.capacity for room in self.rooms})

    def presenters_of(self, slot: PlacedSlot) -> list[str]:
        """Give the ids of who presents what is in a slot."""
        return self.sessions[slot.session_id].presenter_ids


def find_conflicts(slots: Sequence[PlacedSlot], of: Circumstances) -> list[Conflict]:
    """Give everything that is wrong with these slots, what is fatal first, then by where it is."""
    found = [*_overlaps(slots, of), *_alone(slots, of), *_on_holidays(slots, of), *_without_time_for_prayer(slots, of)]
    return sorted(found, key=lambda each: (not each.is_fatal, int(each.pointer.rpartition("/")[2]), each.key))


def _overlaps(slots: Sequence[PlacedSlot], of: Circumstances) -> Iterator[Conflict]:
    """Name, for each slot that begins while its room or a presenter is taken, the slot that has them longest.

    So there are at most as many as rooms and presenters of slots, not as pairs of slots; none is left unnamed.
    """
    longest: dict[tuple[ConflictKind, str], int] = {}
    for place in sorted(range(len(slots)), key=lambda each: slots[each].starts_at):
        for taken in _taken_by(slots[place], of):
            other = longest.get(taken, place)
            if other != place and slots[other].overlaps(slots[place]):
                yield _overlap(*taken, slots, first=min(other, place), second=max(other, place))
            if slots[other].ends_at <= slots[place].ends_at:
                longest[taken] = place


def _taken_by(slot: PlacedSlot, of: Circumstances) -> Iterator[tuple[ConflictKind, str]]:
    yield ConflictKind.ROOM_TAKEN, slot.room
    yield from ((ConflictKind.PRESENTER_IN_TWO_PLACES, each) for each in of.presenters_of(slot))


def _overlap(kind: ConflictKind, taken: str, slots: Sequence[PlacedSlot], *, first: int, second: int) -> Conflict:
    one, other = slots[first], slots[second]
    both, is_room = sorted([one.session_id, other.session_id]), kind is ConflictKind.ROOM_TAKEN
    if is_room:
        detail = f"{taken} is taken from {one.starts} to {one.ends} on {one.day}"
    else:
        detail = f"{taken} presents in {one.room} and in {other.room} at once"
    return _conflict(kind, [*both, taken], at=second, session_ids=both, detail=detail,
                     presenter_id=None if is_room else taken)  # fmt: skip


def _alone(slots: Sequence[PlacedSlot], of: Circumstances) -> Iterator[Conflict]:
    for place, slot in enumerate(slots):
        for kind, about, detail in (*_of_session(slot, of), *_of_place_and_time(slot, of)):
            yield _conflict(kind, [slot.session_id, *about], at=place, session_ids=[slot.session_id], detail=detail)
        for presenter_id in of.presenters_of(slot):
            for kind, about, detail in _of_presenter(slot, presenter_id, of):
                yield _conflict(kind, [slot.session_id, presenter_id, *about], at=place, session_ids=[slot.session_id],
                                presenter_id=presenter_id, detail=detail)  # fmt: skip


Finding = tuple[ConflictKind, list[str], str]
"""What is wrong, what beside the session it is about, and a sentence."""


def _of_session(slot: PlacedSlot, of: Circumstances) -> Iterator[Finding]:
    state = of.sessions[slot.session_id].state
    if state in NOT_TAKING_PLACE:
        yield ConflictKind.NOT_TAKING_PLACE, [], f"Session {slot.session_id} is {state}"
    elif state not in SURE:
        yield ConflictKind.UNCONFIRMED, [], f"Session {slot.session_id} is {state}, and not confirmed"


def _of_place_and_time(slot: PlacedSlot, of: Circumstances) -> Iterator[Finding]:
    if not of.begins_at <= slot.starts_at < slot.ends_at <= of.ends_at:
        yield ConflictKind.OUTSIDE_HOURS, [], f"{slot.starts} to {slot.ends} on {slot.day} is not within the camp"
    expected, places = of.sessions[slot.session_id].expected_audience, of.capacities.get(slot.room, 0)
    if expected is not None and expected > places:
        about = [slot.room, str(expected), str(places)]
        yield ConflictKind.ROOM_TOO_SMALL, about, f"{expected} are expected in {slot.room}, which has {places} places"


def _of_presenter(slot: PlacedSlot, presenter_id: str, of: Circumstances) -> Iterator[Finding]:
    presenter, when = of.presenters.get(presenter_id), [slot.starts_at.isoformat(), slot.ends_at.isoformat()]
    if presenter is None or not presenter.comes:
        yield ConflictKind.PRESENTER_NOT_COMING, [], f"{presenter_id} does not come"
        return
    if any(slot.starts_at < each.ends_at and each.starts_at < slot.ends_at for each in presenter.unavailable):
        yield ConflictKind.PRESENTER_UNAVAILABLE, when, f"{presenter_id} cannot present at this time"
    if presenter.is_remote and _touches_the_night(slot, presenter.zone):
        detail = f"It is night where {presenter_id} is ({presenter.zone}: {NIGHT_BEGINS} to {NIGHT_ENDS})"
        yield ConflictKind.NIGHT_HOURS, when, detail


def _touches_the_night(slot: PlacedSlot, zone: str) -> bool:
    """Look at both ends, and between them each hour: the night is longer than that."""
    hours = range(1, int((slot.ends_at - slot.starts_at) / HOUR) + 1)
    between = (slot.starts_at + number * HOUR for number in hours)
    return any(
        _is_night(each, zone) for each in (slot.starts_at, slot.ends_at - SECOND, *between) if each < slot.ends_at
    )


def _is_night(moment: datetime, zone: str) -> bool:
    hour = moment.astimezone(ZoneInfo(zone)).hour
    return hour >= NIGHT_BEGINS or hour < NIGHT_ENDS


def _on_holidays(slots: Sequence[PlacedSlot], of: Circumstances) -> Iterator[Conflict]:
    """Say once of each day, and of each presenter on it, that it is a public holiday; where the first slot is."""
    days = {slot.day for slot in slots}
    for day in sorted(days & of.holidays.days.keys()):
        yield _holiday(day, of.holidays, [place for place, slot in enumerate(slots) if slot.day == day], slots)
    theirs: dict[tuple[str, date], list[int]] = {}
    for place, slot in enumerate(slots):
        for presenter_id in of.presenters_of(slot):
            theirs.setdefault((presenter_id, _day_of(slot, of.presenters.get(presenter_id))), []).append(place)
    for (presenter_id, day), places in theirs.items():
        presenter = of.presenters.get(presenter_id)
        if presenter and presenter.comes and _is_a_holiday_of_theirs(day, presenter, of):
            yield _holiday(day, presenter.holidays, places, slots, presenter_id=presenter_id)


def _day_of(slot: PlacedSlot, presenter: Presenter | None) -> date:
    """Give the day of a slot as the clocks show it where its presenter then is."""
    if presenter is None or not presenter.is_remote:
        return slot.day
    return slot.starts_at.astimezone(ZoneInfo(presenter.zone)).date()


def _is_a_holiday_of_theirs(day: date, presenter: Presenter, of: Circumstances) -> bool:
    """Whether it is a holiday where they live, and not the same as that at the camp, which is said already."""
    name = presenter.holidays.days.get(day)
    return name is not None and name != of.holidays.days.get(day)


def _holiday(
    day: date,
    holidays: PublicHolidays,
    places: Sequence[int],
    slots: Sequence[PlacedSlot],
    *,
    presenter_id: str | None = None,
) -> Conflict:
    kind = ConflictKind.PRESENTER_HOLIDAY if presenter_id else ConflictKind.PUBLIC_HOLIDAY
    about = [*filter(None, (presenter_id, day.isoformat(), holidays.place))]
    whose = f", where {presenter_id} lives" if presenter_id else ", where the camp is"
    return _conflict(kind, about, at=places[0], session_ids=[slots[place].session_id for place in places],
                     presenter_id=presenter_id,
                     detail=f"{day} is a public holiday in {holidays.place}{whose}: {holidays.days[day]}")  # fmt: skip


def _without_time_for_prayer(slots: Sequence[PlacedSlot], of: Circumstances) -> Iterator[Conflict]:
    for due in of.prayer_times:
        places = due.slots_in_its_way(slots)
        if places:
            yield _conflict(ConflictKind.NO_TIME_FOR_PRAYER, [due.day.isoformat(), due.prayer], at=places[0],
                            session_ids=[slots[place].session_id for place in places],
                            detail=due.said_without_time())  # fmt: skip


def _conflict(
    kind: ConflictKind,
    about: list[str],
    *,
    at: int,
    session_ids: list[str],
    detail: str,
    presenter_id: str | None = None,
) -> Conflict:
    return Conflict(key=":".join([kind, *about]), kind=kind, is_fatal=kind in FATAL, pointer=f"/slots/{at}",
                    session_ids=session_ids, presenter_id=presenter_id, detail=detail)  # fmt: skip
