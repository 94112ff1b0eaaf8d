"""What coaches are no longer asked, and who is told, when the work of an engagement rests, goes on or ends."""

from collections.abc import Mapping
from datetime import date

from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.notifications.model.copied import Engagement, Standing
from services.notifications.model.follow_up import FollowUp, FollowUpPolicies, FollowUpState, Reopening
from services.notifications.model.letter_trigger import (
    ABOUT_END,
    ABOUT_STANDING,
    FOR_COACHES_OF_WORK,
    Category,
    LetterTrigger,
)
from services.notifications.repository import Engagements, FollowUps, Milestones, Partners, Recipients
from services.notifications.schemas import EngagementId, PartnerId, PersonId, StandingReason
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.follow_up import ENGAGEMENT_CLOSED, cancel_follow_ups, listed
from services.notifications.use_cases.letter import cancel_letters, write, write_to_the_leaders


@reaction("engagements.engagement.activated")
def keep_the_lead_coach(
    uow: UnitOfWork, event: Envelope, *, engagement_id: EngagementId, lead_coach_id: PersonId
) -> None:
    """Keep who leads an engagement whose work has begun. Raises Superseded when somebody else does since."""
    engagement = Engagements(uow).about(engagement_id)
    engagement.change_coach(lead_coach_id, sequence=event.sequence)
    Engagements(uow).save(engagement)


@reaction("engagements.engagement.paused")
def rest_coaching(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    engagement_id: EngagementId,
    partner_id: PartnerId,
    reason: StandingReason | None = None,
    with_partner: bool = False,
    lead_coach_id: PersonId | None = None,
) -> None:
    """Ask nothing of the coach as long as an engagement rests, and tell them; the leaders too, if it rests by itself.

    Raises NotYetKnown while one of them is not known, and Superseded when something else holds since.
    """
    engagement = _keep(uow, event, engagement_id, Standing.PAUSED)
    _take_back_what_was_asked(uow, engagement_id, partner_id, why="the engagement rests")
    _open_what_was_ended(uow, engagement)
    for follow_up in FollowUps(uow).open_ones({"engagement_id": engagement_id}):
        follow_up.rest()
        FollowUps(uow).save(follow_up)
    about = {"reason": reason}
    _tell_the_coach(
        uow, letter_templates, event, engagement, partner_id, lead_coach_id, Category.COACHING_PAUSED, about
    )
    if not with_partner:
        _tell_the_leaders(uow, letter_templates, event, engagement, partner_id, Category.WORK_PAUSED, about)


@reaction("engagements.engagement.resumed", "engagements.engagement.reopened")
def take_up_coaching(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    follow_up_policies: FollowUpPolicies,
    *,
    engagement_id: EngagementId,
    partner_id: PartnerId,
    with_partner: bool = False,
    lead_coach_id: PersonId | None = None,
) -> None:
    """Ask again what rested, or was cancelled by an end that holds no longer, and tell who was told of that.

    Each follow-up is given notice enough. Raises as for a rest.
    """
    engagement = _keep(uow, event, engagement_id, Standing.OPEN)
    _take_back_what_was_asked(uow, engagement_id, partner_id, why="the engagement goes on")
    _open_what_was_ended(uow, engagement)
    follow_ups = FollowUps(uow).open_ones({"engagement_id": engagement_id, "state": FollowUpState.RESTING})
    for follow_up in follow_ups:
        coach = Recipients(uow).known(follow_up.coach_id, scope=PLATFORM)
        follow_up.take_up(policies=follow_up_policies, zone=coach.zone, at=uow.now)
        FollowUps(uow).save(follow_up)
    about = listed(follow_ups)
    _tell_the_coach(
        uow, letter_templates, event, engagement, partner_id, lead_coach_id, Category.COACHING_RESUMED, about
    )
    if not with_partner:
        _tell_the_leaders(uow, letter_templates, event, engagement, partner_id, Category.WORK_RESUMED, {})


