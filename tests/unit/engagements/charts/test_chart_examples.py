"""The charts in docs/charts are what is drawn today; `REWRITE_CHARTS=yes` draws them anew: then look at them."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from services.engagements.analysis.limits import Chart as Kind
from services.engagements.analysis.verdict import Improvement
from services.engagements.charts.chart import Annotation, Chart, Panel
from services.engagements.charts.svg import svg_of
from tests.unit.engagements.charts.drawn import BEGIN, DECREASE, chart_of, example, phase

FOLDER = Path(__file__).resolve().parents[4] / "docs" / "charts"
SOURCE = "Made up for this example."
MONTHLY = "14/40 10/55 13/38 13/60 24/120 13/44 15/52 10/47 13/61 13/58 10/39 8/44 16/80 20/90 7/41 17/53 13/48 18/62"
AFTER = "8/51 6/45 10/70 13/66 2/43 5/57 4/59 5/49 5/46 20/120 4/61 8/55"
STRATA = {
    "All patients": "59 63 64 60 61 65 59 63 62 64 66 64 67 65 62 63 70 69 72 71 71 72 73 74",
    "Black or African American": "50 46 49 48 52 49 50 51 51 50 48 54 51 61 59 57 59 60 60 65 62 60 60 59",
    "Hispanic or Latino": "54 56 57 54 57 58 56 57 53 60 56 57 58 58 59 60 58 59 61 60 59 56 62 61",
    "White": "65 69 64 63 62 65 71 68 64 63 66 64 64 70 71 70 68 72 71 68 67 71 70 73",
}


def run_chart() -> Chart:
    return replace(example(), source=SOURCE, definition="Median days from referral to the first visit, by week.")


def control_chart() -> Chart:
    ulcers = phase(f"{MONTHLY} {AFTER}", chart=Kind.P, begin=date(2024, 1, 31), every=30, improvement=DECREASE,
                   baseline=18)  # fmt: skip
    return chart_of(
        ulcers, title="Patients with a pressure ulcer", unit="% of patients", scale=Decimal(100), source=SOURCE
    )


def phases_and_annotations() -> Chart:
    first = phase("31 29 33 30 28 32 31 35 29 30 32 31", name="Definition 1: all wards", improvement=DECREASE,
                  target=Decimal(20))  # fmt: skip
    second = phase("23 22 24 23 - 22 24 21 19 20 18 19 17 18 19", begin=BEGIN + timedelta(days=84), target=Decimal(20),
                   name="Definition 2: without day cases", improvement=DECREASE)  # fmt: skip
    happened = {
        date(2026, 2, 1): "PDSA cycle 1: bed alarms on ward 4",
        date(2026, 2, 4): "Coaching session",
        date(2026, 2, 6): "Learning camp",
        date(2026, 4, 14): "PDSA cycle 2: intentional rounding, adapted",
        date(2026, 5, 20): "Milestone reached: rounding on all wards",
    }
    annotations = tuple(Annotation(day=day, text=text) for day, text in happened.items())
    return chart_of(first, second, title="Falls", unit="per 1,000 bed days", annotations=annotations, source=SOURCE)


def strata() -> Chart:
    how = {"improvement": Improvement.INCREASE, "target": Decimal(75), "every": 30}
    panels = tuple(Panel(name=name, phases=(phase(text, **how),)) for name, text in STRATA.items())
    happened = (Annotation(day=date(2027, 1, 10), text="PDSA cycle 4: community health workers call"),)
    return Chart(title="Blood pressure under control, by ancestry", unit="% of patients", panels=panels,
                 annotations=happened, source=SOURCE)  # fmt: skip


EXAMPLES = (run_chart, control_chart, phases_and_annotations, strata)


@pytest.mark.parametrize("drawing", EXAMPLES, ids=lambda drawing: drawing.__name__)
def test_a_chart_in_the_documentation_is_what_is_drawn_today(drawing: Callable[[], Chart]) -> None:
    path = FOLDER / f"{drawing.__name__.replace('_', '-')}.svg"
    if os.environ.get("REWRITE_CHARTS") == "yes":
        path.write_text(svg_of(drawing()), encoding="utf-8", newline="\n")

    assert svg_of(drawing()) == path.read_text(encoding="utf-8")
