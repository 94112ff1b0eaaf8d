"""What one can have done with an engagement, and what is done about its partner's events."""

from datetime import date

from chassis.domain.scope import PLATFORM, Scope
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command, reaction
from services.engagements.model.engagement import Agreement, Engagement, PausedFor
from services.engagements.model.milestone import Statement
from services.engagements.repository import Engagements, Milestones, People
from services.engagements.schemas import EngagementId, ExpectedVersion, Name, PartnerId, PersonId, Reason, ZoneName


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
        engagement.pause(PausedFor.PARTNER, because=reason)
    _save_with_milestones(uow, engagement)


@reaction("partners.partner.resumed")
def resume_with_partner(uow: UnitOfWork, event: Envelope, *, partner_id: PartnerId, admission_number: int = 1) -> None:
    """Resume what was paused with its partner; when this overtook the pause itself, nothing changes."""
    engagement = Engagements(uow).of_partner(partner_id, admission_number=admission_number)
    engagement.keep_standing(sequence=event.sequence)
    if PausedFor.PARTNER in engagement.paused_for:
        engagement.resume(PausedFor.PARTNER)
    _save_with_milestones(uow, engagement)


@reaction("partners.partner.departed")
def close_with_partner(
    uow: UnitOfWork,
    event: Envelope,
    *,
    partner_id: PartnerId,
    reason: Reason,
    departed_on: date,
    admission_number: int = 1,
) -> None:
    """Close the engagement of a partner that has departed, and drop what is open in it."""
    engagement = Engagements(uow).of_partner(partner_id, admission_number=admission_number)
    engagement.keep_standing(sequence=event.sequence)
    if engagement.is_closed:
        Engagements(uow).save(engagement)
    else:
        _close(uow, PLATFORM, engagement, on=departed_on, reason=reason, with_partner=True)


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
    engagement.agree(Agreement(for_partner=for_partner, for_institute=for_institute, on=agreed_on))
    return Engagements(uow).save(engagement)


@command
def activate_engagement(
    uow: UnitOfWork,
    scope: Scope,
    *,
    engagement_id: EngagementId,
    version: ExpectedVersion,
    lead_coach_id: PersonId,
    activated_on: date,
) -> Engagement:
    """Begin the work of an engagement, led by a coach."""
    lead_coach = People(uow).referenced(lead_coach_id, by="lead_coach_id")
    engagement = Engagements(uow).get(engagement_id, scope=scope, version=version)
    engagement.activate(lead_coach=lead_coach, on=activated_on)
    return Engagements(uow).save(engagement)


@command
def pause_engagement(
    uow: UnitOfWork, scope: Scope, *, engagement_id: EngagementId, version: ExpectedVersion
) -> Engagement:
    """Pause the work of an engagement; no milestone becomes overdue meanwhile."""
    engagement = Engagements(uow).get(engagement_id, scope=scope, version=version)
    engagement.pause(PausedFor.ITSELF)
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
    """Close an engagement today, for a reason, and drop what is open in it."""
    engagement = Engagements(uow).get(engagement_id, scope=scope, version=version)
    return _close(uow, scope, engagement, on=engagement.today(uow.now), reason=reason)


def _close(
    uow: UnitOfWork, scope: Scope, engagement: Engagement, *, on: date, reason: str, with_partner: bool = False
) -> Engagement:
    engagement.close(on=on, reason=reason, with_partner=with_partner)
    for milestone in Milestones(uow).open_of(engagement):
        milestone.drop(statement=Statement(reason=reason, by=scope.subject, at=uow.now))
        Milestones(uow).save(milestone)
    return Engagements(uow).save(engagement)


def _save_with_milestones(uow: UnitOfWork, engagement: Engagement) -> Engagement:
    """Save it with its open milestones: whether and when their day is over depends on it."""
    for milestone in Milestones(uow).open_of(engagement):
        milestone.await_its_day(engagement=engagement, at=uow.now)
        Milestones(uow).save(milestone)
    return Engagements(uow).save(engagement)
