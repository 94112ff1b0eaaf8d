from collections.abc import Callable
from contextlib import suppress
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.domain.errors import Superseded
from services.notifications.model.coached import CoachingSession, Engagement
from services.notifications.model.copied import Milestone, Partner
from tests.builders.notifications import a_recipient


@pytest.mark.parametrize("late", [2, 3])
def test_an_older_event_that_comes_late_is_superseded(late: int) -> None:
    with pytest.raises(Superseded, match=f"event 3 of this subject is known, and this is {late}"):
        a_recipient(seen_sequence=late).in_place_of(a_recipient(seen_sequence=3))


def test_whoever_has_left_has_left_whatever_older_things_are_heard_of_them() -> None:
    known = a_recipient(seen_sequence=1, version=4)
    known.leave(sequence=3, on=date(2026, 6, 1))

    now = a_recipient(seen_sequence=2, name="Åsa Ek").in_place_of(known)

    assert (now.name, now.version, now.left_on) == ("Åsa Ek", 4, date(2026, 6, 1))


def test_whoever_is_described_after_they_left_is_back() -> None:
    known = a_recipient(seen_sequence=1)
    known.leave(sequence=2, on=date(2026, 6, 1))

    assert a_recipient(seen_sequence=3).in_place_of(known).left_on is None


def test_that_somebody_left_before_they_returned_is_heard_late() -> None:
    back = a_recipient(seen_sequence=3)

    back.leave(sequence=2, on=date(2026, 6, 1))

    assert back.left_on is None
    with pytest.raises(Superseded):
        back.leave(sequence=2, on=date(2026, 6, 1))


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


@pytest.mark.parametrize(("sequence", "coach_id"), [(2, "per_1"), (3, None), (4, None)])
def test_whose_it_is_since_an_event_is_known_by_a_later_event_alone(sequence: int, coach_id: str | None) -> None:
    session = CoachingSession(id="cos_1")
    session.change_coach("per_1", sequence=3)

    assert session.coach_since(sequence) == coach_id


@given(st.lists(st.integers(1, 9), min_size=1))
def test_in_whatever_order_changes_of_coach_are_heard_the_last_one_leads(sequences: list[int]) -> None:
    engagement = Engagement(id="eng_1")

    for sequence in sequences:
        with suppress(Superseded):
            engagement.change_coach(f"per_{sequence}", sequence=sequence)

    assert engagement.led_by("per_0") == f"per_{max(sequences)}"


def test_an_engagement_of_which_no_change_is_known_is_led_by_whom_an_event_names() -> None:
    assert Engagement(id="eng_1").led_by("per_0") == "per_0"


def test_what_was_said_of_the_need_for_a_coach_before_is_superseded() -> None:
    engagement = Engagement(id="eng_1")
    engagement.keep_need(sequence=5)

    with pytest.raises(Superseded):
        engagement.keep_need(sequence=4)


def test_a_session_is_whose_it_became_last() -> None:
    session = CoachingSession(id="cos_1", coach_id="per_1")
    session.change_coach("per_3", sequence=3)

    with pytest.raises(Superseded):
        session.change_coach("per_2", sequence=2)

    assert session.coach_id == "per_3"


@pytest.mark.parametrize("order", [*permutations(range(3))], ids=str)
def test_a_partner_admitted_anew_is_back_with_its_new_leaders_in_whichever_order_that_is_heard(
    order: tuple[int, ...],
) -> None:
    partner = Partner(id="prt_1", seen_sequence=0, name="Bellin Health")
    heard: list[Callable[[], None]] = [
        lambda: partner.admit(["per_1"], number=1),
        lambda: partner.depart(number=1, on=date(2026, 6, 1)),
        lambda: partner.admit(["per_2"], number=2),
    ]

    for each in order:
        with suppress(Superseded):
            heard[each]()

    assert (partner.departed_on, partner.leader_ids) == (None, ["per_2"])


def test_a_partner_that_departed_has_departed_also_when_its_admission_is_heard_later() -> None:
    partner = Partner(id="prt_1", seen_sequence=0, name="Bellin Health")

    partner.depart(number=1, on=date(2026, 6, 1))
    partner.admit(["per_1"], number=1)

    assert partner.departed_on == date(2026, 6, 1)
