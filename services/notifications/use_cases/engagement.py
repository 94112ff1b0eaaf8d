"""Who is written to when the lead of an engagement changes hands, or is to; and what goes with it."""

from contextlib import suppress
from datetime import date

from chassis.domain.errors import Superseded
from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.notifications.model.copied import Recipient
from services.notifications.model.follow_up import FollowUp
from services.notifications.model.letter_trigger import ABOUT_FOLLOW_UPS, Category, LetterTrigger
from services.notifications.repository import Engagements, FollowUps, Partners, Recipients
from services.notifications.schemas import EngagementId, PartnerId, PersonId
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.follow_up import listed
from services.notifications.use_cases.letter import cancel_letters, write, write_to_staff


@reaction("engagements.engagement.coach_left")
def ask_for_a_successor(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    engagement_id: EngagementId,
    partner_id: PartnerId,
    coach_id: PersonId,
    left_on: date,
) -> None:
    """Ask the institute's staff to name a successor, and its contact where none of them is known to take mail.

    Raises NotYetKnown while coach or partner is not known, and Superseded when a later event answers it.
    """
    engagement = Engagements(uow).about(engagement_id)
    engagement.keep_need(sequence=event.sequence)
    Engagements(uow).save(engagement)
    partner = Partners(uow).known(partner_id, scope=PLATFORM)
    coach = Recipients(uow).known(coach_id, scope=PLATFORM)
    follow_ups = FollowUps(uow).open_ones({"engagement_id": engagement_id})
    trigger = _trigger(Category.COACH_WANTED, engagement_id, partner_id, event)
    about = {"partner_name": partner.name, "coach_name": coach.name, "left_on": left_on, "engagement_id": engagement_id,
             "zone": coach.zone, **listed(follow_ups)}  # fmt: skip
    write_to_staff(uow, letter_templates, trigger, about)


@reaction("engagements.engagement.coach_returned", "engagements.engagement.closed")
def stop_asking_for_a_successor(uow: UnitOfWork, event: Envelope, *, engagement_id: EngagementId) -> None:
    """Ask nobody any more for a successor. Raises Superseded when the engagement has come to need one again."""
    _stop_asking(uow, event, engagement_id, reason="no successor is needed any more")


@reaction("engagements.engagement.coach_changed")
def reassign_coaching(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    engagement_id: EngagementId,
    partner_id: PartnerId,
    coach_id: PersonId,
) -> None:
    """Give what is open to the coach who leads an engagement from now on, and tell them.

    Raises NotYetKnown while coach or partner is not known, and Superseded when it was given to somebody else later.
    """
    engagement = Engagements(uow).about(engagement_id)
    engagement.change_coach(coach_id, sequence=event.sequence)
    Engagements(uow).save(engagement)
    with suppress(Superseded):
        _stop_asking(uow, event, engagement_id, reason="a successor is named")
    coach = Recipients(uow).known(coach_id, scope=PLATFORM)
    partner = Partners(uow).known(partner_id, scope=PLATFORM)
    follow_ups = FollowUps(uow).open_ones({"engagement_id": engagement_id})
    for follow_up in follow_ups:
        _reassign(uow, follow_up, coach)
    taken_over = {"category": Category.COACHING_TAKEN_OVER, "about_id": engagement_id}
    cancel_letters(uow, taken_over, reason="somebody else has taken over since")
    trigger = _trigger(Category.COACHING_TAKEN_OVER, engagement_id, partner_id, event)
    about = {"partner_name": partner.name, "zone": coach.zone, **listed(follow_ups)}
    write(uow, letter_templates, trigger, coach, about)


@reaction("engagements.engagement.coach_changed")
def tell_the_former_coach(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    engagement_id: EngagementId,
    partner_id: PartnerId,
    coach_id: PersonId,
    former_coach_id: PersonId,
) -> None:
    """Tell who led an engagement until now, unless they have left, or are known to lead it again.

    Raises NotYetKnown while one of them or the partner is not known.
    """
    if Engagements(uow).about(engagement_id).coach_since(event.sequence) == former_coach_id:
        return
    former = Recipients(uow).known(former_coach_id, scope=PLATFORM)
    coach = Recipients(uow).known(coach_id, scope=PLATFORM)
    partner = Partners(uow).known(partner_id, scope=PLATFORM)
    trigger = _trigger(Category.COACHING_PASSED_ON, engagement_id, partner_id, event)
    write(uow, letter_templates, trigger, former, {"partner_name": partner.name, "coach_name": coach.name})


def _stop_asking(uow: UnitOfWork, event: Envelope, engagement_id: str, *, reason: str) -> None:
    engagement = Engagements(uow).about(engagement_id)
    engagement.keep_need(sequence=event.sequence)
    Engagements(uow).save(engagement)
    cancel_letters(uow, {"category": Category.COACH_WANTED, "about_id": engagement_id}, reason=reason)


def _reassign(uow: UnitOfWork, follow_up: FollowUp, coach: Recipient) -> None:
    """Give a follow-up to another coach, and send the former one nothing more about it."""
    if follow_up.reassign(coach.id, zone=coach.zone):
        unsent = {"category": {"$in": ABOUT_FOLLOW_UPS}, "about_id": follow_up.id}
        cancel_letters(uow, unsent, reason=f"{coach.id} is to follow up now")
        FollowUps(uow).save(follow_up)


def _trigger(category: Category, engagement_id: str, partner_id: str, event: Envelope) -> LetterTrigger:
    return LetterTrigger(category=category, about_id=engagement_id, partner_id=partner_id, sequence=event.sequence)


REACTIONS = (reassign_coaching, tell_the_former_coach, ask_for_a_successor, stop_asking_for_a_successor)
