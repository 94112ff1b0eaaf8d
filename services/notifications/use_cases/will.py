"""Who is written to when the leaders of a partner change: whoever coaches it asks whether the will is there."""

from contextlib import suppress
from datetime import date

from chassis.domain.errors import Superseded
from chassis.domain.replica import newest
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.notifications.model.letter_trigger import Category, LetterTrigger
from services.notifications.repository import Engagements
from services.notifications.schemas import EngagementId, PartnerId, PersonId
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.letter import cancel_letters, write_to_the_lead_coach


@reaction("engagements.engagement.will_questioned")
def ask_the_coach_for_the_will(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    engagement_id: EngagementId,
    partner_id: PartnerId,
    change: str,
    since: date,
    lead_coach_id: PersonId | None = None,
) -> None:
    """Ask whoever leads the coaching to find out whether the will is there, unless the work rests or nobody leads it.

    What was asked before and is not sent yet never is.
    Raises NotYetKnown while coach or partner is not known, and Superseded when a later event answers it.
    """
    stop_asking(uow, event, engagement_id, reason="the will is in question for something else by now")
    trigger = LetterTrigger(category=Category.WILL_QUESTIONED, about_id=engagement_id, partner_id=partner_id,
                            sequence=event.sequence, engagement_id=engagement_id)  # fmt: skip
    about = {"change": change, "since": since, "engagement_id": engagement_id}
    with suppress(Superseded):  # what was asked before is kept as asked, though nobody can act on it
        write_to_the_lead_coach(uow, letter_templates, trigger, lead_coach_id, about)


@reaction("engagements.engagement.will_confirmed", "engagements.engagement.closed")
def stop_asking_for_the_will(uow: UnitOfWork, event: Envelope, *, engagement_id: EngagementId) -> None:
    """Ask nobody any more whether the will is there. Raises Superseded when it was put in question again."""
    stop_asking(uow, event, engagement_id, reason="the will is not in question any more")


def stop_asking(uow: UnitOfWork, event: Envelope, engagement_id: str, *, reason: str) -> None:
    """Send no letter about an earlier question; raises Superseded when a later event told whether there is one."""
    engagement = Engagements(uow).about(engagement_id)
    engagement.will_sequence = newest(engagement.will_sequence, event.sequence)
    Engagements(uow).save(engagement)
    cancel_letters(uow, {"category": Category.WILL_QUESTIONED, "about_id": engagement_id}, reason=reason)


REACTIONS = (ask_the_coach_for_the_will, stop_asking_for_the_will)
