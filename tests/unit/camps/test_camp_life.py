"""A camp comes nearer, takes place and is over."""

from datetime import UTC, date, datetime, timedelta

import pytest

from services.camps.events import camp as events
from services.camps.model.camp import Camp
from services.camps.model.camp_days import Season
from services.camps.model.camp_life import AnswersStillDue
from services.camps.model.camp_lifecycle import CampState
from services.camps.model.camp_schedule import CampFrozen, CampHasBegun, Cancellation, FreezesOnOutOfRange
from tests.builders.camps import a_camp

FIRST_OF_JUNE = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
ANSWERS_OVER = datetime(2026, 6, 30, 4, 0, tzinfo=UTC)
"""The end of 29 June in Boston."""
FREEZES = datetime(2026, 7, 6, 4, 0, tzinfo=UTC)
"""The beginning of 6 July in Boston."""
OPENS = datetime(2026, 7, 13, 13, 0, tzinfo=UTC)
CLOSES = datetime(2026, 7, 15, 21, 0, tzinfo=UTC)
A_MILLISECOND = timedelta(milliseconds=1)


def a_draft() -> Camp:
    return Camp.plan(id="cmp_1", at=FIRST_OF_JUNE, season=Season.SUMMER, year=2026, title="Summer Camp 2026",
                     place="Boston", zone="America/New_York", starts_on=date(2026, 7, 13), ends_on=date(2026, 7, 15),
                     capacity=120)  # fmt: skip


def said(camp: Camp) -> list[str]:
    return [each.type.removeprefix("camps.camp.") for each in camp.recorded]


def test_of_a_draft_nobody_hears_until_it_is_announced() -> None:
    camp = a_draft()
    camp.change(place="Cambridge", at=FIRST_OF_JUNE)

    assert (camp.state, camp.is_announced) == ("draft", False)
    assert {each.audience for each in camp.recorded} == {"internal"}
    camp.announce_as_planned(FIRST_OF_JUNE)
    assert (camp.state, camp.is_announced) == ("announced", True)
    assert said(camp) == ["planned", "planned", "announced"]
    assert camp.recorded[-1].place == "Cambridge"  # type: ignore[attr-defined]


def test_the_end_of_a_draft_is_the_institutes_own_matter() -> None:
    camp = a_draft()

    camp.cancel(Cancellation(reason="The place was not to be had", by="anna", at=FIRST_OF_JUNE))

    assert (camp.state, camp.is_announced) == ("cancelled", False)
    assert said(camp) == ["planned", "discarded"]
    assert camp.recorded[-1].audience == "internal"


def test_a_camp_freezes_begins_and_ends_by_itself_when_it_is_time() -> None:
    camp = a_camp()
    camp.freezes_on = date(2026, 7, 6)
    for instant, state in ((FREEZES, "frozen"), (OPENS, "running"), (CLOSES, "ended")):
        assert not camp.follow_the_calendar(instant - A_MILLISECOND)
        assert camp.next_step_at() == instant
        assert camp.follow_the_calendar(instant)
        assert camp.state == state

    assert camp.next_step_at() is None
    assert said(camp) == ["frozen", "started", "ended"]
    assert (camp.recorded[1], camp.recorded[2]) == (
        events.CampStarted(camp_id="cmp_1", season="summer", year=2026, title="Summer Camp 2026", begins_at=OPENS,
                           ends_at=CLOSES),
        events.CampEnded(camp_id="cmp_1", season="summer", year=2026, title="Summer Camp 2026", ended_at=CLOSES),
    )  # fmt: skip


@pytest.mark.parametrize("state", ["announced", "inviting", "frozen"])
def test_what_was_missed_is_caught_up_step_by_step(state: str) -> None:
    camp = a_camp(answer_by=None if state == "announced" else date(2026, 6, 29))
    camp.state, camp.freezes_on = CampState(state), date(2026, 7, 6)

    while camp.follow_the_calendar(CLOSES):
        pass

    assert said(camp) == ["started", "ended"]


@pytest.mark.parametrize("state", ["draft", "ended", "closed", "cancelled"])
def test_the_calendar_is_no_matter_of_a_camp_that_is_only_drafted_or_is_over(state: str) -> None:
    camp = a_camp()
    camp.state = CampState(state)

    assert not camp.follow_the_calendar(CLOSES)
    assert said(camp) == []


def test_a_camp_is_frozen_by_hand_once_the_last_day_to_answer_is_over() -> None:
    camp = a_camp()
    with pytest.raises(AnswersStillDue, match="from 2026-06-30T04:00:00"):
        camp.freeze(ANSWERS_OVER - A_MILLISECOND)

    camp.freeze(ANSWERS_OVER)

    assert (camp.state, said(camp)) == ("frozen", ["frozen"])


