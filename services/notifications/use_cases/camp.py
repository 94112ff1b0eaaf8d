"""Letters about camps that are not as they were: whoever is invited, attends or waits is told what has changed."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Unpack

from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.notifications.model.copied import Recipient
from services.notifications.model.invitation import Invitation, Offer, ToldOfCamp
from services.notifications.model.letter_trigger import Category, LetterTrigger
from services.notifications.repository import Invitations, Letters, Partners, Recipients
from services.notifications.schemas import CampOffered, CampTerms, ClosingReason, Hour, InvitationId, PartnerId, Seats
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.invitation import (
    OVERTAKEN,
    WAITS,
    described,
    earlier_letters,
    invitation_asked_in,
    trigger_of,
)
from services.notifications.use_cases.letter import cancel_letters, the_same, write, write_to_former_recipients

OFFERS = (Category.INVITATION, Category.OFFER, *WAITS)
"""Letters by which a partner hears of a camp."""
OUTDATED = (*OFFERS, *OVERTAKEN, Category.CAMP_CHANGED)
"""Letters that say when or where it is, or by when to answer."""
RECONFIRM = "reconfirm"
"""Where an invitation stands by which a partner was to come on other days."""
WAITLISTED = "waitlisted"
"""Where an invitation stands that waits for seats: until the camp begins, and to no day of its own."""
TO_BE_ASKED = ("issued", "tentative", WAITLISTED, RECONFIRM)
"""Where an invitation stands of which somebody who has not heard of it is told as of a new one."""


@reaction("camps.invitation.camp_changed")
def announce_the_change(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    invitation_id: InvitationId,
    partner_id: PartnerId,
    answer_by: date,
    seats: Seats,
    state: str,
    told_sequence: int,
    before: CampTerms,
    offer_until: datetime | None = None,
    opens_at: Hour | None = None,
    closes_at: Hour | None = None,
    postponed_because: ClosingReason | None = None,
    offers_closed: bool = False,
    zone_law: str | None = None,
    admission_number: int = 1,
    **camp: Unpack[CampOffered],
) -> None:
    """Write to a partner's leaders what is otherwise now about its camp, in place of what is not sent yet.

    Each is told what was before as they know it: what was said meanwhile and did not leave counts for nothing. Who was
    not told of the invitation before is told of it as it is now. Raises NotYetKnown while what it was asked last is not
    known, and Superseded when a later change or offer, or the end, is known.
    """
    invitation = invitation_asked_in(uow, admission_number, invitation_id, partner_id)
    last = camp["starts_on"] - timedelta(days=1) if state == WAITLISTED else answer_by
    offer = Offer(**camp, answer_by=last, about={"seats": seats}, is_postponed=postponed_because is not None)
    now, asks_anew = offer.with_own_time(offer_until), state == RECONFIRM
    known = invitation.keep_change(now, before=ToldOfCamp(**before), sequence=event.sequence,
                                   told_sequence=told_sequence, asks_anew=asks_anew, offers_closed=offers_closed,
                                   at=uow.now)  # fmt: skip
    Invitations(uow).save(invitation)
    trigger = trigger_of(invitation, Category.CAMP_CHANGED, event.sequence)
    overtaken = {**earlier_letters(trigger), "category": {"$in": OUTDATED}}
    cancel_letters(uow, overtaken, reason="the camp is not as it was any more")
    hours = {"opens_at": opens_at, "closes_at": closes_at, "postponed_because": postponed_because,
             "zone_law": zone_law}  # fmt: skip
    stands = {"seats": known.about["seats"], "state": state, "offers_closed": offers_closed}
    about = {**described(invitation), **hours, **stands}
    to_each = partial(_what_they_knew, uow, invitation, trigger)
    tell_the_leaders_as_it_is_now(uow, letter_templates, trigger, invitation, about, to_each=to_each)
    write_to_former_recipients(uow, letter_templates, trigger, _offers(invitation), about, to_each=to_each)


def tell_the_leaders_as_it_is_now(
    uow: UnitOfWork,
    letter_templates: LetterTemplates,
    trigger: LetterTrigger,
    invitation: Invitation,
    about: Mapping[str, object],
    *,
    to_each: Callable[[Recipient], Mapping[str, object]] = the_same,
) -> None:
    """Write to the leaders of a partner, `to_each` what they alone are told.

    Those who were not told of its invitation are told of it as of a new one.
    """
    partner = Partners(uow).known(trigger.partner_id, scope=PLATFORM)
    # Who joins at this moment does not see what it is now yet, and is not seen here (write skew).
    Partners(uow).touch(partner)
    for leader in Recipients(uow).leaders_of(partner):
        if about["state"] in TO_BE_ASKED and not _may_know(uow, invitation, leader):
            _ask(uow, letter_templates, trigger, invitation, leader, partner.name)
        else:
            said = {"partner_name": partner.name, **about, **to_each(leader)}
            write(uow, letter_templates, trigger, leader, said)


def _what_they_knew(
    uow: UnitOfWork, invitation: Invitation, trigger: LetterTrigger, recipient: Recipient
) -> Mapping[str, object]:
    earlier = {**earlier_letters(trigger), "recipient_id": recipient.id}
    last = Letters(uow).last_that_may_have_arrived(earlier)
    return {"before": invitation.told_in(last.about_sequence if last else trigger.sequence - 1)}


def _may_know(uow: UnitOfWork, invitation: Invitation, leader: Recipient) -> bool:
    return Letters(uow).may_have_arrived({**_offers(invitation), "recipient_id": leader.id})


def _offers(invitation: Invitation) -> Mapping[str, object]:
    return {"about_id": invitation.id, "about_sequence": {"$gte": invitation.last_told}, "category": {"$in": OFFERS}}


def _ask(
    uow: UnitOfWork,
    letter_templates: LetterTemplates,
    trigger: LetterTrigger,
    invitation: Invitation,
    leader: Recipient,
    partner_name: str,
) -> None:
    offer = invitation.offer
    if offer and not offer.is_postponed:  # else they are told when its days are known
        asking = replace(trigger, category=offer.category)
        about = {"partner_name": partner_name, **described(invitation), **offer.about}
        write(uow, letter_templates, asking, leader, about)
