"""What one can have done with an initiative."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from typing import Unpack

from chassis.domain.errors import UnknownReference
from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.external_ids import ExternalId
from chassis.schemas.operations import command
from services.engagements.model.engagement import Engagement
from services.engagements.model.improvement.charter import ANSWERING, InterventionFocus, Level
from services.engagements.model.improvement.driver_diagram import DriverDiagram
from services.engagements.model.improvement.initiative import Closing, Initiative
from services.engagements.model.improvement.initiative_lifecycle import Outcome
from services.engagements.repository.engagement import Engagements
from services.engagements.repository.improvement import Initiatives, PdsaCycles
from services.engagements.repository.measure_facts import family_of
from services.engagements.repository.measurement import Measures
from services.engagements.schemas.engagement import EngagementId, ExpectedVersion, Reason
from services.engagements.schemas.improvement import (
    CharterDescribed,
    DiagramDrawn,
    FocusAreas,
    InitiativeDescribed,
    InitiativeId,
    Paragraph,
    Settings,
    Title,
)
from services.engagements.use_cases.improvement.change_idea import lessons_named, refuse_withdrawn
from services.engagements.use_cases.improvement.facts import measure_of_aim, people_named, refuse_an_interested_coach
from services.engagements.use_cases.improvement.standing import cancel_cycles_with, restore_cycles_with
from services.engagements.use_cases.statement import statement_of


@command
def propose_initiative(
    uow: UnitOfWork,
    scope: Scope,
    former_employer_period: timedelta,
    *,
    engagement_id: EngagementId,
    title: Title,
    level: Level,
    focus_areas: FocusAreas,
    settings: Settings,
    intervention_focus: InterventionFocus,
    external_id: ExternalId | None = None,
    **charter: Unpack[CharterDescribed],
) -> Initiative:
    """Put an initiative on record as an idea, with as much of its charter as is known."""
    people = people_named(uow, charter)
    engagement = Engagements(uow).named(engagement_id, by="engagement_id", scope=scope)
    refuse_an_interested_coach(people, engagement, at=uow.now, period=former_employer_period)
    initiative = Initiative.propose(
        id=uow.new_id("ini"),
        engagement=engagement,
        people=people,
        measure=measure_of_aim(uow, charter),
        at=uow.now,
        in_history=uow.cause.entered_as_history,
        title=title,
        level=level,
        focus_areas=focus_areas,
        settings=settings,
        intervention_focus=intervention_focus,
        **charter,
    )
    initiative.external_id = external_id
    Engagements(uow).touch(engagement)
    return Initiatives(uow).save(initiative)


@command
def change_initiative(
    uow: UnitOfWork,
    scope: Scope,
    former_employer_period: timedelta,
    *,
    initiative_id: InitiativeId,
    version: ExpectedVersion,
    **changes: Unpack[InitiativeDescribed],
) -> Initiative:
    """Change the given members of an initiative and its charter; a signature stands only for what was signed."""
    people = people_named(uow, changes)
    initiative, engagement = initiative_at(uow, scope, initiative_id, version)
    refuse_an_interested_coach(people, engagement, at=uow.now, period=former_employer_period)
    changed = initiative.change(
        engagement=engagement,
        people=people,
        measure=measure_of_aim(uow, changes),
        family=family_of(uow, initiative.id),
        by=scope.subject,
        at=uow.now,
        in_history=uow.cause.entered_as_history,
        **changes,
    )
    return Initiatives(uow).save(initiative) if changed else initiative


@command
def draw_driver_diagram(
    uow: UnitOfWork,
    scope: Scope,
    *,
    initiative_id: InitiativeId,
    version: ExpectedVersion,
    **drawn: Unpack[DiagramDrawn],
) -> Initiative:
    """Draw the driver diagram of an initiative anew: each list that is given takes the place of the one there was.

    A change idea may name the lesson of another industry that it was taken from.
    """
    lessons = lessons_named(uow, drawn.get("ideas") or [])
    initiative, engagement = initiative_at(uow, scope, initiative_id, version)
    refuse_withdrawn(lessons, before=initiative.diagram)
    diagram = replace(initiative.diagram, **drawn)
    _refuse_unknown_measures(uow, diagram, engagement)
    tested = PdsaCycles(uow).tried_ideas(initiative.id)
    family = family_of(uow, initiative.id)
    if initiative.draw(diagram, engagement=engagement, tested=tested, family=family):
        Initiatives(uow).save(initiative)
    return initiative


@command
def sign_charter(
    uow: UnitOfWork, scope: Scope, *, initiative_id: InitiativeId, version: ExpectedVersion, signed_on: date
) -> Initiative:
    """Record that the sponsor of an initiative signed its charter."""
    initiative, engagement = initiative_at(uow, scope, initiative_id, version)
    initiative.sign(engagement=engagement, signed_on=signed_on, by=scope.subject, at=uow.now)
    return Initiatives(uow).save(initiative)


@command
def withdraw_signature(
    uow: UnitOfWork, scope: Scope, *, initiative_id: InitiativeId, version: ExpectedVersion, reason: Reason
) -> Initiative:
    """Take the signature under the charter of an initiative back, with a reason."""
    initiative, _ = initiative_at(uow, scope, initiative_id, version)
    initiative.withdraw_signature(statement_of(uow, scope, reason))
    return Initiatives(uow).save(initiative)


@command
def charter_initiative(
    uow: UnitOfWork, scope: Scope, *, initiative_id: InitiativeId, version: ExpectedVersion
) -> Initiative:
    """Charter an initiative whose aim, measures and change ideas are there, and for which somebody answers."""
    seen = Initiatives(uow).get(initiative_id, scope=scope, version=version)
    answering = people_named(uow, {member: getattr(seen, member) for member in ANSWERING})
    initiative, engagement = initiative_at(uow, scope, initiative_id, version)
    family = family_of(uow, initiative.id)
    initiative.charter(engagement=engagement, family=family, answering=answering)
    Engagements(uow).touch(engagement)
    return Initiatives(uow).save(initiative)


@command
def redraft_initiative(
    uow: UnitOfWork, scope: Scope, *, initiative_id: InitiativeId, version: ExpectedVersion, reason: Reason
) -> Initiative:
    """Take the charter of an initiative back, with a reason: it is an idea again."""
    initiative, engagement = initiative_at(uow, scope, initiative_id, version)
    initiative.redraft(engagement=engagement, statement=statement_of(uow, scope, reason))
    return Initiatives(uow).save(initiative)


@command
def start_initiative(
    uow: UnitOfWork, scope: Scope, *, initiative_id: InitiativeId, version: ExpectedVersion, started_on: date
) -> Initiative:
    """Begin the work on a chartered initiative."""
    initiative, engagement = initiative_at(uow, scope, initiative_id, version)
    initiative.start(engagement=engagement, on=started_on, at=uow.now)
    Engagements(uow).touch(engagement)
    return Initiatives(uow).save(initiative)


@command
def retract_initiative_start(
    uow: UnitOfWork, scope: Scope, *, initiative_id: InitiativeId, version: ExpectedVersion, reason: Reason
) -> Initiative:
    """Take back, with a reason, that work on an initiative has begun, before a change was tested."""
    initiative, engagement = initiative_at(uow, scope, initiative_id, version)
    tested = PdsaCycles(uow).tried_ideas(initiative.id)
    initiative.retract_start(engagement=engagement, tested=tested, statement=statement_of(uow, scope, reason))
    return Initiatives(uow).save(initiative)


@command
def close_initiative(
    uow: UnitOfWork,
    scope: Scope,
    *,
    initiative_id: InitiativeId,
    version: ExpectedVersion,
    outcome: Outcome,
    measured_impact: Paragraph | None = None,
    method: Paragraph | None = None,
    reason: Reason,
) -> Initiative:
    """Close an initiative today, with what became of it and why; its open PDSA cycles are cancelled."""
    initiative, engagement = initiative_at(uow, scope, initiative_id, version)
    statement = statement_of(uow, scope, reason)
    closing = Closing(outcome=outcome, closed_on=engagement.today(uow.now), statement=statement,
                      measured_impact=measured_impact, method=method)  # fmt: skip
    initiative.close(engagement=engagement, closing=closing)
    cancel_cycles_with(uow, initiative, statement)
    return Initiatives(uow).save(initiative)


@command
def reopen_initiative(
    uow: UnitOfWork, scope: Scope, *, initiative_id: InitiativeId, version: ExpectedVersion, reason: Reason
) -> Initiative:
    """Reopen an initiative, with a reason: it is what it was, and so are the cycles that were cancelled with it."""
    initiative, engagement = initiative_at(uow, scope, initiative_id, version)
    statement = statement_of(uow, scope, reason)
    initiative.reopen(engagement=engagement, statement=statement)
    restore_cycles_with(uow, initiative, engagement, statement)
    Engagements(uow).touch(engagement)
    return Initiatives(uow).save(initiative)


def initiative_at(
    uow: UnitOfWork, scope: Scope, initiative_id: str, version: Collection[int] | None = None
) -> tuple[Initiative, Engagement]:
    """Give an initiative with its engagement."""
    initiative = Initiatives(uow).get(initiative_id, scope=scope, version=version)
    return initiative, Engagements(uow).get(initiative.engagement_id, scope=PLATFORM)


def _refuse_unknown_measures(uow: UnitOfWork, diagram: DriverDiagram, engagement: Engagement) -> None:
    """Raise UnknownReference, at the driver, for a measure that is none of the engagement's."""
    theirs = {each.id for each in Measures(uow).each({"engagement_id": engagement.id}, scope=PLATFORM)}
    for at, driver in enumerate(diagram.drivers):
        for number, id in enumerate(driver.measure_ids):
            if id not in theirs:
                detail = f"A measure of engagement {engagement.id} is expected; got '{id}'"
                raise UnknownReference.at(f"/drivers/{at}/measure_ids/{number}", "unknown", detail)
