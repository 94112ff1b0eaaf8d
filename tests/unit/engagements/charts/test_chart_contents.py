"""What a chart shows: the series, the lines it is judged by, what its signals are, and what it rests on."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from services.engagements.analysis.limits import Chart as Kind
from services.engagements.analysis.rule_sets import ANHOEJ_2014, MDC_NHS, SUSTAINED_SHIFT_9
from services.engagements.analysis.verdict import Improvement
from services.engagements.charts.chart import Annotation, CannotBeDrawn, Chart, Panel, Phase
from services.engagements.charts.svg import svg_of
from tests.unit.engagements.charts.drawn import (
    BEGIN,
    DECREASE,
    EXAMPLE,
    SVG,
    chart_of,
    corners,
    described,
    example,
    example_picture,
    marks,
    parts,
    phase,
    picture,
    texts,
    written,
)

OUTSIDE = "20 22 19 21 23 20 22 21 24 20 22 21 30"
"""Example 3 of the reference: mean 21.923077, limits 14.386410 and 29.459744, the last point outside."""


def test_every_point_has_its_place_and_those_of_a_signal_a_shape_of_their_own() -> None:
    common, signal = marks(example_picture(), "points"), marks(example_picture(), "improvement")

    assert (len(common), len(signal)) == (8, 6)
    across = sorted(x for x, _ in common + signal)
    steps = [later - earlier for earlier, later in pairwise(across)]
    assert steps == pytest.approx([steps[0]] * 13, abs=1e-3)


def test_heights_are_in_proportion_to_values() -> None:
    (_, twelve), (_, fourteen), (_, thirteen), *_ = marks(example_picture(), "points")

    assert twelve - thirteen == pytest.approx((twelve - fourteen) / 2)
    assert [y for _, y in corners(example_picture(), "centre")] == pytest.approx([twelve, twelve])


def test_a_signal_is_told_in_words_with_its_days() -> None:
    assert "Improvement: shift of 6 points below the median, 23 Feb 2026 – 30 Mar 2026." in texts(example_picture())
    assert "Too few runs: 2, where chance makes 3 to 10." in texts(example_picture())
    assert {"shift", "improvement"} <= set(texts(example_picture()))


def test_lines_are_named_with_their_values() -> None:
    assert {"median 12", "target 8"} <= set(texts(example_picture()))


def test_what_happened_is_numbered_and_told() -> None:
    assert {"1", "[1] 19 Feb 2026: PDSA cycle 3: a slot is kept free"} <= set(texts(example_picture()))


def test_definition_source_and_rules_stand_below() -> None:
    *_, definition, source, judged = texts(example_picture())

    assert (definition, source) == ("Definition: From referral to first visit.", "Source: Booking system.")
    assert judged.startswith("Judged by perla_2011, version 1 (Perla, Provost, Murray")
    assert judged.endswith("14 points, 11 of them useful, 2 runs (3 to 10 expected).")


def test_who_does_not_see_it_is_told_all_of_it() -> None:
    root = example_picture()

    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "title desc")
    assert [(each.tag, each.get("id")) for each in root][:2] == [(f"{SVG}title", "title"), (f"{SVG}desc", "desc")]
    assert root.findtext(f"{SVG}title") == "Days to the first visit"
    assert described(root) == (
        "Run chart; days; lower is better. 14 points, 5 Jan 2026 – 6 Apr 2026. median 12, target 8. Improvement: shift "
        "of 6 points below the median, 23 Feb 2026 – 30 Mar 2026. Too few runs: 2, where chance makes 3 to 10. "
        "19 Feb 2026: PDSA cycle 3: a slot is kept free. Definition: From referral to first visit. Source: Booking "
        "system. Judged by perla_2011, version 1 (Perla, Provost, Murray, BMJ Quality & Safety 2011;20:46-51): 14 "
        "points, 11 of them useful, 2 runs (3 to 10 expected)."
    )


def test_it_has_the_width_of_a_page_and_can_be_scaled() -> None:
    _, _, width, height = map(float, example_picture().get("viewBox", "").split())

    assert (width, example_picture().get("width")) == (780, "780pt")
    assert height < 595


def test_the_same_chart_is_the_same_picture() -> None:
    assert svg_of(example()) == svg_of(example())


def test_in_black_and_white_meanings_are_told_by_their_shapes() -> None:
    falls = picture(chart_of(phase(f"{EXAMPLE} 17 18 17 18 17 18 19", improvement=DECREASE)))
    neither = picture(chart_of(phase(EXAMPLE)))

    def shape(root, name):
        return {path.get("d") for part in parts(root, name) for path in part.iter(f"{SVG}path")}

    shapes = [shape(falls, "improvement"), shape(falls, "concern"), shape(neither, "neutral"), shape(falls, "points")]
    assert [len(each) for each in shapes] == [1, 1, 1, 1]
    assert len(set.union(*shapes)) == 4


def test_too_little_data_is_said_in_words_and_has_no_signal() -> None:
    root = picture(chart_of(phase("5 7 6 5 8")))

    assert "Not enough data yet: 4 useful observations, and rules about runs need 10." in texts(root)
    assert "No signal" not in written(root)


def test_a_series_without_signals_says_so() -> None:
    root = picture(chart_of(phase("12 14 11 15 10 16 12 9 13 8 14 15 9 12 13")))

    assert "No signal: what varies, varies as chance makes it." in texts(root)


def test_nothing_measured_is_a_chart_too() -> None:
    root = picture(chart_of(phase("- - -")))

    assert "Not enough data yet: 0 useful observations, and rules about runs need 10." in texts(root)
    assert marks(root, "points") == []


def test_a_point_outside_the_limits_has_a_ring_and_is_told() -> None:
    root = picture(chart_of(phase(OUTSIDE, MDC_NHS, Kind.INDIVIDUALS, improvement=Improvement.INCREASE)))

    assert marks(root, "outside") == marks(root, "improvement")
    assert len(marks(root, "outside")) == 1
    assert {"mean 21.92", "lower limit 14.39", "upper limit 29.46", "outside limits"} <= set(texts(root))
    assert "Improvement: point outside the limits, 30 Mar 2026." in texts(root)


def test_limits_go_in_steps_where_denominators_differ() -> None:
    root = picture(chart_of(phase("2/20 3/20 4/80 5/80 1/20 2/20", chart=Kind.P), scale=Decimal(100), unit="%"))

    heights = {y for _, y in corners(root, "limit")}
    assert len(heights) == 3, "two heights above, and nothing can be below 0"
    assert {"mean 7.083", "upper limit", "lower limit 0"} <= set(texts(root))


def test_a_centre_that_is_frozen_is_carried_on_in_dashes() -> None:
    root = picture(chart_of(phase("31 29 33 30 28 32 31 35 29 30 32 31 28 27 26 25 27 22 21 20 22 19 21 20",
                                  SUSTAINED_SHIFT_9, baseline=12, improvement=DECREASE)))  # fmt: skip

    computed, carried = [path for part in parts(root, "centre") for path in part.iter(f"{SVG}path")]
    assert (computed.get("stroke-dasharray"), bool(carried.get("stroke-dasharray"))) == (None, True)
    assert "Improvement: sustained shift below the median, 30 Mar 2026 – 25 May 2026." in texts(root)
    assert len(marks(root, "improvement")) == 9


def test_each_phase_has_a_centre_of_its_own_and_a_boundary_before_it() -> None:
    first = phase("31 29 33 30 28 32", name="All wards")
    second = phase("22 20 - 21 19 20", begin=BEGIN + timedelta(days=42), name="Without day cases")
    root = picture(chart_of(first, second))

    assert len({y for _, y in corners(root, "centre")}) == 2
    assert len(parts(root, "phase")) == 1
    assert {"All wards", "Without day cases", "median 30.5", "median 20"} <= set(texts(root))


def test_across_a_missing_point_there_is_no_line() -> None:
    root = picture(chart_of(phase("5 6 - 7 8")))

    (line,) = [path.get("d", "") for part in parts(root, "line") for path in part.iter(f"{SVG}path")]
    assert line.count("M") == 2


def test_the_rules_of_anhoej_are_told_by_what_they_found() -> None:
    root = picture(chart_of(phase("1 2 1 2 1 2 1 2 9 8 9 8 9 8 9 8", ANHOEJ_2014)))

    longest, crossed = "the longest run has 8 points (by chance at most 7)", "crossed 1 × (by chance at least 4)"
    assert f"Not random: {longest}, the median is {crossed}." in texts(root)


def test_whether_a_target_can_be_met_is_said() -> None:
    met = phase(OUTSIDE, MDC_NHS, Kind.INDIVIDUALS, improvement=Improvement.INCREASE, target=Decimal(5))

    assert "As it goes on now, the target is met consistently." in texts(picture(chart_of(met)))


def test_strata_have_the_same_scales_and_their_names() -> None:
    names = ("All patients", "Black or African American", "White")
    series = ("50 52 51 53 50 52", "10 12 11 13 10 12", "90 92 91 93 90 92")
    panels = tuple(Panel(name=name, phases=(phase(text),)) for name, text in zip(names, series, strict=True))
    root = picture(Chart(title="Under control", panels=panels))

    assert set(names) <= set(texts(root))
    assert (texts(root).count("25"), texts(root).count("75")) == (3, 3), "each scale goes over all values of all"
    assert [f"{name}:" in described(root) for name in names] == [True] * 3
    assert texts(root).count("Not enough data yet: 6 useful observations") == 3


def test_of_many_signals_the_numbers_are_told() -> None:
    up, down = "1 2 1 2 1 2", "9 8 9 8 9 8"
    root = picture(chart_of(phase(" ".join([up, down] * 4), improvement=DECREASE)))

    assert "8 signals: 4 × shift (improvement), 4 × shift (concern)." in texts(root)


def test_of_many_annotations_the_first_are_shown_and_the_rest_counted() -> None:
    many = tuple(Annotation(day=BEGIN + timedelta(days=day), text=f"cycle {day}") for day in range(45))
    found = texts(picture(chart_of(phase(EXAMPLE), annotations=many)))

    assert {"[40] 13 Feb 2026: cycle 39", "and 5 more"} <= set(found)
    assert not any("cycle 40" in each for each in found)


def test_days_across_are_named_by_what_is_between_them() -> None:
    root = picture(chart_of(phase(EXAMPLE, every=365, begin=date(2000, 1, 1))))

    assert {"2000", "2004"} <= set(texts(root))


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ((BEGIN,), "1 days, but 2 levels; each level has its day"),
        ((BEGIN, BEGIN), "days are in the order of time, each once"),
    ],
)
def test_what_does_not_fit_together_is_refused(days: tuple[date, ...], told: str) -> None:
    whole = phase("1 2")

    with pytest.raises(CannotBeDrawn, match=told):
        Phase(days=days, levels=whole.levels, verdict=whole.verdict)


@pytest.mark.parametrize("count", [0, 25])
def test_a_chart_has_a_series_and_not_more_than_fit_on_its_page(count: int) -> None:
    with pytest.raises(CannotBeDrawn, match=f"{count} series; a chart has 1 to 24"):
        Chart(title="All", panels=(Panel(phases=(phase("1"),)),) * count)
