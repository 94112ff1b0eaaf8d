"""What one can ask of engagements: each is one function that gets, asks the model, and saves."""

from datetime import date, datetime
from functools import partial

from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.claims import Claimed, Claims
from chassis.persistence.documents import to_public
from chassis.persistence.unit_of_work import Store, UnitOfWork
from services.engagements.model.coaching_session import CoachingSession
from services.engagements.model.engagement import Agreement, Engagement, PausedFor
from services.engagements.model.milestone import Evidence, Milestone, MilestoneKind, Word
from services.engagements.repository import CoachingSessions, Engagements, Milestones, overdue


def draft_engagement(*, work: UnitOfWork, sequence: int, partner_id: str, name: str, zone: str) -> None:
    """Give a partner that was admitted an engagement to design together."""
    known = {"partner_name": name, "zone": zone, "heard_profile": sequence, "heard_standing": sequence}
    Engagements(work).save(Engagement.draft(id=work.new_id("eng"), partner_id=partner_id, **known))


def refresh_partner(*, work: UnitOfWork, sequence: int, partner_id: str, name: str, zone: str) -> None:
    """Call the partner by its name, and count its days in its zone."""
    engagement = Engagements(work).of_partner(partner_id)
    engagement.keep_profile(sequence=sequence, name=name, zone=zone)
    _save_with_milestones(work, engagement)


def pause_engagement(*, work: UnitOfWork, sequence: int, partner_id: str) -> None:
    """Let a partner's engagement rest while the partner does; it still does if this overtook the end of a pause."""
    engagement = Engagements(work).of_partner(partner_id)
    engagement.keep_standing(sequence=sequence)
    if not engagement.is_closed and PausedFor.PARTNER not in engagement.paused_for:
        engagement.pause(PausedFor.PARTNER)
    _save_with_milestones(work, engagement)


def resume_engagement(*, work: UnitOfWork, sequence: int, partner_id: str) -> None:
    """Take up what rested with its partner; news that overtook those of the pause change nothing."""
    engagement = Engagements(work).of_partner(partner_id)
    engagement.keep_standing(sequence=sequence)
    if PausedFor.PARTNER in engagement.paused_for:
        engagement.resume(PausedFor.PARTNER)
    _save_with_milestones(work, engagement)


def close_engagement(*, work: UnitOfWork, sequence: int, partner_id: str, reason: str, departed_on: date) -> None:
    """Close the engagement of a partner that has departed."""
    engagement = Engagements(work).of_partner(partner_id)
    engagement.keep_standing(sequence=sequence)
    if engagement.is_closed:
        Engagements(work).save(engagement)
    else:
        _close(work, PLATFORM, engagement, on=departed_on, reason=reason)


def agree_engagement(
    *,
    work: UnitOfWork,
    scope: Scope,
    engagement_id: str,
    version: int | None,
    for_partner: str,
    for_institute: str,
    agreed_on: date,
) -> dict[str, object]:
    """Take the caller's word that both sides agree on an engagement."""
    engagement = Engagements(work).get(engagement_id, scope=scope, version=version)
    engagement.agree(Agreement(for_partner=for_partner, for_institute=for_institute, on=agreed_on))
    return to_public(Engagements(work).save(engagement))


def suspend_engagement(*, work: UnitOfWork, scope: Scope, engagement_id: str, version: int | None) -> dict[str, object]:
    """Let the work of one engagement rest; no milestone's day is waited for meanwhile."""
    engagement = Engagements(work).get(engagement_id, scope=scope, version=version)
    engagement.pause(PausedFor.ITSELF)
    return _save_with_milestones(work, engagement)


def take_up_engagement(*, work: UnitOfWork, scope: Scope, engagement_id: str, version: int | None) -> dict[str, object]:
    """Take the work of one engagement up again."""
    engagement = Engagements(work).get(engagement_id, scope=scope, version=version)
    engagement.resume(PausedFor.ITSELF)
    return _save_with_milestones(work, engagement)


def end_engagement(
    *, work: UnitOfWork, scope: Scope, engagement_id: str, version: int | None, reason: str
) -> dict[str, object]:
    """Close an engagement today, for a reason."""
    engagement = Engagements(work).get(engagement_id, scope=scope, version=version)
    return _close(work, scope, engagement, on=engagement.today(work.now), reason=reason)


def activate_engagement(
    *, work: UnitOfWork, scope: Scope, engagement_id: str, version: int | None, lead_coach_id: str, activated_on: date
) -> dict[str, object]:
    """Begin the work of an engagement, led by a coach."""
    engagement = Engagements(work).get(engagement_id, scope=scope, version=version)
    engagement.activate(lead_coach_id=lead_coach_id, on=activated_on)
    return to_public(Engagements(work).save(engagement))


def plan_milestone(
    *, work: UnitOfWork, scope: Scope, engagement_id: str, kind: str, title: str, due_on: date, owner_id: str | None
) -> dict[str, object]:
    """Plan a step of an engagement that is under way."""
    engagement = Engagements(work).get(engagement_id, scope=scope)
    milestone = Milestone.plan(
        id=work.new_id("mst"),
        engagement=engagement,
        kind=MilestoneKind(kind),
        title=title,
        due_on=due_on,
        owner_id=owner_id,
    )
    Engagements(work).rely_on(engagement)
    return to_public(Milestones(work).save(milestone))


