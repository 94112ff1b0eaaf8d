"""How much of what was promised at camps came back: the outcome measure of the camps themselves, camp after camp."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.operations import query
from services.engagements.analysis.document import document_of
from services.engagements.analysis.judge import judge
from services.engagements.analysis.limits import Chart as ChartKind
from services.engagements.analysis.rule_sets import PERLA_2011
from services.engagements.analysis.series import Observation, Series
from services.engagements.analysis.verdict import Improvement, Judging, Verdict
from services.engagements.charts.chart import Chart, Panel, Phase
from services.engagements.drawing import Drawing
from services.engagements.model.improvement.promised_test import PromiseState
from services.engagements.repository.engagement import Camps
from services.engagements.repository.improvement import PromisedTests

JUDGING = Judging(rules=PERLA_2011, chart=ChartKind.P, improvement=Improvement.INCREASE)
TITLE = "Commitments reported back"


@dataclass(frozen=True, kw_only=True)
class CampOutcome:
    """Of how many commitments of one camp that count it is reported what came of them."""

    camp_id: str
    title: str
    starts_on: date
    made: int
    reported: int


@dataclass(frozen=True, kw_only=True)
class CampOutcomes:
    """The share of commitments reported back, camp after camp, with what the data say (p chart)."""

    camps: list[CampOutcome]
    verdict: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class CampOutcomesPicture:
    """The same, drawn as SVG."""

    svg: str


@query
def show_camp_outcomes(reading: Reading, scope: Scope) -> CampOutcomes:  # noqa: ARG001  everybody's
    """Show of how many commitments it is reported what came of them, camp after camp, and what the data say."""
    camps = _outcomes(reading)
    return CampOutcomes(camps=camps, verdict=document_of(_judged(camps)))


@query
def draw_camp_outcomes(reading: Reading, scope: Scope, drawing: Drawing) -> CampOutcomesPicture:  # noqa: ARG001  everybody's
    """Draw the share of commitments that were reported back, camp after camp, as SVG."""
    camps = _outcomes(reading)
    days, levels = tuple(each.starts_on for each in camps), _series(camps).levels
    panel = Panel(phases=(Phase(days=days, levels=levels, verdict=_judged(camps)),))
    definition = "Commitments reported, for each of: commitments that count"
    chart = Chart(title=TITLE, unit="%", scale=Decimal(100), panels=(panel,), definition=definition)
    return CampOutcomesPicture(svg=drawing.svg_of(chart))


def _outcomes(reading: Reading) -> list[CampOutcome]:
    """Give the camps at which something was promised that counts, in the order of their first days."""
    counting = {"state": {"$ne": PromiseState.RELEASED}}
    tests = list(PromisedTests(reading).each(counting, scope=PLATFORM))
    made = Counter(each.camp_id for each in tests)
    reported = Counter(each.camp_id for each in tests if each.is_reported)
    known = Camps(reading).each({"_id": {"$in": sorted(made)}, "starts_on": {"$ne": None}}, scope=PLATFORM)
    found = [CampOutcome(camp_id=each.id, title=each.title, starts_on=each.starts_on, made=made[each.id],
                         reported=reported[each.id]) for each in known if each.starts_on]  # fmt: skip
    by_day = {each.starts_on: each for each in found}
    return [by_day[day] for day in sorted(by_day)]


def _series(camps: Sequence[CampOutcome]) -> Series:
    return Series(Observation(Decimal(each.reported), Decimal(each.made)) for each in camps)


def _judged(camps: Sequence[CampOutcome]) -> Verdict:
    return judge(_series(camps), JUDGING)
