"""Who is written to when a gap between groups gets wider, and when it is not wider any more."""

from contextlib import suppress
from typing import Any, Unpack

from chassis.domain.errors import Superseded
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.notifications.model.letter_trigger import Category, LetterTrigger
from services.notifications.repository import EquityGaps, Letters
from services.notifications.schemas import EngagementId, GapChanged, GapId, PartnerId, PersonId
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.letter import cancel_letters, write_to_former_recipients, write_to_the_lead_coach

WIDENED, NARROWED = "widened", "narrowed"
ABOUT_GAPS = (Category.GAP_WIDENED, Category.GAP_NOT_WIDER)


@reaction("engagements.equity_gap.changed")
def tell_of_the_gap(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    gap_id: GapId,
    engagement_id: EngagementId,
    partner_id: PartnerId,
    coach_id: PersonId | None,
    change: str,
    **shown: Unpack[GapChanged],
) -> None:
    """Write to the lead coach that a gap gets wider, and tell whoever was told when it is not wider any more.

    What is not sent yet of how it was before never is. That a gap gets wider is told to nobody while the engagement
    rests, or after it has ended. Raises NotYetKnown while coach or partner is not known, and Superseded when a later
    event said how it is.
    """
    gap = EquityGaps(uow).about(gap_id)
    gap.keep(sequence=event.sequence)
    EquityGaps(uow).save(gap)
    cancel_letters(uow, {"about_id": gap_id, "category": {"$in": ABOUT_GAPS}}, reason="the gap is otherwise by now")
    trigger = LetterTrigger(category=Category.GAP_WIDENED if change == WIDENED else Category.GAP_NOT_WIDER,
                            about_id=gap_id, partner_id=partner_id, sequence=event.sequence,
                            engagement_id=engagement_id)  # fmt: skip
    if change != WIDENED:
        about = {name: value for name, value in shown.items() if name != "overall_improved"}
        told = _told_that_it_is_wider(uow, gap_id)
        write_to_former_recipients(uow, letter_templates, trigger, told, about | {"is_narrower": change == NARROWED})
    else:
        with suppress(Superseded):  # nobody can act for what rests, and what is untrue by now is kept back all the same
            write_to_the_lead_coach(uow, letter_templates, trigger, coach_id, {**shown})


def _told_that_it_is_wider(uow: UnitOfWork, gap_id: str) -> dict[str, Any]:
    """Give the condition for letters that say that a gap is wider, after the last that took that back."""
    taken_back = {"about_id": gap_id, "category": Category.GAP_NOT_WIDER}
    last = Letters(uow).last_that_may_have_arrived(taken_back)
    after = {"$gt": last.about_sequence if last else 0}
    return {"about_id": gap_id, "category": Category.GAP_WIDENED, "about_sequence": after}
