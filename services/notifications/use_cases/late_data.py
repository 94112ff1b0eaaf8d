"""Who is asked for data that are late, until they are there or not asked for any more."""

from datetime import datetime
from typing import Any, Unpack

from chassis.domain.errors import Superseded
from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.notifications.model.coached import Standing
from services.notifications.model.letter_trigger import Category, LetterTrigger
from services.notifications.repository import DataWatches, Engagements, Partners
from services.notifications.schemas import DataMissed, EngagementId, MeasureId, PartnerId, PersonId, WatchId
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.letter import cancel_letters, write_to_the_lead_coach, write_to_the_leaders


@reaction("engagements.data.stale")
def ask_for_late_data(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    watch_id: WatchId,
    measure_id: MeasureId,
    engagement_id: EngagementId,
    partner_id: PartnerId,
    coach_id: PersonId | None,
    **missed: Unpack[DataMissed],
) -> None:
    """Ask the partner's leaders, whose people collect the data, and the lead coach: once for each lapse.

    Raises NotYetKnown while one of them is not known, and Superseded when the data are there or not asked for since, or
    when the engagement rests or has ended.
    """
    _keep(uow, watch_id, event)
    engagement = Engagements(uow).about(engagement_id)
    if engagement.standing is not Standing.OPEN:
        raise Superseded(f"engagement {engagement_id} is {engagement.standing}")
    partner = Partners(uow).known(partner_id, scope=PLATFORM)
    about = {**missed, "seen_at": datetime.fromisoformat(event.time), "zone": partner.zone}
    asked = {"about_id": measure_id, "partner_id": partner_id, "engagement_id": engagement_id}
    leaders, coach = (_trigger(event, part, asked) for part in ("leaders", "coach"))
    write_to_the_leaders(uow, letter_templates, leaders, {**about, "is_coach": False})
    if engagement.coach_id or coach_id:
        write_to_the_lead_coach(uow, letter_templates, coach, coach_id, {**about, "is_coach": True})


@reaction("engagements.data.fresh", "engagements.data.excused")
def stop_asking_for_late_data(uow: UnitOfWork, event: Envelope, *, watch_id: WatchId, measure_id: MeasureId) -> None:
    """Ask nobody any more for data that are there, or not asked for; who was asked needs no other letter.

    Raises Superseded when others are late since.
    """
    _keep(uow, watch_id, event)
    asked = {"about_id": measure_id, "category": Category.DATA_LATE}
    cancel_letters(uow, asked, reason="the data are there, or are not asked for any more")


def _keep(uow: UnitOfWork, watch_id: str, event: Envelope) -> None:
    """Keep which event said last whether data are late; raises Superseded when a later one did."""
    watch = DataWatches(uow).about(watch_id)
    watch.keep(sequence=event.sequence)
    DataWatches(uow).save(watch)


def _trigger(event: Envelope, part: str, asked: dict[str, Any]) -> LetterTrigger:
    return LetterTrigger(category=Category.DATA_LATE, sequence=event.sequence, part=part, **asked)
