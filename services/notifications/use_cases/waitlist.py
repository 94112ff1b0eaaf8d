"""Letters about waiting for seats of a camp."""

from datetime import date, datetime, timedelta
from typing import Unpack
from zoneinfo import ZoneInfo

from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.notifications.model.camp_where import IN_PERSON
from services.notifications.model.invitation import Offer
from services.notifications.model.letter_trigger import Category
from services.notifications.repository import Invitations
from services.notifications.schemas import (
    CampId,
    CampOffered,
    ClosingReason,
    InvitationId,
    InvitationReasons,
    PartnerId,
    Position,
    Seats,
    TheVenue,
    ZoneName,
)
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.camp import WAITLISTED, tell_the_leaders_as_it_is_now
from services.notifications.use_cases.invitation import (
    OVERTAKEN,
    confirm,
    described,
    earlier_letters,
    invitation_asked_in,
    trigger_of,
    write_what_is_offered,
)
from services.notifications.use_cases.letter import cancel_letters


@reaction("camps.waitlist.joined")
def write_that_it_waits(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    invitation_id: InvitationId,
    partner_id: PartnerId,
    seats: Seats,
    position: Position,
    camp_title: str | None = None,
    place: str | None = None,
    zone: ZoneName | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    begins_at: datetime | None = None,
    ends_at: datetime | None = None,
    camp_id: CampId | None = None,
    reasons: InvitationReasons | None = None,
    mode: str = IN_PERSON,
    venue: TheVenue = None,
    admission_number: int = 1,
) -> None:
    """Write to a partner's leaders that it waits for seats, and at which place: once each time it joins.

    There is no letter for each step: places move with the answers of others, several at once, and a letter about one
    would often be untrue when it is read. The page behind its link shows the place of that moment. What does not say
    which camp it is about was published before letters were written about it, and its partner is not told.

    Raises NotYetKnown while the leaders are not known, and Superseded when it was offered seats or has ended since.
    """
    if camp_title is None or place is None or zone is None or starts_on is None or ends_on is None:
        return
    joined_on = datetime.fromisoformat(event.time).astimezone(ZoneInfo(zone)).date()
    offer = Offer(camp_title=camp_title, place=place, zone=zone, starts_on=starts_on, ends_on=ends_on,
                  answer_by=starts_on - timedelta(days=1), waits_since=joined_on,
                  camp_id=camp_id, begins_at=begins_at, ends_at=ends_at, mode=mode, venue=venue)  # fmt: skip
    invitation = invitation_asked_in(uow, admission_number, invitation_id, partner_id)
    trigger = trigger_of(invitation, Category.WAITLISTED, event.sequence)
    reopened = invitation.offer is not None and invitation.offer.category is Category.WAITLIST_CLOSED
    about = {"seats": seats, "position": position, "reasons": reasons or [], "is_reopened": reopened}
    write_what_is_offered(uow, letter_templates, trigger, invitation, offer, about)


@reaction("camps.waitlist.closed")
def write_that_nothing_is_offered(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    invitation_id: InvitationId,
    partner_id: PartnerId,
    seats: Seats,
    position: Position,
    was_offered: bool,
    reasons: InvitationReasons,
    admission_number: int = 1,
    **camp: Unpack[CampOffered],
) -> None:
    """Write to a partner's leaders that it waits and nothing is offered any more, and that an open offer has ended.

    Raises NotYetKnown while the leaders are not known, and Superseded when it was offered seats or has ended since.
    """
    joined_on = datetime.fromisoformat(event.time).astimezone(ZoneInfo(camp["zone"])).date()
    offer = Offer(**camp, answer_by=camp["starts_on"] - timedelta(days=1), waits_since=joined_on)
    invitation = invitation_asked_in(uow, admission_number, invitation_id, partner_id)
    trigger = trigger_of(invitation, Category.WAITLIST_CLOSED, event.sequence)
    about = {"seats": seats, "position": position, "reasons": reasons, "was_offered": was_offered, "is_reopened": True}
    write_what_is_offered(uow, letter_templates, trigger, invitation, offer, about)


@reaction("camps.waitlist.reduced")
def confirm_that_it_waits_for_fewer(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    invitation_id: InvitationId,
    partner_id: PartnerId,
    seats: Seats,
    before: Seats,
    told_sequence: int = 0,
    admission_number: int = 1,
) -> None:
    """Write to a partner's leaders that it waits for fewer seats; who was not told that it waits is told for how many.

    Raises NotYetKnown while that it waits is not known, and Superseded when something later is known that says as much.
    """
    invitation = invitation_asked_in(uow, admission_number, invitation_id, partner_id)
    invitation.keep_fewer(seats, sequence=event.sequence, told_sequence=told_sequence)
    Invitations(uow).save(invitation)
    trigger = trigger_of(invitation, Category.FEWER_SEATS, event.sequence)
    overtaken = {**earlier_letters(trigger), "category": {"$in": OVERTAKEN}}
    cancel_letters(uow, overtaken, reason="it waits for fewer seats")
    closed = invitation.offer is not None and invitation.offer.category is Category.WAITLIST_CLOSED
    waits = {"seats": seats, "before": before, "state": WAITLISTED, "offers_closed": closed}
    about = {**described(invitation), **waits}
    tell_the_leaders_as_it_is_now(uow, letter_templates, trigger, invitation, about)


@reaction("camps.waitlist.left")
def confirm_that_it_waits_no_longer(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    invitation_id: InvitationId,
    partner_id: PartnerId,
    kind: str,
    reason: ClosingReason | None = None,
    admission_number: int = 1,
) -> None:
    """Write to a partner's leaders that it waits no longer, and how it can join again.

    Raises NotYetKnown while what it waited for is not known, and Superseded when it waits again or was asked since.
    """
    invitation = invitation_asked_in(uow, admission_number, invitation_id, partner_id)
    invitation.keep_leaving(sequence=event.sequence, at=uow.now)
    trigger = trigger_of(invitation, Category.LEFT_WAITLIST, event.sequence)
    confirm(uow, letter_templates, trigger, invitation, {"reason": reason, "kind": kind})


REACTIONS = (
    write_that_it_waits,
    write_that_nothing_is_offered,
    confirm_that_it_waits_for_fewer,
    confirm_that_it_waits_no_longer,
)
