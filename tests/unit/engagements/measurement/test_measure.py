"""What a measure is, and how it changes: definitions, phases, strata and targets."""

from datetime import date
from decimal import Decimal

import pytest

from chassis.domain.errors import Invalid
from services.engagements.analysis.limits import Chart
from services.engagements.events.measure import MeasureRevised
from services.engagements.model.engagement_lifecycle import EngagementAlreadyClosed
from services.engagements.model.measurement.definition import PhaseCause, RebaseAnswers
from services.engagements.model.measurement.measure import (
    DefinitionNotLater,
    Measure,
    MultiplierOfAProportion,
    NotRebased,
    RebaseNotJustified,
    RebaseNotLater,
)
from services.engagements.model.measurement.periods import Frequency, next_period, period_of
from services.engagements.model.measurement.stratum import NoSuchStratum, Stratum, StratumTwice
from tests.builders.engagements import an_engagement, statement
from tests.builders.measurement import YES, a_definition, a_measure

WOMEN = Stratum(code="women", dimension="sex", value="female", is_focus=True)
QUESTIONS = ("clearly_different", "reason_known", "desirable", "expected_to_continue")


def pointer_of(refused: pytest.ExceptionInfo[Invalid]) -> str:
    (error,) = refused.value.fields
    return error["pointer"]


@pytest.mark.parametrize(
    ("frequency", "day", "first", "following"),
    [
        (Frequency.DAILY, date(2028, 2, 29), date(2028, 2, 29), date(2028, 3, 1)),
        (Frequency.WEEKLY, date(2026, 1, 1), date(2025, 12, 29), date(2026, 1, 5)),
        (Frequency.WEEKLY, date(2026, 3, 29), date(2026, 3, 23), date(2026, 3, 30)),
        (Frequency.MONTHLY, date(2026, 1, 31), date(2026, 1, 1), date(2026, 2, 1)),
        (Frequency.MONTHLY, date(2026, 2, 1), date(2026, 2, 1), date(2026, 3, 1)),
        (Frequency.QUARTERLY, date(2026, 9, 30), date(2026, 7, 1), date(2026, 10, 1)),
        (Frequency.QUARTERLY, date(2026, 12, 31), date(2026, 10, 1), date(2027, 1, 1)),
    ],
)
def test_every_day_lies_in_a_period_of_the_calendar(
    frequency: Frequency, day: date, first: date, following: date
) -> None:
    assert period_of(day, frequency) == first
    assert next_period(first, frequency) == following


def test_a_new_definition_begins_a_phase_and_the_former_one_stays_on_record() -> None:
    measure = a_measure()

    measure.redefine(a_definition(effective_from=date(2026, 4, 1)), statement("Peripheral lines count, too"))

    assert [each.number for each in measure.definitions] == [1, 2]
    assert [(each.begins_on, each.cause) for each in measure.phases] == [
        (None, PhaseCause.FIRST_DATA),
        (date(2026, 3, 30), PhaseCause.DEFINITION),
    ]
    assert measure.definition_on(date(2026, 3, 23)).number == 1
    assert measure.definition_on(date(2026, 4, 6)).number == 2


def test_a_definition_takes_the_place_of_another_from_a_later_day() -> None:
    measure = a_measure()
    measure.redefine(a_definition(effective_from=date(2026, 4, 1)), statement())

    with pytest.raises(DefinitionNotLater, match="after the period of 2026-03-30") as refused:
        measure.redefine(a_definition(effective_from=date(2026, 4, 5)), statement())

    assert pointer_of(refused) == "/effective_from"


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_chart_is_rebased_only_when_each_of_the_four_questions_is_answered_yes(question: str) -> None:
    measure = a_measure()
    answers = RebaseAnswers(**{name: name != question for name in QUESTIONS})

    with pytest.raises(RebaseNotJustified) as refused:
        measure.rebase(begins_on=date(2026, 4, 6), answers=answers, statement=statement())

    assert pointer_of(refused) == f"/answers/{question}"
    assert len(measure.phases) == 1


