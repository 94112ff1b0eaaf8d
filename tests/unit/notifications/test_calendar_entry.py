"""What a diary is told of a camp: whatever becomes of letters, it never falls behind, and is told nothing in vain."""

from dataclasses import dataclass
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from services.notifications.model.calendar_entry import Appointment, CalendarEntry, CalendarFile, Method

JULY, AUGUST = (
    Appointment(title="Camp", place="Boston", zone="UTC", starts_on=day, ends_on=day)
    for day in (date(2026, 7, 13), date(2026, 8, 13))
)
SENT, LOST, UNCERTAIN = "sent", "lost", "uncertain"
HISTORIES = st.lists(st.tuples(st.sampled_from([None, JULY, AUGUST]), st.sampled_from([SENT, LOST, UNCERTAIN])))


@dataclass
class Told:
    """A letter with a file, and what became of it."""

    calendar: CalendarFile | None
    fate: str

    @property
    def surely_arrives(self) -> bool:
        return self.fate == SENT


def an_entry() -> CalendarEntry:
    return CalendarEntry(id="cmp_1.per_1", camp_id="cmp_1", recipient_id="per_1", partner_id="prt_1")


def told_in_turn(history: list[tuple[Appointment | None, str]]) -> tuple[CalendarEntry, list[Told]]:
    """Tell a diary each in turn; what is lost was cancelled before it left, so that the diary cannot have it."""
    entry, letters = an_entry(), list[Told]()
    for wanted, fate in history:
        arriving = [each for each in letters if each.fate != LOST]
        file = entry.tell(wanted, told=arriving)
        if file:
            letters.append(Told(file, fate))
    return entry, letters


def in_the_diary(files: list[CalendarFile]) -> Appointment | None:
    """The one with the highest sequence counts (RFC 5546, section 2.1.5)."""
    last = max(files, key=lambda file: file.sequence, default=None)
    return last.appointment if last and last.method is Method.REQUEST else None


@given(HISTORIES)
def test_a_sequence_never_falls_behind_what_the_diary_may_have_and_never_stands_for_two_things(history: list) -> None:
    _, letters = told_in_turn(history)

    meant: dict[int, CalendarFile] = {}
    for number, letter in enumerate(letters):
        assert letter.calendar
        sequence, before = letter.calendar.sequence, letters[:number]
        assert sequence >= max((e.calendar.sequence for e in before if e.calendar and e.fate != LOST), default=0)
        assert meant.setdefault(sequence, letter.calendar) == letter.calendar


@given(HISTORIES)
def test_nothing_is_cancelled_that_the_diary_cannot_have(history: list) -> None:
    _, letters = told_in_turn(history)

    for number, letter in enumerate(letters):
        before = [each.calendar for each in letters[:number] if each.fate != LOST and each.calendar]
        assert letter.calendar
        if letter.calendar.method is Method.CANCEL:
            assert any(each.method is Method.REQUEST for each in before)


@given(HISTORIES, st.sampled_from([None, JULY, AUGUST]), st.randoms())
def test_once_a_letter_arrives_the_diary_has_what_is_wanted_in_whatever_order_it_got_them(
    history: list, wanted: Appointment | None, order: object
) -> None:
    _, letters = told_in_turn([*history, (wanted, SENT)])

    arrived = [each.calendar for each in letters if each.fate == SENT and each.calendar]
    order.shuffle(arrived)  # type: ignore[attr-defined]
    assert in_the_diary(arrived) == wanted


@given(HISTORIES, st.sampled_from([None, JULY, AUGUST]))
def test_who_has_been_told_is_not_told_again(history: list, wanted: Appointment | None) -> None:
    entry, letters = told_in_turn([*history, (wanted, SENT)])

    assert entry.tell(wanted, told=[each for each in letters if each.fate != LOST]) is None
