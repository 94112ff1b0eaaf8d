"""Coach and leaders are introduced to each other: when work begins, and the leaders to whoever leads it later."""

from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.notifications.model.copied import Recipient
from services.notifications.model.letter_trigger import Category, LetterTrigger
from services.notifications.repository import Engagements, Partners, Recipients
from services.notifications.schemas import EngagementId, PartnerId, PersonId
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.letter import cancel_letters, write, write_to_the_leaders


@reaction("engagements.engagement.activated")
def introduce_the_lead_coach(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    engagement_id: EngagementId,
    partner_id: PartnerId,
    lead_coach_id: PersonId,
    admission_number: int = 1,
) -> None:
    """Write to who leads the coaching from now on, and to a partner's leaders who that is.

    Raises NotYetKnown while one of them or this admission is not known, and Superseded when that has ended, or
    somebody else leads it since.
    """
    partner = Partners(uow).in_admission(admission_number, partner_id)
    trigger = _trigger(engagement_id, partner_id, event)
    coach = _introduce(uow, letter_templates, trigger, lead_coach_id)
    write(uow, letter_templates, trigger, coach, {"partner_name": partner.name, "coach": None})


@reaction("engagements.engagement.coach_changed")
def introduce_the_new_coach(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    engagement_id: EngagementId,
    partner_id: PartnerId,
    coach_id: PersonId,
    former_coach_id: PersonId,
    admission_number: int = 1,
) -> None:
    """Write to a partner's leaders who leads the coaching from now on, and holds the sessions of who led it before.

    Raises as when work begins.
    """
    Partners(uow).in_admission(admission_number, partner_id)
    former = Recipients(uow).known(former_coach_id, scope=PLATFORM)
    trigger = _trigger(engagement_id, partner_id, event)
    _introduce(uow, letter_templates, trigger, coach_id, former_name=former.name)


def _introduce(
    uow: UnitOfWork,
    letter_templates: LetterTemplates,
    trigger: LetterTrigger,
    coach_id: str,
    *,
    former_name: str | None = None,
) -> Recipient:
    engagement = Engagements(uow).about(trigger.about_id)
    engagement.keep_introduction(sequence=trigger.sequence)
    Engagements(uow).save(engagement)
    earlier = {"category": Category.COACH_NAMED, "about_id": engagement.id}
    cancel_letters(uow, earlier, reason="somebody else leads the coaching since")
    coach = Recipients(uow).known(coach_id, scope=PLATFORM)
    about = {"coach": {"name": coach.name, "email": coach.email}, "former_name": former_name}
    write_to_the_leaders(uow, letter_templates, trigger, about)
    return coach


def _trigger(engagement_id: str, partner_id: str, event: Envelope) -> LetterTrigger:
    return LetterTrigger(
        category=Category.COACH_NAMED, about_id=engagement_id, partner_id=partner_id, sequence=event.sequence
    )
