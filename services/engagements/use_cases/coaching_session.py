"""What one can have done with a coaching session."""

from datetime import date, datetime, timedelta

from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.external_ids import ExternalId
from chassis.schemas.operations import command
from services.engagements.model.coaching_session import CoachingSession
from services.engagements.model.engagement import Engagement
from services.engagements.repository.engagement import CoachingSessions, Engagements, Milestones, People
from services.engagements.schemas.engagement import (
    AnotherTime,
    EngagementId,
    ExpectedVersion,
    MilestoneId,
    Notes,
    PersonId,
    Reason,
    SessionId,
    ZoneName,
)
from services.engagements.use_cases.lead_coach import follow_the_coach_of_a_session
from services.engagements.use_cases.statement import statement_of


@command
def schedule_coaching(
    uow: UnitOfWork,
    scope: Scope,
    former_employer_period: timedelta,
    *,
    engagement_id: EngagementId,
    held_at: datetime,
    zone: ZoneName,
    coach_id: PersonId | None = None,
    milestone_id: MilestoneId | None = None,
    external_id: ExternalId | None = None,
) -> CoachingSession:
    """Schedule a coaching session, with the lead coach unless another one is named."""
    named = People(uow).referenced(coach_id, by="coach_id") if coach_id else None
    milestone = Milestones(uow).named(milestone_id, by="milestone_id", scope=scope) if milestone_id else None
    engagement = Engagements(uow).named(engagement_id, by="engagement_id", scope=scope)
    coach = named or People(uow).referenced(engagement.coach_at_work(), by="coach_id")
    session = CoachingSession.schedule(
        id=uow.new_id("cos"), engagement=engagement, milestone=milestone, coach=coach, held_at=held_at, zone=zone
    )
    session.external_id = external_id
    engagement.refuse_who_has_an_interest(coach, at=uow.now, period=former_employer_period)
    Engagements(uow).touch(engagement)
    return CoachingSessions(uow).save(session)


@command
def hold_coaching(
    uow: UnitOfWork,
    scope: Scope,
    *,
    session_id: SessionId,
    version: ExpectedVersion,
    held_on: date,
    notes: Notes | None = None,
) -> CoachingSession:
    """Confirm that a coaching session took place."""
    session = CoachingSessions(uow).get(session_id, scope=scope, version=version)
    session.hold(engagement=_engagement_of(uow, session), on=held_on, notes=notes, at=uow.now)
    return CoachingSessions(uow).save(session)


@command
def retract_coaching(
    uow: UnitOfWork,
    scope: Scope,
    former_employer_period: timedelta,
    *,
    session_id: SessionId,
    version: ExpectedVersion,
    reason: Reason,
) -> CoachingSession:
    """Take back, with a reason, that a coaching session took place: it is scheduled again."""
    session = CoachingSessions(uow).get(session_id, scope=scope, version=version)
    engagement = _engagement_of(uow, session)
    session.retract(engagement=engagement, statement=statement_of(uow, scope, reason))
    follow_the_coach_of_a_session(uow, session, engagement, former_employer_period)
    Engagements(uow).touch(engagement)
    return CoachingSessions(uow).save(session)


@command
def move_coaching(
    uow: UnitOfWork,
    scope: Scope,
    *,
    session_id: SessionId,
    version: ExpectedVersion,
    held_at: AnotherTime,
    zone: ZoneName,
    reason: Reason,
) -> CoachingSession:
    """Move a scheduled coaching session to another time, with a reason."""
    session = CoachingSessions(uow).get(session_id, scope=scope, version=version)
    session.move(held_at=held_at, zone=zone, statement=statement_of(uow, scope, reason),
                 in_history=uow.cause.entered_as_history)  # fmt: skip
    return CoachingSessions(uow).save(session)


@command
def cancel_coaching(
    uow: UnitOfWork, scope: Scope, *, session_id: SessionId, version: ExpectedVersion, reason: Reason
) -> CoachingSession:
    """Cancel a scheduled coaching session, with a reason."""
    session = CoachingSessions(uow).get(session_id, scope=scope, version=version)
    session.cancel(statement=statement_of(uow, scope, reason))
    return CoachingSessions(uow).save(session)


@command
def hand_over_coaching(
    uow: UnitOfWork,
    scope: Scope,
    former_employer_period: timedelta,
    *,
    session_id: SessionId,
    version: ExpectedVersion,
    coach_id: PersonId,
) -> CoachingSession:
    """Hand a scheduled coaching session over to another coach."""
    coach = People(uow).referenced(coach_id, by="coach_id")
    session = CoachingSessions(uow).get(session_id, scope=scope, version=version)
    session.hand_over(coach=coach)
    engagement = _engagement_of(uow, session)
    engagement.refuse_who_has_an_interest(coach, at=uow.now, period=former_employer_period)
    return CoachingSessions(uow).save(session)


def _engagement_of(uow: UnitOfWork, session: CoachingSession) -> Engagement:
    return Engagements(uow).get(session.engagement_id, scope=PLATFORM)
