"""What a partner promises at a camp to test, until it is reported or counts no more."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import partial
from itertools import permutations
from typing import Any

import pytest

from chassis.domain.errors import Conflict, Invalid, Superseded
from services.camps.model.learning import commitment_lifecycle
from services.camps.model.learning.commitment import Commitment, CycleHeard, Outcome, Report
from services.camps.model.learning.commitment_lifecycle import OPEN, CommitmentState
from services.camps.model.learning.statement import Statement
from services.camps.model.person import Person
from tests.builders.camps import a_camp
from tests.transition_walk import Try, Walk, refuse_unless, steps

AT_THE_CAMP = datetime(2026, 7, 15, 20, 0, tzinfo=UTC)
"""The afternoon of 15 July in Boston."""
OCTOBER = date(2026, 10, 15)
ITS_DAY_IS_OVER = datetime(2026, 10, 16, 4, 0, tzinfo=UTC)
"""Midnight after 15 October in Boston, which is four hours behind."""
WHY = Statement(reason="The ward is closed", by="anna", at=AT_THE_CAMP)


def an_owner(*, partner_id: str = "prt_1", left: bool = False) -> Person:
    return Person(id="per_1", partner_id=partner_id, described_sequence=1, left_sequence=2 if left else 0)


def promised(*, due_on: date = OCTOBER, owner: Person | None = None) -> Commitment:
    return Commitment.make(
        id="cmt_1", camp=a_camp(), partner_id="prt_1", admission_number=1, owner=owner or an_owner(),
        what="A checklist at each insertion", due_on=due_on, initiative_id=None, experience_id=None, at=AT_THE_CAMP,
    )  # fmt: skip


def a_report(outcome: Outcome = Outcome.ADOPTED) -> Report:
    return Report(outcome=outcome, by="anna", at=AT_THE_CAMP)


def heard(sequence: int, outcome: Outcome | None = None, *, cycle: str = "pds_1") -> CycleHeard:
    return CycleHeard(id=cycle, engagement_id="eng_1", sequence=sequence, outcome=outcome)


def commitment_that_is(state: str) -> Commitment:
    thing = promised()
    thing.recorded.clear()
    thing.cycle_id = "pds_1"
    COMES_TO_BE.get(state, lambda it: None)(thing)
    thing.recorded.clear()
    return thing


COMES_TO_BE: Mapping[str, Try] = {
    "overdue": lambda it: it.lapse(ITS_DAY_IS_OVER),
    "reported": lambda it: it.follow(heard(3, Outcome.ADAPTED), at=AT_THE_CAMP),
    "released": lambda it: it.release(WHY),
}


def lapsed(thing: Commitment) -> None:
    refuse_unless(thing.lapse(ITS_DAY_IS_OVER), commitment_lifecycle.TRANSITIONS, "note_overdue_commitments")


def released_with_partner(thing: Commitment, operation: str) -> None:
    thing.release_with_partner()
    refuse_unless(bool(thing.recorded), commitment_lifecycle.TRANSITIONS, operation)


WALKS = (
    Walk(
        table=commitment_lifecycle.TRANSITIONS,
        states=list(CommitmentState),
        that_is=commitment_that_is,
        tries={
            "change_commitment": lambda it: it.change(owner=None, at=AT_THE_CAMP, due_on=date(2026, 11, 1)),
            "note_overdue_commitments": lapsed,
            "report_commitment": lambda it: it.report(a_report()),
            "withdraw_report": lambda it: it.withdraw_report(WHY),
            "release_commitment": lambda it: it.release(WHY),
            "resume_commitment": lambda it: it.resume(WHY),
            "release_with_partner": partial(released_with_partner, operation="release_with_partner"),
            "release_of_earlier_admission": partial(released_with_partner, operation="release_of_earlier_admission"),
        },
        as_another={"follow_promised_cycle"},
    ),
)


@pytest.mark.parametrize(("walk", "operation", "state"), steps(WALKS))
def test_what_the_table_has_succeeds_and_all_else_is_refused_and_does_nothing(
    walk: Walk, operation: str, state: str
) -> None:
    walk.take(operation, state)


def test_every_operation_is_tried() -> None:
    assert [walk.untried for walk in WALKS] == [set()]


@pytest.mark.parametrize("due_on", [date(2026, 7, 15), date(2026, 7, 14)])
def test_a_test_is_promised_for_a_day_to_come_where_the_camp_is(due_on: date) -> None:
    with pytest.raises(Invalid, match="after 2026-07-15"):
        promised(due_on=due_on)


@pytest.mark.parametrize("owner", [an_owner(partner_id="prt_2"), an_owner(left=True)], ids=["another", "left"])
def test_who_answers_for_it_is_present_and_of_its_partner(owner: Person) -> None:
    with pytest.raises(Invalid):
        promised(owner=owner)


def test_it_is_overdue_when_its_day_is_over_where_the_camp_was() -> None:
    thing = promised()

    assert not thing.lapse(datetime(2026, 10, 16, 3, 59, tzinfo=UTC))
    assert thing.lapse(ITS_DAY_IS_OVER)
    assert (thing.state, thing.recorded[-1].type) == (CommitmentState.OVERDUE, "camps.commitment.overdue")


def test_who_promises_another_day_is_not_late_any_more() -> None:
    thing = commitment_that_is("overdue")

    thing.change(owner=None, at=ITS_DAY_IS_OVER, due_on=date(2026, 12, 1))

    assert thing.state is CommitmentState.MADE
    assert not thing.lapse(datetime(2026, 12, 1, 12, 0, tzinfo=UTC))


def test_what_is_promised_the_same_again_is_no_change() -> None:
    thing = promised()

    assert not thing.change(owner=None, at=AT_THE_CAMP, due_on=OCTOBER)
    assert [each.type for each in thing.recorded] == ["camps.commitment.made"]


@pytest.mark.parametrize("state", [*OPEN, CommitmentState.REPORTED])
def test_what_its_cycle_comes_to_is_its_report_in_place_of_another(state: CommitmentState) -> None:
    thing = commitment_that_is(state)

    thing.follow(heard(9, Outcome.ADOPTED), at=AT_THE_CAMP)

    assert (thing.state, thing.outcome, thing.reports[-1].cycle_id) == ("reported", "adopted", "pds_1")


def test_a_cycle_that_is_studied_again_takes_back_only_what_it_reported_itself() -> None:
    by_cycle, by_hand = commitment_that_is("reported"), commitment_that_is("reported")
    by_hand.report(a_report(Outcome.ABANDONED))

    by_cycle.follow(heard(4), at=AT_THE_CAMP)
    by_hand.follow(heard(4), at=AT_THE_CAMP)

    assert (by_cycle.state, by_cycle.outcome) == ("made", None)
    assert (by_hand.state, by_hand.outcome) == ("reported", "abandoned")


STORY: tuple[CycleHeard, ...] = (
    heard(1), heard(4, Outcome.ADAPTED), heard(5), heard(8, Outcome.ADOPTED), heard(1, cycle="pds_2"),
)  # fmt: skip


@pytest.mark.parametrize("order", [*permutations(range(5))])
def test_whatever_the_order_its_latest_cycle_counts_as_the_latest_event_says(order: tuple[int, ...]) -> None:
    thing = promised()

    for at in order:
        try:
            thing.follow(STORY[at], at=AT_THE_CAMP)
        except Superseded:
            continue

    assert (thing.cycle_id, thing.cycle_outcome) == ("pds_2", None)


@pytest.mark.parametrize("order", [*permutations(range(4))])
def test_whatever_the_order_what_the_cycle_says_last_is_the_report(order: tuple[int, ...]) -> None:
    thing = promised()

    for at in order:
        try:
            thing.follow(STORY[at], at=AT_THE_CAMP)
        except Superseded:
            continue

    assert (thing.state, thing.outcome) == ("reported", "adopted")


def test_what_was_found_while_it_was_released_is_reported_when_it_counts_again() -> None:
    thing = commitment_that_is("released")
    thing.follow(heard(9, Outcome.ABANDONED), at=AT_THE_CAMP)
    said_while_released: list[Any] = [*thing.recorded]

    thing.resume(WHY)

    assert said_while_released == []
    assert [each.type for each in thing.recorded] == ["camps.commitment.resumed", "camps.commitment.reported"]
    assert thing.outcome is Outcome.ABANDONED


def test_what_ended_with_a_departure_is_not_taken_up_again() -> None:
    thing = promised()
    thing.release_with_partner()

    with pytest.raises(Conflict, match="departed"):
        thing.resume(WHY)
