"""What happened in an engagement in the time of a chart: which people elsewhere paste into it by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from chassis.domain.scope import PLATFORM
from chassis.persistence.unit_of_work import Reading
from services.engagements.model.coaching_session import CoachingState
from services.engagements.model.improvement.pdsa_lifecycle import PdsaState
from services.engagements.model.measurement.judgement import Judgement
from services.engagements.model.measurement.measure import Measure
from services.engagements.model.milestone_lifecycle import MilestoneState
from services.engagements.repository.engagement import Camps, CoachingSessions, Milestones
from services.engagements.repository.improvement import PdsaCycles


@dataclass(frozen=True, kw_only=True)
class Annotation:
    """What happened in the engagement in the time of a chart."""

    on: date
    kind: str
    about_id: str
    text: str


def annotations_of(reading: Reading, measure: Measure, judgement: Judgement) -> list[Annotation]:
    """Give what happened from the first period of a chart until now, in order."""
    if not judgement.phases:
        return []
    within = {"$gte": judgement.phases[0].periods[0].isoformat(), "$lte": reading.now.date().isoformat()}
    of_engagement = chain.from_iterable(each(reading, measure, within) for each in (_milestones, _sessions, _cycles))
    return sorted([*of_engagement, *_camps(reading, within)], key=lambda each: (each.on, each.about_id))


def _milestones(reading: Reading, measure: Measure, within: dict[str, str]) -> Iterator[Annotation]:
    reached = {"engagement_id": measure.engagement_id, "state": MilestoneState.REACHED, "reached_on": within}
    for each in Milestones(reading).each(reached, scope=PLATFORM):
        if each.reached_on:
            yield Annotation(on=each.reached_on, kind="milestone_reached", about_id=each.id, text=each.title)


def _sessions(reading: Reading, measure: Measure, within: dict[str, str]) -> Iterator[Annotation]:
    held = {"engagement_id": measure.engagement_id, "state": CoachingState.HELD, "held_on": within}
    for each in CoachingSessions(reading).each(held, scope=PLATFORM):
        if each.held_on:
            yield Annotation(on=each.held_on, kind="coaching_held", about_id=each.id, text="Coaching")


def _cycles(reading: Reading, measure: Measure, within: dict[str, str]) -> Iterator[Annotation]:
    """Those of its initiative, or of the whole engagement where it belongs to none."""
    of = {"initiative_id": measure.initiative_id} if measure.initiative_id else {}
    tested = {"engagement_id": measure.engagement_id, **of, "state": {"$ne": PdsaState.CANCELLED}, "started_on": within}
    for each in PdsaCycles(reading).each(tested, scope=PLATFORM):
        if each.started_on:
            yield Annotation(on=each.started_on, kind="pdsa_started", about_id=each.id, text=each.idea)


def _camps(reading: Reading, within: dict[str, str]) -> Iterator[Annotation]:
    for each in Camps(reading).each({"is_cancelled": False, "starts_on": within}, scope=PLATFORM):
        if each.starts_on:
            yield Annotation(on=each.starts_on, kind="camp", about_id=each.id, text=each.title)