@reaction("engagements.engagement.closed")
def end_coaching(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    engagement_id: EngagementId,
    partner_id: PartnerId,
    closed_on: date,
    reason: StandingReason,
    with_partner: bool = False,
    lead_coach_id: PersonId | None = None,
) -> None:
    """Cancel what a coach was still to do for an engagement that has ended, and tell who is told of a rest, and why.

    Raises as for that.
    """
    engagement = _keep(uow, event, engagement_id, Standing.CLOSED)
    _take_back_what_was_asked(uow, engagement_id, partner_id, why="the engagement has ended")
    cancel_follow_ups(uow, FollowUps(uow).open_ones({"engagement_id": engagement_id}), reason=ENGAGEMENT_CLOSED)
    about = {"reason": reason, "closed_on": closed_on}
    _tell_the_coach(uow, letter_templates, event, engagement, partner_id, lead_coach_id, Category.COACHING_ENDED, about)
    if not with_partner:
        _tell_the_leaders(uow, letter_templates, event, engagement, partner_id, Category.WORK_ENDED, about)


def _open_what_was_ended(uow: UnitOfWork, engagement: Engagement) -> None:
    """Open again what was cancelled when it ended.

    Its reopening may never take effect here: any later news of it tells that it goes on, or rests.
    """
    closed = {"engagement_id": engagement.id, "state": FollowUpState.CANCELLED, "reason": ENGAGEMENT_CLOSED}
    for follow_up in FollowUps(uow).each(closed, scope=PLATFORM):
        _reopen(uow, follow_up, engagement)


def _reopen(uow: UnitOfWork, follow_up: FollowUp, engagement: Engagement) -> None:
    """Open a follow-up again, unless its milestone was reopened; one that a session has answered meanwhile is done."""
    milestone = Milestones(uow).about(follow_up.milestone_id)
    if milestone.reopened_sequence > follow_up.reached_sequence:
        return
    Milestones(uow).rely_on(milestone)
    follow_up.reopen(Reopening.ENGAGEMENT_OPEN)
    session_id = milestone.session_since(follow_up.reached_on)
    if session_id:
        follow_up.complete(session_id=session_id)
    else:
        coach = Recipients(uow).known(engagement.led_by(follow_up.coach_id), scope=PLATFORM)
        follow_up.reassign(coach.id, zone=coach.zone)
    FollowUps(uow).save(follow_up)


def _keep(uow: UnitOfWork, event: Envelope, engagement_id: str, standing: Standing) -> Engagement:
    engagement = Engagements(uow).about(engagement_id)
    engagement.keep_standing(standing, sequence=event.sequence)
    return Engagements(uow).save(engagement)


def _take_back_what_was_asked(uow: UnitOfWork, engagement_id: str, partner_id: str, *, why: str) -> None:
    """Cancel the letters that ask the coach to act, and those that said that it rests, goes on, or has ended."""
    cancel_letters(uow, {"partner_id": partner_id, "category": {"$in": FOR_COACHES_OF_WORK}}, reason=why)
    cancel_letters(uow, {"about_id": engagement_id, "category": {"$in": [*ABOUT_STANDING, *ABOUT_END]}}, reason=why)


def _tell_the_coach(
    uow: UnitOfWork,
    letter_templates: LetterTemplates,
    event: Envelope,
    engagement: Engagement,
    partner_id: str,
    lead_coach_id: str | None,
    category: Category,
    about: Mapping[str, object],
) -> None:
    """Write to who led it then, or leads it as far as is known; nobody does before work has begun."""
    coach_id = lead_coach_id or engagement.coach_id
    if coach_id is None:
        return
    coach = Recipients(uow).known(coach_id, scope=PLATFORM)
    partner = Partners(uow).known(partner_id, scope=PLATFORM)
    trigger = LetterTrigger(category=category, about_id=engagement.id, partner_id=partner_id, sequence=event.sequence)
    write(uow, letter_templates, trigger, coach, {"partner_name": partner.name, "zone": coach.zone, **about})


def _tell_the_leaders(
    uow: UnitOfWork,
    letter_templates: LetterTemplates,
    event: Envelope,
    engagement: Engagement,
    partner_id: str,
    category: Category,
    about: Mapping[str, object],
) -> None:
    trigger = LetterTrigger(category=category, about_id=engagement.id, partner_id=partner_id, sequence=event.sequence)
    write_to_the_leaders(uow, letter_templates, trigger, about)