def reach_milestone(
    *, work: UnitOfWork, scope: Scope, milestone_id: str, version: int | None, reached_on: date, evidence: str
) -> dict[str, object]:
    """Take the caller's word that a milestone is reached."""
    milestone, engagement = _milestone_of_engagement(work, scope, milestone_id, version)
    word = Evidence(statement=evidence, confirmed_by=scope.subject, confirmed_at=work.now)
    milestone.reach(engagement=engagement, on=reached_on, evidence=word)
    return to_public(Milestones(work).save(milestone))


def reopen_milestone(
    *, work: UnitOfWork, scope: Scope, milestone_id: str, version: int | None, reason: str
) -> dict[str, object]:
    """Take the caller's word that the evidence of a milestone no longer holds."""
    milestone, engagement = _milestone_of_engagement(work, scope, milestone_id, version)
    milestone.reopen(engagement=engagement, word=_word(work, scope, reason))
    Engagements(work).rely_on(engagement)
    return to_public(Milestones(work).save(milestone))


def reschedule_milestone(
    *, work: UnitOfWork, scope: Scope, milestone_id: str, version: int | None, due_on: date, reason: str
) -> dict[str, object]:
    """Give a milestone another day."""
    milestone, engagement = _milestone_of_engagement(work, scope, milestone_id, version)
    milestone.reschedule(engagement=engagement, due_on=due_on, word=_word(work, scope, reason))
    return to_public(Milestones(work).save(milestone))


def put_milestone_at_risk(
    *, work: UnitOfWork, scope: Scope, milestone_id: str, version: int | None, reason: str
) -> dict[str, object]:
    """Take the caller's word that a milestone's day may not hold."""
    milestone, engagement = _milestone_of_engagement(work, scope, milestone_id, version)
    milestone.put_at_risk(engagement=engagement, word=_word(work, scope, reason))
    return to_public(Milestones(work).save(milestone))


def drop_milestone(
    *, work: UnitOfWork, scope: Scope, milestone_id: str, version: int | None, reason: str
) -> dict[str, object]:
    """Take the caller's word that a milestone is given up."""
    milestone = Milestones(work).get(milestone_id, scope=scope, version=version)
    milestone.drop(word=_word(work, scope, reason))
    return to_public(Milestones(work).save(milestone))


def miss_milestones(*, store: Store, claims: Claims) -> None:
    """Miss every milestone whose day was waited for and is over where its partner is."""
    claims.process_ready(lambda: overdue(store.clock()), partial(_miss, store), sort="overdue_at")


def schedule_coaching(
    *,
    work: UnitOfWork,
    scope: Scope,
    engagement_id: str,
    coach_id: str | None,
    held_at: datetime,
    zone: str,
    milestone_id: str | None,
) -> dict[str, object]:
    """Agree a coaching session, perhaps about a milestone."""
    session = CoachingSession.schedule(
        id=work.new_id("cos"),
        engagement=Engagements(work).get(engagement_id, scope=scope),
        milestone=Milestones(work).get(milestone_id, scope=scope) if milestone_id else None,
        coach_id=coach_id,
        held_at=held_at,
        zone=zone,
    )
    return to_public(CoachingSessions(work).save(session))


def hold_coaching(
    *, work: UnitOfWork, scope: Scope, session_id: str, version: int | None, held_on: date, notes: str | None
) -> dict[str, object]:
    """Take the caller's word that a coaching session took place."""
    session = CoachingSessions(work).get(session_id, scope=scope, version=version)
    session.hold(on=held_on, notes=notes, at=work.now)
    return to_public(CoachingSessions(work).save(session))


def _close(work: UnitOfWork, scope: Scope, engagement: Engagement, *, on: date, reason: str) -> dict[str, object]:
    """What is open in an engagement is dropped with it."""
    engagement.close(on=on, reason=reason)
    for milestone in Milestones(work).open_of(engagement):
        milestone.drop(word=_word(work, scope, reason))
        Milestones(work).save(milestone)
    return to_public(Engagements(work).save(engagement))


def _save_with_milestones(work: UnitOfWork, engagement: Engagement) -> dict[str, object]:
    """Whether and when a milestone's day is over depends on its engagement."""
    for milestone in Milestones(work).open_of(engagement):
        milestone.await_its_day(engagement=engagement, at=work.now)
        Milestones(work).save(milestone)
    return to_public(Engagements(work).save(engagement))


def _miss(store: Store, claimed: Claimed) -> bool:
    store.transact(partial(_miss_if_overdue, claimed.id), cause=claimed.cause)
    return True


def _miss_if_overdue(milestone_id: str, work: UnitOfWork) -> None:
    """Look again: somebody may have been faster than the clock."""
    milestone, engagement = _milestone_of_engagement(work, PLATFORM, milestone_id)
    if milestone.miss(engagement=engagement, at=work.now):
        Milestones(work).save(milestone)


def _milestone_of_engagement(
    work: UnitOfWork, scope: Scope, milestone_id: str, version: int | None = None
) -> tuple[Milestone, Engagement]:
    milestone = Milestones(work).get(milestone_id, scope=scope, version=version)
    return milestone, Engagements(work).get(milestone.engagement_id, scope=PLATFORM)


def _word(work: UnitOfWork, scope: Scope, reason: str) -> Word:
    return Word(reason=reason, by=scope.subject, at=work.now)
