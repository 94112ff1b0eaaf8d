"""Named rule sets, each with its version and source: the field disagrees, so none is "the" rules."""

from dataclasses import dataclass
from enum import StrEnum

from services.engagements.analysis.limits import Chart


class Centre(StrEnum):
    """Around what points are judged."""

    MEDIAN = "median"
    MEAN = "mean"


@dataclass(frozen=True)
class RuleSet:
    """Which findings are signals. A number is how many points it takes, None that there is no such rule."""

    name: str
    version: str
    source: str
    chart: Chart = Chart.RUN
    """What its authors judge with it, if nothing else is said."""
    centre: Centre = Centre.MEDIAN
    """Of a run chart; control charts have their mean."""
    shift: int | None = None
    """Points on one side of the centre."""
    points_on_the_centre_break: bool = False
    """Whether a point on the centre ends a shift; else it neither counts nor breaks."""
    trend: int | None = None
    """Points that all rise or all fall, the first one counted."""
    repeats_break: bool = False
    """Whether two equal neighbours end a trend; else one of them counts, and the other is ignored."""
    run_limits: bool = False
    """Whether the number of runs is judged by the table of critical values."""
    longest_run_and_crossings: bool = False
    """Whether the longest run and the number of crossings are judged."""
    two_of_three: bool = False
    """Whether two of three points on one side, near a limit, are a signal."""
    sustained: bool = False
    """Whether nine points on one side of a frozen centre are a signal."""


PERLA_2011 = RuleSet(
    name="perla_2011",
    version="1",
    source="Perla, Provost, Murray, BMJ Quality & Safety 2011;20:46-51",
    shift=6,
    trend=5,
    run_limits=True,
)
ANHOEJ_2014 = RuleSet(
    name="anhoej_2014",
    version="1",
    source="Anhøj, Olesen, PLoS ONE 2014;9(11):e113825; Anhøj, PLoS ONE 2015;10(3):e0121349",
    longest_run_and_crossings=True,
)
MDC_NHS = RuleSet(
    name="mdc_nhs",
    version="1",
    source="NHS England, Making Data Count; the package NHSRplotthedots",
    chart=Chart.INDIVIDUALS,
    centre=Centre.MEAN,
    shift=7,
    points_on_the_centre_break=True,
    trend=7,
    repeats_break=True,
    two_of_three=True,
)
SUSTAINED_SHIFT_9 = RuleSet(
    name="sustained_shift_9",
    version="1",
    source="The package runcharter, and the practice of NHS Scotland",
    sustained=True,
)
RULE_SETS = {each.name: each for each in (PERLA_2011, ANHOEJ_2014, MDC_NHS, SUSTAINED_SHIFT_9)}
