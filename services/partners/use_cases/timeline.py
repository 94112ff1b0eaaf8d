"""What happens to partners, in all services, is kept on their timelines."""

from dataclasses import replace
from datetime import date, datetime
from typing import Unpack

from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.partners.model.timeline import Happening, day_of, entry_id
from services.partners.model.timeline_kinds import ABOUT_INQUIRIES, ABOUT_PARTNERS
from services.partners.repository.partner import Partners
from services.partners.repository.timeline import Timeline
from services.partners.schemas.identity import PartnerId
from services.partners.schemas.inquiry import InquiryId
from services.partners.schemas.timeline import Telling


@reaction(*ABOUT_PARTNERS)
def note_on_timeline(
    uow: UnitOfWork,
    event: Envelope,
    *,
    partner_id: PartnerId | None = None,
    former_partner_id: PartnerId | None = None,
    partner_ids: list[PartnerId] | None = None,
    **told: Unpack[Telling],
) -> None:
    """Keep on a partner's timeline what happened, when, why and who did it; of the institute's own people nothing.

    Who moves does so on the timelines of both partners, and what two partners do with each other stands on both.
    """
    for at, each in enumerate(partner_ids or (partner_id, former_partner_id)):
        if each is not None:
            said_on = _day_where_it_is(uow, each, datetime.fromisoformat(event.time))
            happening = _happening(event, told, said_on=said_on, partner_id=each)
            _keep(uow, replace(happening, id=entry_id(event.id, further=at)))


@reaction(*ABOUT_INQUIRIES)
def note_inquiry_on_timeline(uow: UnitOfWork, event: Envelope, *, inquiry_id: InquiryId) -> None:
    """Keep what becomes of an inquiry for the timeline of the partner that it may lead to."""
    said_on = datetime.fromisoformat(event.time).date()
    _keep(uow, _happening(event, {}, said_on=said_on, inquiry_id=inquiry_id))


def _day_where_it_is(uow: UnitOfWork, partner_id: str, instant: datetime) -> date:
    """Give the day that it is where a partner is; in UTC where an older backup of partners does not have it."""
    partner = Partners(uow).first({"_id": partner_id}, scope=PLATFORM)
    return partner.today(instant) if partner else instant.date()


def _happening(
    event: Envelope,
    told: Telling,
    *,
    said_on: date,
    partner_id: str | None = None,
    inquiry_id: str | None = None,
) -> Happening:
    return Happening(
        id=event.id,
        kind=event.type,
        about_id=event.subject,
        happened_on=day_of(event.type, told, otherwise=said_on),
        said_at=datetime.fromisoformat(event.time),
        by=event.actor or PLATFORM.subject,
        correlation_id=event.correlationid,
        partner_id=partner_id,
        inquiry_id=inquiry_id,
        title=told.get("title"),
        reason=told.get("reason"),
        causation_id=event.causationid,
        entered_as_history=event.history,
    )


def _keep(uow: UnitOfWork, happening: Happening) -> None:
    """Store it unless it stands there: it is replayed to fill in what was before, and is not another thing then."""
    if Timeline(uow).first({"_id": happening.id}, scope=PLATFORM) is None:
        Timeline(uow).save(happening)


REACTIONS = (note_on_timeline, note_inquiry_on_timeline)
