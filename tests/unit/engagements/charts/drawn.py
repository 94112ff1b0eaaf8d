"""Charts as one writes them in a sentence, drawn once for all tests, and what is in their pictures."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from services.engagements.analysis.judge import judge
from services.engagements.analysis.limits import Chart as Kind
from services.engagements.analysis.rule_sets import PERLA_2011, RuleSet
from services.engagements.analysis.verdict import Improvement, Judging
from services.engagements.charts.chart import Annotation, Chart, Panel, Phase
from services.engagements.charts.svg import svg_of
from tests.unit.engagements.analysis.series_of import series

BEGIN = date(2026, 1, 5)
EXAMPLE = "12 14 13 15 14 16 12 9 8 10 7 9 8 12"
"""Example 1 of the reference: a shift below the median at 8 to 13, and two runs, which is too few."""
SVG = "{http://www.w3.org/2000/svg}"
DECREASE = Improvement.DECREASE


def phase(text: str, rules: RuleSet = PERLA_2011, chart: Kind = Kind.RUN, *, begin: date = BEGIN, name: str = "",
          every: int = 7, **how: object) -> Phase:  # fmt: skip
    """Judge a series of a point each week."""
    found = series(text)
    days = tuple(begin + timedelta(days=every * index) for index in range(len(found.levels)))
    return Phase(days=days, levels=found.levels, verdict=judge(found, Judging(rules, chart, **how)), name=name)


def chart_of(*phases: Phase, **what: object) -> Chart:
    """Give the chart of one series."""
    return Chart(**{"title": "Days to the first visit", "panels": (Panel(phases=phases),), **what})


def example() -> Chart:
    """Give the chart of example 1, with everything that a chart can have."""
    return chart_of(
        phase(EXAMPLE, improvement=DECREASE, target=Decimal(8)),
        unit="days",
        definition="From referral to first visit.",
        source="Booking system.",
        annotations=(Annotation(day=date(2026, 2, 19), text="PDSA cycle 3: a slot is kept free"),),
    )


@cache
def example_picture() -> Element:
    """Give the picture of example 1."""
    return picture(example())


def picture(chart: Chart) -> Element:
    """Draw a chart, and read what was drawn."""
    return ElementTree.fromstring(svg_of(chart))


def texts(root: Element) -> list[str]:
    """Give what is written in a picture, without its title and description."""
    return ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]


def written(root: Element) -> str:
    return "\n".join(texts(root))


def described(root: Element) -> str:
    """Give its description for a screen reader."""
    return root.findtext(f"{SVG}desc", "")


def parts(root: Element, name: str) -> list[Element]:
    """Give the groups that draw a part: `centre`, `improvement`, `outside`."""
    return [each for each in root.iter(f"{SVG}g") if each.get("class") == name]


def marks(root: Element, name: str) -> list[tuple[float, float]]:
    """Give where the marks of a part are, from the left and from the top."""
    uses = [use for part in parts(root, name) for use in part.iter(f"{SVG}use")]
    return [(float(use.get("x", "")), float(use.get("y", ""))) for use in uses]


def corners(root: Element, name: str) -> list[tuple[float, float]]:
    """Give the corners of the lines of a part."""
    paths = [path.get("d", "") for part in parts(root, name) for path in part.iter(f"{SVG}path")]
    numbers = [float(each) for path in paths for each in path.split() if each not in "MLz"]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def with_texts(chart: Chart, text: str) -> Chart:
    """Give a chart all of whose texts are one text."""
    panels = tuple(
        Panel(phases=tuple(replace(phase, name=text) for phase in panel.phases), name=text) for panel in chart.panels
    )
    annotations = tuple(replace(each, text=text) for each in chart.annotations)
    return replace(chart, title=text, unit=text, definition=text, source=text, panels=panels, annotations=annotations)
