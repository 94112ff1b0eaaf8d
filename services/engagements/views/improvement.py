"""What one can see of initiatives and PDSA cycles."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.queries import list_page
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.external_ids import ExternalId
from chassis.schemas.messages import Page, Paging
from chassis.schemas.operations import query
from services.engagements.charts.driver_diagram import Link, Node, driver_diagram
from services.engagements.model.improvement.ceiling import Ceiling, ceiling
from services.engagements.model.improvement.charter import Aim
from services.engagements.model.improvement.chartering import warnings_about
from services.engagements.model.improvement.driver_diagram import (
    AIM,
    ChangeIdea,
    Driver,
    DriverDiagram,
    DriverLevel,
    DriverLink,
    Strength,
)
from services.engagements.model.improvement.initiative import Initiative
from services.engagements.model.improvement.initiative_lifecycle import InitiativeState
from services.engagements.model.improvement.pdsa_cycle import PdsaCycle
from services.engagements.model.improvement.pdsa_lifecycle import PdsaState
from services.engagements.model.improvement.progress import AssessorRole, above
from services.engagements.model.improvement.worksheet import count
from services.engagements.model.measurement.measure import Measure
from services.engagements.reference import INITIATIVE_EXAMPLES
from services.engagements.repository.evidence_of_progress import evidence_of_progress
from services.engagements.repository.improvement import Initiatives, PdsaCycles
from services.engagements.repository.industry_lessons import IndustryLessons
from services.engagements.repository.measure_facts import fact_of
from services.engagements.repository.measurement import Measures
from services.engagements.schemas.engagement import EngagementId, PartnerId, Query
from services.engagements.schemas.improvement import FocusArea, InitiativeId
from services.engagements.schemas.pdsa import CycleId, IdeaCode


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """How often the predictions of an initiative came true, in the tests that were acted on."""

    predictions: int
    matched: int
    partly: int
    not_matched: int
    share_matched: str | None
    """With two digits behind the point; None before any prediction was judged."""


@dataclass(frozen=True, kw_only=True)
class InitiativeOverview:
    """Everything about an initiative at once."""

    initiative: Initiative
    missing: list[str]
    warnings: list[str]
    unmeasured_drivers: list[str]
    measures: list[Measure]
    cycles: list[PdsaCycle]
    calibration: Calibration
    ceiling: Ceiling
    scores_above_ceiling: list[AssessorRole]
    """Whose newest score is more than the evidence supports; it stands, for a score is a person's judgement."""


@dataclass(frozen=True, kw_only=True)
class IdeaSource:
    """What another industry taught, from which a change idea was taken, as it is said now."""

    source_id: str
    organisation: str
    industry: str
    lesson: str
    hypothesis: str
    is_withdrawn: bool


@dataclass(frozen=True, kw_only=True)
class DriverDiagramShown:
    """A driver diagram, with what is missing in it, and as a picture."""

    initiative_id: str
    version: int
    """The initiative's: `If-Match` names it to draw the diagram anew."""
    aim: Aim | None
    drivers: list[Driver]
    ideas: list[ChangeIdea]
    links: list[DriverLink]
    sources: list[IdeaSource]
    """The lessons of other industries that ideas were taken from."""
    unmeasured_drivers: list[str]
    unlinked_drivers: list[str]
    svg: str


@dataclass(frozen=True, kw_only=True)
class DriverDiagramPicture:
    """A driver diagram, drawn as SVG."""

    initiative_id: str
    svg: str


@query
def show_initiative(reading: Reading, scope: Scope, *, initiative_id: InitiativeId) -> Initiative:
    """Show an initiative."""
    return Initiatives(reading).get(initiative_id, scope=scope)


@query
def list_initiatives(
    reading: Reading,
    scope: Scope,
    *,
    paging: Paging,
    partner_id: PartnerId | None = None,
    engagement_id: EngagementId | None = None,
    state: InitiativeState | None = None,
    focus_area: FocusArea | None = None,
    stalled: bool | None = None,
    external_id: ExternalId | None = None,
    q: Query | None = None,
) -> Page[Initiative]:
    """List initiatives: of one partner or engagement, in one state, about one focus area, stalled or not, by title."""
    wanted = {"partner_id": partner_id, "engagement_id": engagement_id, "state": state, "focus_areas": focus_area}
    wanted |= {"external_id": external_id}
    if stalled is not None:
        wanted |= {"stalled_on": {"$ne" if stalled else "$eq": None}}  # type: ignore[dict-item]
    return list_page(Initiatives(reading), paging, scope=scope, q=q, **wanted)


@query
def show_initiative_overview(reading: Reading, scope: Scope, *, initiative_id: InitiativeId) -> InitiativeOverview:
    """Show an initiative with its measures and tests, how often predictions came true, and what its scores rest on."""
    initiative = Initiatives(reading).get(initiative_id, scope=scope)
    measures = Measures(reading).of_initiative(initiative.id)
    cycles = PdsaCycles(reading).of_initiative(initiative.id)
    family = [fact_of(measure) for measure in measures]
    supported = ceiling(evidence_of_progress(reading, initiative, measures, cycles))
    return InitiativeOverview(
        initiative=initiative,
        missing=initiative.missing(family),
        warnings=warnings_about(family),
        unmeasured_drivers=initiative.diagram.unmeasured,
        measures=measures,
        cycles=cycles,
        calibration=calibration_of(cycles),
        ceiling=supported,
        scores_above_ceiling=above(supported.score, initiative.scores),
    )


