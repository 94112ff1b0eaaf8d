"""What one can have done with a milestone, and what time does to it."""

from collections.abc import Collection
from datetime import date
from functools import partial

from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.claims import Claimed, Claims
from chassis.persistence.unit_of_work import Store, UnitOfWork
from chassis.schemas.external_ids import ExternalId
from chassis.schemas.operations import command
from services.engagements.model.engagement import Engagement
from services.engagements.model.evidence import Evidence
from services.engagements.model.milestone import Milestone, MilestoneKind
from services.engagements.repository.engagement import Engagements, Milestones, People
from services.engagements.schemas import engagement as schemas
from services.engagements.schemas.engagement import (
    AnotherDay,
    DayToCome,
    EngagementId,
    EvidenceRuleAsked,
    ExpectedVersion,
    MilestoneId,
    PersonId,
    Reason,
    Title,
)
from services.engagements.use_cases.evidence import concerns_about, refuse_rule_that_cannot_be_met
from services.engagements.use_cases.statement import statement_of


@command
def plan_milestone(
    uow: UnitOfWork,
    scope: Scope,
    *,
    engagement_id: EngagementId,
    kind: MilestoneKind,
    title: Title,
    due_on: DayToCome,
    owner_id: PersonId | None = None,
    evidence_rule: EvidenceRuleAsked | None = None,
    external_id: ExternalId | None = None,
) -> Milestone:
    """Plan a milestone of an engagement that is under way, perhaps with what data must show for it."""
    owner = People(uow).referenced(owner_id, by="owner_id") if owner_id else None
    engagement = Engagements(uow).named(engagement_id, by="engagement_id", scope=scope)
    refuse_rule_that_cannot_be_met(uow, scope, evidence_rule, engagement)
    milestone = Milestone.plan(
        id=uow.new_id("mst"),
        engagement=engagement,
        kind=kind,
        title=title,
        due_on=due_on,
        at=uow.now,
        owner=owner,
        evidence_rule=evidence_rule,
        in_history=uow.cause.entered_as_history,
    )
    milestone.external_id = external_id
    Engagements(uow).touch(engagement)
    return Milestones(uow).save(milestone)


@command
def reach_milestone(
    uow: UnitOfWork,
    scope: Scope,
    *,
    milestone_id: MilestoneId,
    version: ExpectedVersion,
    reached_on: date,
    evidence: schemas.Evidence,
    despite: Reason | None = None,
) -> Milestone:
    """Confirm, with evidence, that a milestone is reached; where data speak against it, with a reason despite that."""
    milestone, engagement = _milestone_of_engagement(uow, scope, milestone_id, version)
    statement = Evidence(statement=evidence, confirmed_by=scope.subject, confirmed_at=uow.now, despite=despite)
    concerns = concerns_about(uow, milestone.evidence_rule)
    milestone.reach(engagement=engagement, on=reached_on, evidence=statement, concerns=concerns)
    return Milestones(uow).save(milestone)


@command
def reopen_milestone(
    uow: UnitOfWork, scope: Scope, *, milestone_id: MilestoneId, version: ExpectedVersion, reason: Reason
) -> Milestone:
    """Reopen a milestone, with a reason: its evidence is withdrawn."""
    milestone, engagement = _milestone_of_engagement(uow, scope, milestone_id, version)
    milestone.reopen(engagement=engagement, statement=statement_of(uow, scope, reason))
    Engagements(uow).touch(engagement)
    return Milestones(uow).save(milestone)


@command
def decline_proposal(
    uow: UnitOfWork, scope: Scope, *, milestone_id: MilestoneId, version: ExpectedVersion, reason: Reason
) -> Milestone:
    """Say, with a reason, that a milestone is not reached although data propose it."""
    milestone, engagement = _milestone_of_engagement(uow, scope, milestone_id, version)
    milestone.decline(engagement=engagement, statement=statement_of(uow, scope, reason))
    return Milestones(uow).save(milestone)


@command
def reschedule_milestone(
    uow: UnitOfWork,
    scope: Scope,
    *,
    milestone_id: MilestoneId,
    version: ExpectedVersion,
    due_on: AnotherDay,
    reason: Reason,
) -> Milestone:
    """Give a milestone another day, with a reason."""
    milestone, engagement = _milestone_of_engagement(uow, scope, milestone_id, version)
    milestone.reschedule(engagement=engagement, due_on=due_on, statement=statement_of(uow, scope, reason),
                         in_history=uow.cause.entered_as_history)  # fmt: skip
    return Milestones(uow).save(milestone)


@command
def put_milestone_at_risk(
    uow: UnitOfWork, scope: Scope, *, milestone_id: MilestoneId, version: ExpectedVersion, reason: Reason
) -> Milestone:
    """Mark a milestone as at risk of missing its day, with a reason."""
    milestone, engagement = _milestone_of_engagement(uow, scope, milestone_id, version)
    milestone.put_at_risk(engagement=engagement, statement=statement_of(uow, scope, reason))
    return Milestones(uow).save(milestone)


@command
def drop_milestone(
    uow: UnitOfWork, scope: Scope, *, milestone_id: MilestoneId, version: ExpectedVersion, reason: Reason
) -> Milestone:
    """Drop a milestone, with a reason."""
    milestone = Milestones(uow).get(milestone_id, scope=scope, version=version)
    milestone.drop(statement=statement_of(uow, scope, reason))
    return Milestones(uow).save(milestone)


@command
def restore_milestone(
    uow: UnitOfWork, scope: Scope, *, milestone_id: MilestoneId, version: ExpectedVersion, reason: Reason
) -> Milestone:
    """Restore a milestone that was dropped, with a reason: it is what it was before."""
    milestone, engagement = _milestone_of_engagement(uow, scope, milestone_id, version)
    milestone.restore(engagement=engagement, statement=statement_of(uow, scope, reason))
    Engagements(uow).touch(engagement)
    return Milestones(uow).save(milestone)


def miss_milestones(*, store: Store, claims: Claims) -> None:
    """Miss every milestone whose day was waited for and is over where its partner is."""
    claims.process_ready(lambda: Milestones.backlog.as_of(store.clock()), partial(_miss, store), sort="overdue_at")


def _miss(store: Store, claimed: Claimed) -> bool:
    store.transact(partial(_miss_if_overdue, claimed.id), cause=claimed.cause)
    return True


def _miss_if_overdue(milestone_id: str, uow: UnitOfWork) -> None:
    """Look again: somebody may have been faster than the clock."""
    milestone, engagement = _milestone_of_engagement(uow, PLATFORM, milestone_id)
    if milestone.miss(engagement=engagement, at=uow.now):
        Milestones(uow).save(milestone)


def _milestone_of_engagement(
    uow: UnitOfWork, scope: Scope, milestone_id: str, version: Collection[int] | None = None
) -> tuple[Milestone, Engagement]:
    milestone = Milestones(uow).get(milestone_id, scope=scope, version=version)
    return milestone, Engagements(uow).get(milestone.engagement_id, scope=PLATFORM)
