"""What one can have done with an engagement, and what is done about its partner's events."""

from datetime import date, timedelta

from chassis.domain.scope import PLATFORM, Scope
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command, reaction
from services.engagements.model.engagement import Agreement, Engagement
from services.engagements.model.engagement_lifecycle import PausedFor
from services.engagements.model.statement import Statement
from services.engagements.repository.engagement import CoachingSessions, Engagements, Milestones, People
from services.engagements.schemas.engagement import (
    EngagementId,
    ExpectedVersion,
    Name,
    PartnerId,
    PersonId,
    Reason,
    ZoneName,
)
from services.engagements.use_cases.improvement import standing
from services.engagements.use_cases.lead_coach import follow_its_coach
from services.engagements.use_cases.statement import statement_of


@reaction("partners.partner.admitted")
def draft_engagement(
    uow: UnitOfWork,
    event: Envelope,
    *,
    partner_id: PartnerId,
    name: Name,
    zone: ZoneName,
    admission_number: int = 1,
) -> None:
    """Draft an engagement with the four key areas for a partner that was admitted, once for each admission."""
    Engagements(uow).refuse_a_second(partner_id, admission_number=admission_number)
    engagement = Engagement.draft(
        id=uow.new_id("eng"),
        partner_id=partner_id,
        partner_name=name,
        zone=zone,
        sequence=event.sequence,
        admission_number=admission_number,
    )
    Engagements(uow).save(engagement)


@reaction("partners.partner.profile_changed")
def refresh_partner(
    uow: UnitOfWork,
    event: Envelope,
    *,
    partner_id: PartnerId,
    name: Name,
    zone: ZoneName,
    admission_number: int = 1,
) -> None:
    """Call the partner by its name, and count its days in its zone."""
    engagement = Engagements(uow).of_partner(partner_id, admission_number=admission_number)
    engagement.keep_profile(sequence=event.sequence, name=name, zone=zone)
    _save_with_milestones(uow, engagement)


@reaction("partners.partner.paused")
def pause_with_partner(
    uow: UnitOfWork, event: Envelope, *, partner_id: PartnerId, reason: Reason, admission_number: int = 1
) -> None:
    """Pause the engagement of a partner that is paused; also when this overtook the end of an earlier pause."""
    engagement = Engagements(uow).of_partner(partner_id, admission_number=admission_number)
    engagement.keep_standing(sequence=event.sequence)
    if not engagement.is_closed and PausedFor.PARTNER not in engagement.paused_for:
        engagement.pause(PausedFor.PARTNER, statement=statement_of(uow, PLATFORM, reason))
    _save_with_milestones(uow, engagement)


@reaction("partners.partner.resumed")
def resume_with_partner(uow: UnitOfWork, event: Envelope, *, partner_id: PartnerId, admission_number: int = 1) -> None:
    """Resume what was paused with its partner; when this overtook the pause itself, nothing changes."""
    engagement = Engagements(uow).of_partner(partner_id, admission_number=admission_number)
    engagement.keep_standing(sequence=event.sequence)
    if PausedFor.PARTNER in engagement.paused_for:
        engagement.resume(PausedFor.PARTNER)
    _save_with_milestones(uow, engagement)


@reaction("partners.partner.departed", "partners.partner.graduated")
def close_with_partner(
    uow: UnitOfWork,
    event: Envelope,
    *,
    partner_id: PartnerId,
    reason: Reason,
    departed_on: date,
    admission_number: int = 1,
) -> None:
    """Close the engagement of a partner that has departed, and drop or cancel what is open in it."""
    engagement = Engagements(uow).of_partner(partner_id, admission_number=admission_number)
    engagement.keep_standing(sequence=event.sequence)
    if engagement.is_closed:
        Engagements(uow).save(engagement)
    else:
        _close(uow, engagement, on=departed_on, statement=statement_of(uow, PLATFORM, reason), with_partner=True)


@command
def agree_engagement(
    uow: UnitOfWork,
    scope: Scope,
    *,
    engagement_id: EngagementId,
    version: ExpectedVersion,
    for_partner: Name,
    for_institute: Name,
    agreed_on: date,
) -> Engagement:
    """Record who agreed on an engagement for either side."""
    engagement = Engagements(uow).get(engagement_id, scope=scope, version=version)
    agreement = Agreement(for_partner=for_partner, for_institute=for_institute, on=agreed_on)
    engagement.agree(agreement, at=uow.now)
    return Engagements(uow).save(engagement)