@query
def show_driver_diagram(reading: Reading, scope: Scope, *, initiative_id: InitiativeId) -> DriverDiagramShown:
    """Show the driver diagram of an initiative, also as a picture (SVG)."""
    initiative = Initiatives(reading).get(initiative_id, scope=scope)
    diagram = initiative.diagram
    return DriverDiagramShown(
        initiative_id=initiative.id,
        version=initiative.version,
        aim=initiative.aim,
        drivers=[*diagram.drivers],
        ideas=[*diagram.ideas],
        links=[*diagram.links],
        sources=_sources(reading, diagram),
        unmeasured_drivers=diagram.unmeasured,
        unlinked_drivers=diagram.unlinked,
        svg=_drawn(reading, initiative),
    )


def _sources(reading: Reading, diagram: DriverDiagram) -> list[IdeaSource]:
    taken = sorted({each.source_id for each in diagram.ideas if each.source_id})
    lessons = IndustryLessons(reading).each({"_id": {"$in": taken}}, scope=PLATFORM)
    return [
        IdeaSource(source_id=each.id, organisation=each.organisation, industry=each.industry, lesson=each.lesson,
                   hypothesis=each.hypothesis, is_withdrawn=each.is_withdrawn)
        for each in lessons
    ]  # fmt: skip


@query
def depict_driver_diagram(reading: Reading, scope: Scope, *, initiative_id: InitiativeId) -> DriverDiagramPicture:
    """Show the driver diagram of an initiative as SVG, to be printed."""
    initiative = Initiatives(reading).get(initiative_id, scope=scope)
    return DriverDiagramPicture(initiative_id=initiative.id, svg=_drawn(reading, initiative))


def _drawn(reading: Reading, initiative: Initiative) -> str:
    nodes, links = _nodes(reading, initiative), _lines(initiative.diagram)
    return driver_diagram(title=initiative.title, nodes=nodes, links=links)


def _nodes(reading: Reading, initiative: Initiative) -> list[Node]:
    """Give the boxes of the picture: drivers with the measures that follow them, ideas with how far they are."""
    aim, diagram = initiative.aim, initiative.diagram
    wanted = {"_id": {"$in": sorted({id for each in diagram.drivers for id in each.measure_ids})}}
    titles = {each.id: each.title for each in Measures(reading).each(wanted, scope=PLATFORM)}
    text = aim.statement if aim else initiative.title
    note = f"{aim.baseline_value:f} → {aim.target_value:f} by {aim.target_date}" if aim else "no aim yet"
    return [
        Node(code=AIM, column=0, text=text, note=note),
        *(Node(code=each.code, column=1 if each.level is DriverLevel.PRIMARY else 2, text=each.title,
               note="; ".join(titles[id] for id in each.measure_ids if id in titles)) for each in diagram.drivers),
        *(Node(code=each.code, column=3, text=each.title, note=f"{each.stage} · {each.evidence}".replace("_", " "))
          for each in diagram.ideas),
    ]  # fmt: skip


def _lines(diagram: DriverDiagram) -> list[Link]:
    return [Link(source=each.source, target=each.target, is_weak=each.strength is Strength.WEAK)
            for each in diagram.links]  # fmt: skip


@query
def show_cycle(reading: Reading, scope: Scope, *, cycle_id: CycleId) -> PdsaCycle:
    """Show a PDSA cycle."""
    return PdsaCycles(reading).get(cycle_id, scope=scope)


@query
def list_cycles(
    reading: Reading,
    scope: Scope,
    *,
    paging: Paging,
    partner_id: PartnerId | None = None,
    engagement_id: EngagementId | None = None,
    initiative_id: InitiativeId | None = None,
    ramp_id: CycleId | None = None,
    idea: IdeaCode | None = None,
    state: PdsaState | None = None,
    external_id: ExternalId | None = None,
) -> Page[PdsaCycle]:
    """List PDSA cycles: of one partner, engagement, initiative, ramp or change idea, or in one state."""
    wanted = {"partner_id": partner_id, "engagement_id": engagement_id, "initiative_id": initiative_id}
    wanted |= {"ramp_id": ramp_id, "idea": idea, "state": state, "external_id": external_id}
    return list_page(PdsaCycles(reading), paging, scope=scope, **wanted)


def calibration_of(cycles: Sequence[PdsaCycle]) -> Calibration:
    """Count how the predictions of the cycles that were acted on compare with what was seen."""
    found = count(asked for each in cycles if each.state is PdsaState.ACTED for asked in each.questions)
    judged = found.matched + found.partly + found.not_matched
    share = format((Decimal(found.matched) / judged).quantize(Decimal("0.01")), "f") if judged else None
    return Calibration(
        predictions=judged,
        matched=found.matched,
        partly=found.partly,
        not_matched=found.not_matched,
        share_matched=share,
    )


@dataclass(frozen=True, kw_only=True)
class InitiativeExample:
    """An example of an initiative: the bodies of the requests that begin it, without the ids of what is yours."""

    code: str
    title: str
    source: str
    initiative: dict[str, Any]
    measures: list[dict[str, Any]]
    driver_diagram: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class InitiativeExamples:
    """The examples of the library."""

    items: list[InitiativeExample]


@query
def show_initiative_examples(reading: Reading, scope: Scope) -> InitiativeExamples:  # noqa: ARG001  as every query
    """Show examples to begin from: infections, older adults with complex needs, value without loss of quality."""
    return InitiativeExamples(items=[InitiativeExample(**each) for each in INITIATIVE_EXAMPLES])
