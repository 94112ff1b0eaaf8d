"""What the data of a series say, as signals with an identity: found once, extended, withdrawn, found again."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from services.engagements.analysis.verdict import Improvement, Meaning
from services.engagements.model.measurement.judgement import Finding, Judgement, Measured, judge_series_of
from services.engagements.model.measurement.measure import Measure
from services.engagements.model.measurement.signal import Signal, match
from tests.builders.engagements import statement
from tests.builders.measurement import FIRST_WEEK, YES, a_definition, a_measure, weekly

WORKED = (12, 14, 13, 15, 14, 16, 12, 9, 8, 10, 7, 9, 8, 12)
"""The first worked example of the reference: median 12, a shift below at positions 8 to 13."""
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def week(number: int) -> date:
    return FIRST_WEEK + timedelta(weeks=number - 1)


def found(judgement: Judgement, rule: str = "shift") -> list[Finding]:
    return [finding for finding in judgement.findings if finding.rule == rule]


def followed(measure: Measure, known: list[Signal], points: list[Measured]) -> list[Signal]:
    """What is known of a series after it was judged once more."""
    judgement = judge_series_of(measure, points)
    matched = match(known, judgement)
    new = [Signal.of(finding, measure, id=f"sgn_{len(known) + n}", stratum=None)
           for n, finding in enumerate(matched.new)]  # fmt: skip
    for signal, finding in zip(new, matched.new, strict=True):
        signal.detect(finding, judged=judgement.judged, at=NOW, coach_id="per_1")
    for signal, finding in matched.same:
        if signal.is_there:
            signal.extend(finding, judged=judgement.judged)
        else:
            signal.detect(finding, judged=judgement.judged, at=NOW, coach_id="per_1")
    for signal in matched.gone:
        signal.withdraw(judged=judgement.judged, at=NOW, coach_id="per_1")
    return [*known, *new]


def present(signals: list[Signal]) -> set[tuple[str, str, date, date, int, Meaning]]:
    return {(s.rule, s.side, s.first, s.last, s.length, s.meaning) for s in signals if s.is_there}


def said(signal: Signal) -> list[str]:
    return [event.type.rpartition(".")[2] for event in signal.recorded]


def test_the_published_example_has_one_shift_which_is_an_improvement_of_what_is_to_decrease() -> None:
    (shift,) = found(judge_series_of(a_measure(), weekly(*WORKED)))

    assert (shift.first, shift.last, shift.length) == (week(8), week(13), 6)
    assert (shift.side, shift.meaning) == ("below", Meaning.IMPROVEMENT)


def test_the_same_data_are_a_concern_where_more_is_better_and_neither_without_a_direction() -> None:
    def meaning(improvement: Improvement) -> Meaning:
        (shift,) = found(judge_series_of(a_measure(improvement=improvement), weekly(*WORKED)))
        return shift.meaning

    assert meaning(Improvement.INCREASE) is Meaning.CONCERN
    assert meaning(Improvement.NEUTRAL) is Meaning.NEUTRAL


def test_below_ten_useful_observations_nothing_is_a_signal() -> None:
    nine = judge_series_of(a_measure(), weekly(5, 5, 5, 5, 5, 5, 1, 2, 3, 4, 6, 7, 8, 9, 10))

    assert nine.phases[0].verdict.order.runs.useful == 9
    assert nine.findings == []


def test_a_week_without_data_is_no_point_and_breaks_nothing() -> None:
    values = (*WORKED[:10], None, *WORKED[10:])

    (shift,) = found(judge_series_of(a_measure(), weekly(*values)))

    assert (shift.first, shift.last, shift.length) == (week(8), week(14), 6)


def test_a_signal_is_detected_once_then_extended() -> None:
    measure = a_measure()
    signals = followed(measure, [], weekly(*WORKED[:13]))
    (shift,) = [each for each in signals if each.rule == "shift"]
    before = said(shift)

    followed(measure, signals, weekly(*WORKED[:13], 9))

    assert (before, said(shift)) == (["detected"], ["detected", "extended"])
    assert (shift.first, shift.last, shift.length) == (week(8), week(14), 7)


def test_the_same_data_again_are_no_news() -> None:
    signals = followed(a_measure(), [], weekly(*WORKED))
    before = [said(each) for each in signals]

    assert followed(a_measure(), signals, weekly(*WORKED)) == signals
    assert [said(each) for each in signals] == before


def test_a_correction_that_takes_a_signal_away_withdraws_it_and_another_brings_the_same_one_back() -> None:
    measure = a_measure()
    (shift,) = [each for each in followed(measure, [], weekly(*WORKED)) if each.rule == "shift"]
    corrected = (*WORKED[:9], 13, *WORKED[10:])

    followed(measure, [shift], weekly(*corrected))
    followed(measure, [shift], weekly(*WORKED))

    assert said(shift) == ["detected", "withdrawn", "detected"]
    assert [each.state for each in shift.sightings] == ["detected", "withdrawn", "detected"]


def test_a_late_point_moves_where_a_signal_begins_and_it_stays_the_same_signal() -> None:
    measure = a_measure()
    without_seventh = (*WORKED[:6], None, *WORKED[7:])
    (shift,) = [each for each in followed(measure, [], weekly(*without_seventh)) if each.rule == "shift"]

    followed(measure, [shift], weekly(*WORKED[:6], 10, *WORKED[7:]))

    assert said(shift) == ["detected", "extended"]
    assert shift.first == week(7)


def test_a_new_definition_or_a_rebase_begins_a_phase_with_a_centre_of_its_own() -> None:
    values = (*[20, 22] * 6, *[10, 12] * 6)
    measure = a_measure()
    measure.rebase(begins_on=week(13), answers=YES, statement=statement())

    whole, divided = judge_series_of(a_measure(), weekly(*values)), judge_series_of(measure, weekly(*values))

    assert [phase.verdict.centre for phase in whole.phases] == [16]
    assert [phase.verdict.centre for phase in divided.phases] == [21, 11]
    assert {(shift.side, shift.first) for shift in found(whole)} == {("above", week(1)), ("below", week(13))}


def test_a_shift_that_became_the_new_centre_is_the_same_signal_until_the_data_take_it_away() -> None:
    before, after = [20, 22] * 6, [10, 12] * 6
    measure = a_measure()
    (shift,) = [each for each in followed(measure, [], weekly(*before, *after)) if each.side == "below"]

    measure.rebase(begins_on=week(13), answers=YES, statement=statement())
    followed(measure, [shift], weekly(*before, *after))
    rebased = (shift.is_there, shift.first, shift.length)
    followed(measure, [shift], weekly(*before, *[23 if number % 4 == 0 else 10 for number in range(12)]))

    assert rebased == (True, week(13), 12)
    assert not shift.is_there


def test_another_definition_keeps_no_signal_of_what_was_defined_otherwise() -> None:
    measure = a_measure()
    measure.redefine(a_definition(effective_from=week(13)), statement())

    assert found(judge_series_of(measure, weekly(*[20, 22] * 6, *[10, 12] * 6))) == []


def test_a_frozen_baseline_keeps_its_centre_and_nine_beyond_it_are_a_candidate_for_another() -> None:
    values = (*[20, 22] * 6, *[10] * 9)
    measure = a_measure()
    measure.freeze_baseline(12, statement())

    judgement = judge_series_of(measure, weekly(*values))

    assert [phase.verdict.centre for phase in judgement.phases] == [21]
    (sustained,) = found(judgement, "sustained_shift")
    assert (sustained.first, sustained.last, sustained.length) == (week(13), week(21), 9)


def test_a_baseline_is_not_frozen_before_its_points_are_there() -> None:
    measure = a_measure()
    measure.freeze_baseline(12, statement())

    (phase,) = judge_series_of(measure, weekly(20, 22)).phases

    assert phase.verdict.judging.baseline is None


def test_a_rate_is_shown_per_its_multiplier() -> None:
    measure = a_measure(multiplier=1000)
    point = Measured(FIRST_WEEK, Decimal(3), Decimal(1200))

    (phase,) = judge_series_of(measure, [point]).phases

    assert phase.series.levels == (Decimal("2.5"),)


def test_it_is_known_where_the_target_is_met_without_a_gap() -> None:
    measure = a_measure(target="10")

    judgement = judge_series_of(measure, weekly(12, 10, None, 9, 11, 8))

    spans = [(span.first, span.last, span.length) for span in judgement.target_met]
    assert spans == [(week(2), week(4), 2), (week(6), week(6), 1)]


def test_the_hash_tells_other_data_another_definition_and_another_target_apart() -> None:
    redefined, aimed = a_measure(), a_measure(target="3")
    redefined.redefine(a_definition(effective_from=week(8)), statement())
    cases = [
        judge_series_of(a_measure(), weekly(*WORKED)),
        judge_series_of(a_measure(), weekly(*WORKED[:-1], 13)),
        judge_series_of(redefined, weekly(*WORKED)),
        judge_series_of(aimed, weekly(*WORKED)),
    ]

    assert len({judgement.judged for judgement in cases}) == len(cases)


VALUES = st.lists(st.one_of(st.none(), st.integers(0, 9)), min_size=8, max_size=40)


@settings(max_examples=60, deadline=None)
@given(VALUES, st.randoms(use_true_random=False))
def test_the_order_in_which_data_points_come_does_not_matter(values: list[int | None], random: object) -> None:
    points = weekly(*values)
    shuffled = list(points)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    one, other = judge_series_of(a_measure(), shuffled), judge_series_of(a_measure(), points)
    assert (one.judged, one.findings, one.latest) == (other.judged, other.findings, other.latest)


@settings(max_examples=60, deadline=None)
@given(VALUES, VALUES, VALUES)
def test_whatever_was_known_before_the_signals_are_those_that_had_been_always(
    first: list[int | None], then: list[int | None], last: list[int | None]
) -> None:
    measure, signals = a_measure(), list[Signal]()
    for values in (first, then, last):
        signals = followed(measure, signals, weekly(*values))

    assert present(signals) == present(followed(measure, [], weekly(*last)))
