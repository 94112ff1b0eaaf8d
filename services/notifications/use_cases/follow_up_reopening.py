"""Follow-ups that were closed wrongly are open again: what closed them does not hold."""

from chassis.domain.scope import PLATFORM, Scope
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command, reaction
from services.notifications.model.follow_up import FollowUp, FollowUpPolicies, NotToBeReopened, Reopening
from services.notifications.model.letter_trigger import Category
from services.notifications.repository import Engagements, FollowUps, Milestones, Partners, Recipients
from services.notifications.schemas import (
    ClosingReason,
    EngagementId,
    ExpectedVersion,
    FollowUpId,
    MilestoneId,
    SessionId,
    StandingReason,
)
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.coaching_session import keep_outcome
from services.notifications.use_cases.follow_up import must_be_asked, subject_of, write_to_the_coach


@reaction("engagements.coaching.retracted")
def open_what_was_not_held(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    follow_up_policies: FollowUpPolicies,
    *,
    session_id: SessionId,
    engagement_id: EngagementId,
    milestone_id: MilestoneId | None,
    reason: StandingReason,
) -> None:
    """Ask again what only a session that was not held completed, and tell the coach why.

    Raises NotYetKnown while coach or partner is not known, and Superseded when the session is known to be held since.
    """
    keep_outcome(uow, session_id, sequence=event.sequence)
    if milestone_id is not None:
        milestone = Milestones(uow).about(milestone_id)
        milestone.retract(session_id)
        Milestones(uow).save(milestone)
    for follow_up in FollowUps(uow).each({"engagement_id": engagement_id, "session_id": session_id}, scope=PLATFORM):
        follow_up.reopen(Reopening.SESSION_RETRACTED, reason=reason)
        _ask_again(uow, letter_templates, follow_up_policies, follow_up)


@command
def reopen_follow_up(
    uow: UnitOfWork,
    scope: Scope,
    letter_templates: LetterTemplates,
    follow_up_policies: FollowUpPolicies,
    *,
    follow_up_id: FollowUpId,
    version: ExpectedVersion,
    reason: ClosingReason,
) -> FollowUp:
    """Reopen a coaching follow-up that was completed or skipped by mistake, with the reason."""
    follow_up = FollowUps(uow).get(follow_up_id, scope=scope, version=version)
    follow_up.refuse_to_reopen_by_hand()
    follow_up.reopen(Reopening.CORRECTED, reason=reason)
    _ask_again(uow, letter_templates, follow_up_policies, follow_up)
    if not follow_up.is_open:
        raise NotToBeReopened(f"follow-up {follow_up.id} would be {follow_up.state} at once: {follow_up.reason}")
    return follow_up


def _ask_again(
    uow: UnitOfWork, letter_templates: LetterTemplates, policies: FollowUpPolicies, follow_up: FollowUp
) -> None:
    """Ask whoever leads the engagement now, with notice enough, if there is still something to be asked."""
    engagement = Engagements(uow).about(follow_up.engagement_id)
    known = subject_of(uow, follow_up)
    partner = Partners(uow).known(follow_up.partner_id, scope=PLATFORM)
    Engagements(uow).rely_on(engagement)
    coach = Recipients(uow).known(engagement.led_by(follow_up.coach_id), scope=PLATFORM)
    follow_up.reassign(coach.id, zone=coach.zone)
    if must_be_asked(follow_up, known, engagement, partner):
        follow_up.take_up(policies=policies, zone=coach.zone, at=uow.now)
        part = f"open_again_after_{follow_up.sequence}"
        write_to_the_coach(uow, letter_templates, follow_up, Category.FOLLOW_UP_REOPENED, part=part)
    FollowUps(uow).save(follow_up)