def test_no_seat_is_given_and_nobody_invited_from_the_freeze_on_also_before_the_timer_comes() -> None:
    camp = a_camp()
    camp.freezes_on = date(2026, 7, 6)
    assert camp.gives_seats(FREEZES - A_MILLISECOND)
    camp.refuse_unless_inviting(FREEZES - A_MILLISECOND)

    for _ in range(2):
        assert not camp.gives_seats(FREEZES)
        with pytest.raises(CampFrozen):
            camp.refuse_unless_inviting(FREEZES)
        camp.follow_the_calendar(FREEZES)


def test_seats_are_offered_until_the_freeze_and_without_one_until_the_camp_begins() -> None:
    camp, offer = a_camp(), timedelta(days=60)
    assert camp.offered_until(at=FIRST_OF_JUNE, offer=offer) == OPENS

    camp.freezes_on = date(2026, 7, 6)

    assert camp.offered_until(at=FIRST_OF_JUNE, offer=offer) == FREEZES
    assert camp.offered_until(at=FIRST_OF_JUNE, offer=timedelta(days=2)) == FIRST_OF_JUNE + timedelta(days=2)


def test_once_who_comes_is_settled_the_institute_alone_changes_it() -> None:
    camp = a_camp()
    camp.refuse_if_frozen(ANSWERS_OVER, by_staff=False)

    camp.freeze(ANSWERS_OVER)

    camp.refuse_if_frozen(ANSWERS_OVER, by_staff=True)
    with pytest.raises(CampFrozen):
        camp.refuse_if_frozen(ANSWERS_OVER, by_staff=False)
    with pytest.raises(CampFrozen):
        a_camp().refuse_if_frozen(OPENS, by_staff=False)


def test_what_was_frozen_too_soon_invites_again_and_does_not_freeze_at_once_by_itself() -> None:
    camp = a_camp()
    camp.freezes_on = date(2026, 7, 6)
    camp.follow_the_calendar(FREEZES)

    camp.unfreeze(FREEZES)

    assert (camp.state, camp.freezes_on) == ("inviting", None)
    assert camp.gives_seats(FREEZES)
    assert said(camp) == ["frozen", "unfrozen"]


def test_a_day_to_freeze_that_is_still_to_come_stays_when_it_is_unfrozen() -> None:
    camp = a_camp()
    camp.freezes_on = date(2026, 7, 6)
    camp.freeze(ANSWERS_OVER)

    camp.unfreeze(ANSWERS_OVER)

    assert camp.freezes_on == date(2026, 7, 6)


@pytest.mark.parametrize("freezes_on", [date(2026, 6, 29), date(2026, 7, 14)])
def test_a_camp_does_not_freeze_while_answers_are_due_or_once_it_has_begun(freezes_on: date) -> None:
    expected = f"A day after 2026-06-29 (answer_by) and up to 2026-07-13 (starts_on) is expected; got '{freezes_on}'"
    with pytest.raises(FreezesOnOutOfRange) as refused:
        a_camp(answer_by=None).open_invitations(answer_by=date(2026, 6, 29), freezes_on=freezes_on, at=FIRST_OF_JUNE)
    assert refused.value.fields[0] == {
        "pointer": "/freezes_on", "code": "out_of_range", "detail": expected,
    }  # fmt: skip
    with pytest.raises(FreezesOnOutOfRange):
        a_camp().change(freezes_on=freezes_on, at=FIRST_OF_JUNE)


def test_a_frozen_camp_whose_days_are_moved_invites_again() -> None:
    camp = a_camp()
    camp.freezes_on = date(2026, 7, 6)
    camp.follow_the_calendar(FREEZES)

    camp.change(starts_on=date(2026, 7, 20), ends_on=date(2026, 7, 22), at=FREEZES)

    assert (camp.state, camp.freezes_on, camp.anchor_revision) == ("inviting", None, 1)


def test_only_other_days_or_another_zone_are_another_revision_of_a_camp() -> None:
    camp = a_camp()

    camp.change(opens_at="10:00", at=FIRST_OF_JUNE)
    assert (said(camp), camp.anchor_revision) == (["changed"], 0)
    camp.change(ends_on=date(2026, 7, 16), at=FIRST_OF_JUNE)
    assert (said(camp), camp.anchor_revision) == (["changed", "rescheduled"], 1)
    assert camp.recorded[-1].before.opens_at == "10:00"  # type: ignore[attr-defined]


def test_what_is_said_of_a_camp_stays_once_it_runs() -> None:
    camp = a_camp()
    camp.follow_the_calendar(OPENS)

    with pytest.raises(CampHasBegun):
        camp.change(place="Cambridge", at=OPENS)