def test_a_rebase_keeps_who_said_why_with_the_answers_and_is_undone_for_a_reason() -> None:
    measure = a_measure()

    measure.rebase(begins_on=date(2026, 4, 8), answers=YES, statement=statement("The bundle is used everywhere"))
    newest = measure.phases[-1]
    measure.undo_rebase(statement("Not everywhere after all"))

    assert (newest.begins_on, newest.answers, newest.cause) == (date(2026, 4, 6), YES, PhaseCause.REBASE)
    assert newest.statement is not None
    assert newest.statement.reason == "The bundle is used everywhere"
    assert [phase.cause for phase in measure.phases] == [PhaseCause.FIRST_DATA]
    assert [change.statement.reason for change in measure.transitions] == [
        "The bundle is used everywhere",
        "Not everywhere after all",
    ]


def test_a_phase_begins_after_the_one_before_it() -> None:
    measure = a_measure()
    measure.rebase(begins_on=date(2026, 4, 6), answers=YES, statement=statement())

    with pytest.raises(RebaseNotLater):
        measure.rebase(begins_on=date(2026, 4, 12), answers=YES, statement=statement())


def test_only_a_rebase_is_undone() -> None:
    measure = a_measure()
    measure.redefine(a_definition(effective_from=date(2026, 4, 6)), statement())

    with pytest.raises(NotRebased, match="definition"):
        measure.undo_rebase(statement())


def test_a_baseline_is_frozen_and_no_more() -> None:
    measure = a_measure()

    measure.freeze_baseline(12, statement())
    frozen = measure.phases[-1].baseline_points
    measure.freeze_baseline(None, statement())

    assert (frozen, measure.phases[-1].baseline_points) == (12, None)


@pytest.mark.parametrize("change", ["redefine", "freeze", "rebase", "undo", "retarget"])
def test_whatever_changes_how_it_is_judged_is_said(change: str) -> None:
    measure = a_measure()
    measure.rebase(begins_on=date(2026, 2, 2), answers=YES, statement=statement())
    measure.recorded.clear()

    {
        "redefine": lambda: measure.redefine(a_definition(effective_from=date(2026, 4, 6)), statement()),
        "freeze": lambda: measure.freeze_baseline(12, statement()),
        "rebase": lambda: measure.rebase(begins_on=date(2026, 4, 6), answers=YES, statement=statement()),
        "undo": lambda: measure.undo_rebase(statement()),
        "retarget": lambda: measure.retarget(Decimal(2), statement()),
    }[change]()

    assert [type(said) for said in measure.recorded] == [MeasureRevised]


def test_each_group_has_a_code_of_its_own() -> None:
    with pytest.raises(StratumTwice) as refused:
        a_measure(strata=[WOMEN, WOMEN])

    assert pointer_of(refused) == "/strata/1/code"


def test_a_data_point_is_of_a_group_that_the_measure_has_or_of_all_together() -> None:
    measure = a_measure(strata=[WOMEN])

    measure.must_have_stratum(None)
    measure.must_have_stratum("women")
    with pytest.raises(NoSuchStratum, match=r"One of women.*'men'"):
        measure.must_have_stratum("men")
    with pytest.raises(NoSuchStratum, match="Null is expected"):
        a_measure().must_have_stratum("men")


def test_proportions_are_not_multiplied() -> None:
    with pytest.raises(MultiplierOfAProportion):
        a_measure(chart=Chart.P, multiplier=100)

    assert a_measure(chart=Chart.U, multiplier=1000).definitions[0].multiplier == 1000


def test_nothing_is_measured_in_an_engagement_that_is_closed() -> None:
    engagement = an_engagement()
    engagement.close(on=date(2026, 6, 1), statement=statement())

    with pytest.raises(EngagementAlreadyClosed):
        Measure.define(id="msr_1", engagement=engagement, definition=a_definition())


@pytest.mark.parametrize(
    ("stratum", "denominator", "hidden"),
    [("women", "9", True), ("women", "10", False), (None, "9", False), ("women", None, False)],
)
def test_a_group_s_value_is_hidden_where_it_is_of_fewer_than_ten(
    stratum: str | None, denominator: str | None, hidden: bool
) -> None:
    counted_in = Decimal(denominator) if denominator else None

    assert a_measure(strata=[WOMEN]).is_suppressed(stratum, counted_in) is hidden
