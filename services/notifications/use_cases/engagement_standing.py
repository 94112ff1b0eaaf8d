"""What coaches are no longer asked, and who is told, when the work of an engagement rests, goes on or ends."""

from collections.abc import Mapping
from datetime import date
from typing import Unpack

from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.notifications.model.coached import Engagement, Standing
from services.notifications.model.follow_up import FollowUp, FollowUpPolicies, FollowUpState, Reopening
from services.notifications.model.letter_trigger import (
    ABOUT_END,
    ABOUT_STANDING,
    FOR_COACHES_OF_WORK,
    Category,
    LetterTrigger,
)
from services.notifications.repository import Engagements, FollowUps, Partners, Recipients
from services.notifications.schemas import EngagementId, EngagementStood, PersonId, StandingReason
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.follow_up import ENGAGEMENT_CLOSED, cancel_follow_ups, listed, subject_of
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
    reason: StandingReason | None = None,
    admission_number: int = 1,
    **engagement: Unpack[EngagementStood],
) -> None:
    """Ask nothing of the coach as long as an engagement rests, and tell them; the leaders too, if it rests by itself.

    Raises NotYetKnown while one of them or this admission is not known, and Superseded when something else holds since.
    """
    Partners(uow).known(engagement["partner_id"], scope=PLATFORM).wait_for(admission_number)
    known = _keep(uow, event, engagement, Standing.PAUSED)
    _take_back_what_was_asked(uow, engagement, why="the engagement rests")
    _open_what_was_ended(uow, known)
    for follow_up in FollowUps(uow).open_ones({"engagement_id": known.id}):
        follow_up.rest()
        FollowUps(uow).save(follow_up)
    about = {"reason": reason}
    _tell_the_coach(uow, letter_templates, event, engagement, Category.COACHING_PAUSED, about)
    _tell_the_leaders(uow, letter_templates, event, engagement, Category.WORK_PAUSED, about)


@reaction("engagements.engagement.resumed", "engagements.engagement.reopened")
def take_up_coaching(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    follow_up_policies: FollowUpPolicies,
    *,
    admission_number: int = 1,
    **engagement: Unpack[EngagementStood],
) -> None:
    """Ask again what rested, or was cancelled by an end that holds no longer, and tell who was told of that.

    Each follow-up is given notice enough. Raises as for a rest.
    """
    Partners(uow).known(engagement["partner_id"], scope=PLATFORM).wait_for(admission_number)
    known = _keep(uow, event, engagement, Standing.OPEN)
    _take_back_what_was_asked(uow, engagement, why="the engagement goes on")
    _open_what_was_ended(uow, known)
    follow_ups = FollowUps(uow).open_ones({"engagement_id": known.id, "state": FollowUpState.RESTING})
    for follow_up in follow_ups:
        coach = Recipients(uow).known(follow_up.coach_id, scope=PLATFORM)
        follow_up.take_up(policies=follow_up_policies, zone=coach.zone, at=uow.now)
        FollowUps(uow).save(follow_up)
    _tell_the_coach(uow, letter_templates, event, engagement, Category.COACHING_RESUMED, listed(follow_ups))
    _tell_the_leaders(uow, letter_templates, event, engagement, Category.WORK_RESUMED, {})


@reaction("engagements.engagement.closed")
def end_coaching(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    closed_on: date,
    reason: StandingReason,
    **engagement: Unpack[EngagementStood],
) -> None:
    """Cancel what a coach was still to do for an engagement that has ended, and tell who is told of a rest, and why.

    Raises as for that.
    """
    known = _keep(uow, event, engagement, Standing.CLOSED)
    _take_back_what_was_asked(uow, engagement, why="the engagement has ended")
    cancel_follow_ups(uow, FollowUps(uow).open_ones({"engagement_id": known.id}), reason=ENGAGEMENT_CLOSED)
    about = {"reason": reason, "closed_on": closed_on}
    _tell_the_coach(uow, letter_templates, event, engagement, Category.COACHING_ENDED, about)
    _tell_the_leaders(uow, letter_templates, event, engagement, Category.WORK_ENDED, about)


def _open_what_was_ended(uow: UnitOfWork, engagement: Engagement) -> None:
    """Open again what was cancelled when it ended.

    Its reopening may never take effect here: any later news of it tells that it goes on, or rests.
    """
    closed = {"engagement_id": engagement.id, "state": FollowUpState.CANCELLED, "reason": ENGAGEMENT_CLOSED}
    for follow_up in FollowUps(uow).each(closed, scope=PLATFORM):
        _reopen(uow, follow_up, engagement)


def _reopen(uow: UnitOfWork, follow_up: FollowUp, engagement: Engagement) -> None:
    """Open a follow-up again, unless there is nothing left to follow up on; one that a session has answered is done."""
    known = subject_of(uow, follow_up)
    if known.ending_since(follow_up.reached_sequence):
        return
    follow_up.reopen(Reopening.ENGAGEMENT_OPEN)
    session_id = known.session_since(follow_up.reached_on)
    if session_id:
        follow_up.complete(session_id=session_id)
    else:
        coach = Recipients(uow).known(engagement.led_by(follow_up.coach_id), scope=PLATFORM)
        follow_up.reassign(coach.id, zone=coach.zone)
    FollowUps(uow).save(follow_up)


def _keep(uow: UnitOfWork, event: Envelope, engagement: EngagementStood, standing: Standing) -> Engagement:
    known = Engagements(uow).about(engagement["engagement_id"])
    known.keep_standing(standing, sequence=event.sequence)
    return Engagements(uow).save(known)


def _take_back_what_was_asked(uow: UnitOfWork, engagement: EngagementStood, *, why: str) -> None:
    """Cancel the letters that ask the coach to act, and those that said that it rests, goes on, or has ended."""
    work = {"partner_id": engagement["partner_id"], "engagement_id": engagement["engagement_id"]}
    asked = {**work, "category": {"$in": FOR_COACHES_OF_WORK}}
    told = {"about_id": engagement["engagement_id"], "category": {"$in": [*ABOUT_STANDING, *ABOUT_END]}}
    for letters in (asked, told):
        cancel_letters(uow, letters, reason=why)


def _tell_the_coach(
    uow: UnitOfWork,
    letter_templates: LetterTemplates,
    event: Envelope,
    engagement: EngagementStood,
    category: Category,
    about: Mapping[str, object],
) -> None:
    """Write to who led it then, or leads it as far as is known; nobody does before work has begun."""
    known = Engagements(uow).about(engagement["engagement_id"])
    coach_id = engagement.get("lead_coach_id") or known.coach_id
    if coach_id is None:
        return
    coach = Recipients(uow).known(coach_id, scope=PLATFORM)
    partner = Partners(uow).known(engagement["partner_id"], scope=PLATFORM)
    about = {"partner_name": partner.name, "zone": coach.zone, **about}
    write(uow, letter_templates, _trigger(category, event, engagement), coach, about)


def _tell_the_leaders(
    uow: UnitOfWork,
    letter_templates: LetterTemplates,
    event: Envelope,
    engagement: EngagementStood,
    category: Category,
    about: Mapping[str, object],
) -> None:
    """Write to the leaders, unless it came with the partner: of that they hear by another letter."""
    if not engagement.get("with_partner"):
        write_to_the_leaders(uow, letter_templates, _trigger(category, event, engagement), about)


def _trigger(category: Category, event: Envelope, engagement: EngagementStood) -> LetterTrigger:
    id, partner_id = engagement["engagement_id"], engagement["partner_id"]
    return LetterTrigger(category=category, about_id=id, partner_id=partner_id, sequence=event.sequence)
