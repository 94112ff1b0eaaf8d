from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.domain.errors import Superseded
from services.notifications.model.copied import Milestone
from tests.builders.notifications import a_recipient


@pytest.mark.parametrize("late", [2, 3])
def test_an_older_event_that_comes_late_is_superseded(late: int) -> None:
    with pytest.raises(Superseded, match=f"event 3 of this subject is known, and this is {late}"):
        a_recipient(seen_sequence=late).in_place_of(a_recipient(seen_sequence=3))


def test_whoever_has_left_has_left_whatever_else_is_heard_of_them() -> None:
    known = a_recipient(seen_sequence=1, version=4, left_on=date(2026, 6, 1))

    now = a_recipient(seen_sequence=2, name="Åsa Ek").in_place_of(known)

    assert (now.name, now.version, now.left_on) == ("Åsa Ek", 4, date(2026, 6, 1))


@given(st.lists(st.integers(1, 9), min_size=1))
def test_in_whatever_order_events_are_heard_the_latest_is_kept(sequences: list[int]) -> None:
    first, *others = sequences
    kept = a_recipient(seen_sequence=first)

    for sequence in others:
        with suppress(Superseded):
            kept = a_recipient(seen_sequence=sequence).in_place_of(kept)

    assert kept == a_recipient(seen_sequence=max(sequences))


@pytest.mark.parametrize("reached", [2, 3])
def test_a_milestone_that_was_reopened_later_is_not_reached_any_more(reached: int) -> None:
    milestone = Milestone(id="mst_1")
    milestone.reopen(sequence=3)

    with pytest.raises(Superseded):
        milestone.refuse_if_reopened_since(reached)


def test_a_milestone_reached_again_after_it_was_reopened_is_reached() -> None:
    milestone = Milestone(id="mst_1")
    milestone.reopen(sequence=3)

    milestone.refuse_if_reopened_since(4)

    assert milestone.reopened_sequence == 3
