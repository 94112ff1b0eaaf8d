"""The working programme of a camp, what is released of it, and whom each release concerns."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.domain.errors import Invalid
from services.camps.model.programme.conflicts import Circumstances, find_conflicts
from services.camps.model.programme.mailing import Telling
from services.camps.model.programme.programme import (
    NothingToRelease,
    Programme,
    ProgrammeInConflict,
    WarningsNotAcknowledged,
)
from services.camps.model.programme.release import ProgrammeRelease
from services.camps.model.programme.session import Session
from services.camps.model.programme.session_lifecycle import SessionState
from services.camps.model.programme.slots import Room, Slot
from tests.builders.camps import a_camp

JUNE = datetime(2026, 6, 10, 9, tzinfo=UTC)
HARBOUR, ATTIC = Room(name="Harbour", capacity=40), Room(name="Attic", capacity=10)


def a_slot(session: str = "ses_1", room: str = "Harbour", starts: str = "10:00", ends: str = "11:00") -> Slot:
    return Slot(session_id=session, room=room, day=date(2026, 7, 14), starts=starts, ends=ends)


def a_session(id: str, **about: Any) -> Session:
    usual = {"camp_id": "cmp_1", "partner_id": "prt_1", "title": id, "state": SessionState.CONFIRMED}
    return Session(id=id, **(usual | about))


def arranged(*slots: Slot) -> Programme:
    programme = Programme(id="cmp_1", camp_id="cmp_1")
    programme.arrange(rooms=[HARBOUR, ATTIC], slots=slots)
    return programme


def released(
    programme: Programme, before: ProgrammeRelease | None = None, *, sessions: list[Session] | None = None
) -> ProgrammeRelease:
    """Release it as the use case does, at a camp whose delegates are of no importance."""
    camp, known = (
        a_camp(),
        {each.id: each for each in sessions or [a_session(each.session_id) for each in programme.slots]},
    )
    of = Circumstances(sessions=known, presenters={}, rooms=programme.rooms, begins_at=camp.begins_at(),
                       ends_at=camp.ends_at())  # fmt: skip
    found = [each for each in find_conflicts(programme.placed(camp), of) if each.kind != "presenter_not_coming"]
    number = (before.number if before else 0) + 1
    return programme.release(before, id=f"prl_{number}", camp=camp, sessions=known, conflicts=found, by="anna", at=JUNE)


@pytest.mark.parametrize(
    ("rooms", "slots", "pointer"),
    [
        ([HARBOUR, ATTIC, HARBOUR], [], "/rooms/2/name"),
        ([ATTIC], [a_slot()], "/slots/0/room"),
        ([HARBOUR], [a_slot(), a_slot(starts="12:00", ends="13:00")], "/slots/1/session_id"),
        ([HARBOUR], [a_slot(starts="11:00", ends="11:00")], "/slots/0/ends"),
    ],
)
def test_what_is_no_arrangement_is_refused_where_it_is_wrong(
    rooms: list[Room], slots: list[Slot], pointer: str
) -> None:
    programme = Programme(id="cmp_1", camp_id="cmp_1")

    with pytest.raises(Invalid) as refused:
        programme.arrange(rooms=rooms, slots=slots)

    assert refused.value.fields[0]["pointer"] == pointer


def test_a_programme_in_which_something_cannot_be_is_not_released() -> None:
    with pytest.raises(ProgrammeInConflict, match="Harbour is taken"):
        released(arranged(a_slot("ses_1"), a_slot("ses_2")))


def test_each_warning_is_acknowledged_by_name_before_a_release_and_the_release_says_by_whom() -> None:
    programme, accepted = arranged(a_slot()), [a_session("ses_1", state=SessionState.ACCEPTED)]
    with pytest.raises(WarningsNotAcknowledged, match="unconfirmed:ses_1"):
        released(programme, sessions=accepted)

    programme.acknowledge(["unconfirmed:ses_1"], by="bo", at=JUNE)

    (seen,) = released(programme, sessions=accepted).acknowledgements
    assert (seen.key, seen.by, seen.at) == ("unconfirmed:ses_1", "bo", JUNE)


def test_an_acknowledgement_can_be_taken_back() -> None:
    programme, accepted = arranged(a_slot()), [a_session("ses_1", state=SessionState.ACCEPTED)]
    programme.acknowledge(["unconfirmed:ses_1"], by="bo", at=JUNE)

    programme.withdraw_acknowledgements(["unconfirmed:ses_1"])

    with pytest.raises(WarningsNotAcknowledged):
        released(programme, sessions=accepted)


def test_a_release_says_what_is_new_moved_and_cancelled() -> None:
    programme = arranged(a_slot("ses_1"), a_slot("ses_2", "Attic"), a_slot("ses_3", starts="14:00", ends="15:00"))
    first = released(programme)
    programme.arrange(rooms=None, slots=[a_slot("ses_2", "Attic", "12:00", "13:00"), a_slot("ses_3", "Harbour", "14:00",
                      "15:00"), a_slot("ses_4")])  # fmt: skip

    second = released(programme, first)

    (moved,) = second.moved
    assert (first.number, second.number, first.new) == (1, 2, ["ses_1", "ses_2", "ses_3"])
    assert (second.new, second.cancelled, moved.session_id) == (["ses_4"], ["ses_1"], "ses_2")
    assert moved.starts_at_before == datetime(2026, 7, 14, 14, tzinfo=UTC)


def test_the_same_is_not_released_twice() -> None:
    programme = arranged(a_slot())
    first = released(programme)

    with pytest.raises(NothingToRelease):
        released(programme, first)


def test_another_title_is_something_to_release() -> None:
    programme = arranged(a_slot())
    first = released(programme)

    second = released(programme, first, sessions=[a_session("ses_1", title="Better")])

    assert (second.slots[0].title, second.new, second.moved, second.cancelled) == ("Better", [], [], [])


def test_what_is_not_in_it_any_more_is_remembered_until_it_comes_back() -> None:
    programme = arranged(a_slot("ses_1"), a_slot("ses_2", "Attic"))
    first = released(programme)
    programme.arrange(rooms=None, slots=[a_slot("ses_1")])
    second = released(programme, first)
    programme.arrange(rooms=None, slots=[a_slot("ses_1", starts="12:00", ends="13:00")])
    third = released(programme, second)
    programme.arrange(rooms=None, slots=[a_slot("ses_2")])
    fourth = released(programme, third)

    gone = [[slot.session_id for slot in each.no_more] for each in (first, second, third, fourth)]
    assert gone == [[], ["ses_2"], ["ses_2"], ["ses_1"]]


HOURS = st.integers(9, 16).map(lambda hour: (f"{hour:02}:00", f"{hour + 1:02}:00"))
ARRANGEMENTS = st.lists(
    st.tuples(st.sampled_from([f"ses_{number}" for number in range(5)]), st.sampled_from(["Harbour", "Attic"]), HOURS),
    max_size=6,
    unique_by=lambda slot: slot[0],
)


@given(st.lists(ARRANGEMENTS, max_size=6))
def test_a_released_programme_never_changes_and_has_nothing_that_cannot_be(drawn: list[Any]) -> None:
    """Whatever is arranged and tried to be released, one after another."""
    programme, releases, as_it_was = arranged(), [], []
    for slots in drawn:
        programme.arrange(rooms=None, slots=[a_slot(id, room, *hours) for id, room, hours in slots])
        try:
            releases.append(released(programme, releases[-1] if releases else None))
        except (ProgrammeInConflict, NothingToRelease):
            continue
        as_it_was.append(repr(releases[-1]))

    assert [repr(each) for each in releases] == as_it_was
    assert [each.number for each in releases] == [*range(1, len(releases) + 1)]
    for release in releases:
        places = [(slot.room, slot.starts) for slot in release.slots]
        assert len(set(places)) == len(places)


def told(release: ProgrammeRelease, before: ProgrammeRelease | None, delegate: str) -> list[tuple[str, str]] | None:
    """What a delegate is told of each session they present; None where they are not told."""
    telling = Telling(release=release, before=before)
    slots = telling.slots_of(delegate)
    return [(each.session_id, each.difference) for each in slots] if telling.concerns(slots) else None


def test_of_the_first_release_everybody_is_told_and_of_later_ones_whom_they_concern() -> None:
    theirs = [a_session("ses_1", presenter_ids=["dlg_1"]), a_session("ses_2", presenter_ids=["dlg_1", "dlg_2"])]
    programme = arranged(a_slot("ses_1"), a_slot("ses_2", starts="12:00", ends="13:00"))
    first = released(programme, sessions=theirs)
    programme.arrange(rooms=None, slots=[a_slot("ses_1"), a_slot("ses_2", "Attic", "12:00", "13:00")])
    moved = released(programme, first, sessions=theirs)
    programme.arrange(rooms=None, slots=[a_slot("ses_2", "Attic", "12:00", "13:00")])
    without = released(programme, moved, sessions=theirs)

    assert told(first, None, "dlg_3") == []
    assert told(first, None, "dlg_1") == [("ses_1", "new"), ("ses_2", "new")]
    assert told(moved, first, "dlg_1") == [("ses_1", "same"), ("ses_2", "moved")]
    assert (told(moved, first, "dlg_3"), told(without, moved, "dlg_2")) == (None, None)
    assert told(without, moved, "dlg_1") == [("ses_1", "cancelled"), ("ses_2", "same")]


def test_who_presents_a_session_no_more_is_told_and_so_is_who_presents_it_instead() -> None:
    programme = arranged(a_slot())
    first = released(programme, sessions=[a_session("ses_1", presenter_ids=["dlg_1"])])

    second = released(programme, first, sessions=[a_session("ses_1", presenter_ids=["dlg_2"])])

    assert told(second, first, "dlg_1") == [("ses_1", "cancelled")]
    assert told(second, first, "dlg_2") == [("ses_1", "new")]