@command
def redraft_engagement(
    uow: UnitOfWork, scope: Scope, *, engagement_id: EngagementId, version: ExpectedVersion, reason: Reason
) -> Engagement:
    """Take back, with a reason, that both sides agree on an engagement: it is a draft again."""
    engagement = Engagements(uow).get(engagement_id, scope=scope, version=version)
    engagement.redraft(statement_of(uow, scope, reason))
    return Engagements(uow).save(engagement)


@command
def activate_engagement(
    uow: UnitOfWork,
    scope: Scope,
    former_employer_period: timedelta,
    *,
    engagement_id: EngagementId,
    version: ExpectedVersion,
    lead_coach_id: PersonId,
    activated_on: date,
) -> Engagement:
    """Begin the work of an engagement that both sides agree on, led by a coach."""
    lead_coach = People(uow).referenced(lead_coach_id, by="lead_coach_id")
    engagement = Engagements(uow).get(engagement_id, scope=scope, version=version)
    engagement.activate(lead_coach=lead_coach, on=activated_on, at=uow.now)
    engagement.refuse_who_has_an_interest(lead_coach, at=uow.now, period=former_employer_period)
    return Engagements(uow).save(engagement)


@command
def pause_engagement(
    uow: UnitOfWork, scope: Scope, *, engagement_id: EngagementId, version: ExpectedVersion, reason: Reason
) -> Engagement:
    """Pause the work of an engagement, with a reason; no milestone becomes overdue meanwhile."""
    engagement = Engagements(uow).get(engagement_id, scope=scope, version=version)
    engagement.pause(PausedFor.ITSELF, statement=statement_of(uow, scope, reason))
    return _save_with_milestones(uow, engagement)


@command
def resume_engagement(
    uow: UnitOfWork, scope: Scope, *, engagement_id: EngagementId, version: ExpectedVersion
) -> Engagement:
    """Resume the work of an engagement."""
    engagement = Engagements(uow).get(engagement_id, scope=scope, version=version)
    engagement.resume(PausedFor.ITSELF)
    return _save_with_milestones(uow, engagement)


@command
def close_engagement(
    uow: UnitOfWork, scope: Scope, *, engagement_id: EngagementId, version: ExpectedVersion, reason: Reason
) -> Engagement:
    """Close an engagement today, for a reason; what is open in it is dropped or cancelled."""
    engagement = Engagements(uow).get(engagement_id, scope=scope, version=version)
    return _close(uow, engagement, on=engagement.today(uow.now), statement=statement_of(uow, scope, reason))


@command
def reopen_engagement(
    uow: UnitOfWork,
    scope: Scope,
    former_employer_period: timedelta,
    *,
    engagement_id: EngagementId,
    version: ExpectedVersion,
    reason: Reason,
) -> Engagement:
    """Reopen an engagement, with a reason: what was dropped with it is aimed at again; sessions are scheduled anew."""
    engagement = Engagements(uow).get(engagement_id, scope=scope, version=version)
    statement = statement_of(uow, scope, reason)
    engagement.reopen(statement)
    follow_its_coach(uow, engagement, former_employer_period)
    for milestone in Milestones(uow).dropped_with(engagement):
        milestone.restore(engagement=engagement, statement=statement)
        Milestones(uow).save(milestone)
    standing.reopen_with(uow, engagement, statement)
    return Engagements(uow).save(engagement)


def _close(
    uow: UnitOfWork, engagement: Engagement, *, on: date, statement: Statement, with_partner: bool = False
) -> Engagement:
    engagement.close(on=on, statement=statement, with_partner=with_partner)
    for milestone in Milestones(uow).open_of(engagement):
        milestone.drop(statement=statement, with_engagement=True)
        Milestones(uow).save(milestone)
    for session in CoachingSessions(uow).scheduled_of(engagement):
        session.cancel(statement=statement, with_engagement=True)
        CoachingSessions(uow).save(session)
    standing.close_with(uow, engagement, statement)
    return Engagements(uow).save(engagement)


def _save_with_milestones(uow: UnitOfWork, engagement: Engagement) -> Engagement:
    """Save it with what waits in it: whether and when that is over depends on it."""
    standing.follow_engagement(uow, engagement)
    for milestone in Milestones(uow).open_of(engagement):
        milestone.await_its_day(engagement=engagement, at=uow.now)
        Milestones(uow).save(milestone)
    return Engagements(uow).save(engagement)
