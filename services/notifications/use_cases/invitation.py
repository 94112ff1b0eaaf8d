"""Letters about invitations: what is offered, what was answered, and reminders in between."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from chassis.domain.errors import NotYetKnown, Superseded
from chassis.domain.scope import PLATFORM
from chassis.persistence.claims import Claimed, Claims
from chassis.persistence.unit_of_work import Store, UnitOfWork
from services.notifications.model.invitation import Invitation, Offer
from services.notifications.model.letter import Category, Occasion
from services.notifications.repository import Invitations, Partners, Recipients, to_remind_of
from services.notifications.templates import Stationery
from services.notifications.use_cases.letter import cancel_letters, write, write_to_the_leaders, write_to_the_told

ANSWERS = (Category.ACCEPTED, Category.TENTATIVE, Category.DECLINED, Category.UNDONE)
OVERTAKEN = (Category.ANSWER_REMINDER, *ANSWERS)
"""Letters that an answer makes pointless."""
ACCEPTED = "accepted"
"""Where an invitation stands by which a partner comes."""


def keep_reply_link(*, work: UnitOfWork, invitation_id: str, partner_id: str, link: str) -> None:
    """Keep where an invitation can be answered."""
    invitation = Invitations(work).about(invitation_id, partner_id=partner_id)
    invitation.link = link
    Invitations(work).save(invitation)


def write_the_invitation(
    *, work: UnitOfWork, stationery: Stationery, sequence: int, invitation_id: str, partner_id: str, **issued: Any
) -> None:
    """Write to a partner's leaders that it is invited, and be ready to remind them.

    Raises NotYetKnown while they are not known, and Superseded when it was withdrawn or offered again since.
    """
    occasion = Occasion(category=Category.INVITATION, about_id=invitation_id, partner_id=partner_id, sequence=sequence)
    _write_what_is_offered(work, stationery, occasion, **issued)


def write_the_offer(
    *,
    work: UnitOfWork,
    stationery: Stationery,
    sequence: int,
    invitation_id: str,
    partner_id: str,
    offer_until: datetime,
    zone: str,
    **promoted: Any,
) -> None:
    """Write to the leaders of a partner that waited that there are seats for it now, and be ready to remind them.

    Raises NotYetKnown while they are not known, and Superseded when it was withdrawn or offered again since.
    """
    until = offer_until.astimezone(ZoneInfo(zone))
    occasion = Occasion(category=Category.OFFER, about_id=invitation_id, partner_id=partner_id, sequence=sequence)
    ends: dict[str, Any] = {"answer_by": until.date(), "until_hour": f"{until:%H:%M}"}
    _write_what_is_offered(work, stationery, occasion, zone=zone, **ends, **promoted)


def confirm_the_answer(*, work: UnitOfWork, **accepted: Any) -> None:
    """Write to a partner's leaders that it is expected; raises NotYetKnown while they or the invitation are not."""
    _confirm(work, Category.ACCEPTED, **accepted)


def confirm_the_answer_no(*, work: UnitOfWork, **declined: Any) -> None:
    """Write to a partner's leaders that its no has arrived; raises NotYetKnown as for a yes."""
    _confirm(work, Category.DECLINED, **declined)


def confirm_the_answer_perhaps(*, work: UnitOfWork, **tentative: Any) -> None:
    """Write to a partner's leaders that an answer is still waited for; raises NotYetKnown as for a yes."""
    _confirm(work, Category.TENTATIVE, is_open=True, **tentative)


def confirm_what_holds_again(*, work: UnitOfWork, state: str, **undone: Any) -> None:
    """Write to a partner's leaders that its no is taken back; raises NotYetKnown as for a yes."""
    _confirm(work, Category.UNDONE, is_open=state != ACCEPTED, comes=state == ACCEPTED, **undone)


def tell_of_the_withdrawal(*, work: UnitOfWork, **withdrawn: Any) -> None:
    """Write to everybody who may know of an invitation that it is withdrawn; others never hear of it."""
    _end(work, Category.WITHDRAWN, because="the invitation was withdrawn", **withdrawn)


def tell_that_it_expired(*, work: UnitOfWork, **expired: Any) -> None:
    """Write to everybody who may know of an invitation that nobody answered it in time."""
    _end(work, Category.EXPIRED, because="the invitation has expired", **expired)


def remind_of_answers(*, store: Store, claims: Claims, stationery: Stationery) -> None:
    """Remind the leaders of every partner whose answer is due in a few days."""
    claims.process_ready(lambda: to_remind_of(store.clock()), partial(_remind, store, stationery), sort="remind_at")


def _write_what_is_offered(
    work: UnitOfWork,
    stationery: Stationery,
    occasion: Occasion,
    *,
    seats: int,
    reasons: Sequence[Mapping[str, Any]],
    **offered: Any,
) -> None:
    invitation = Invitations(work).about(occasion.about_id, partner_id=occasion.partner_id)
    offer = Offer(**offered)
    if not invitation.hear_offer(offer, sequence=occasion.sequence, at=work.now):
        raise Superseded(
            f"invitation {invitation.id} was offered again, or has ended, since its event {occasion.sequence}"
        )
    Invitations(work).save(invitation)
    write_to_the_leaders(work, stationery, occasion, **_told_of(invitation), seats=seats, reasons=reasons)


def _confirm(
    work: UnitOfWork,
    category: Category,
    *,
    stationery: Stationery,
    sequence: int,
    invitation_id: str,
    partner_id: str,
    is_open: bool = False,
    **answer: Any,
) -> None:
    invitation = Invitations(work).about(invitation_id, partner_id=partner_id)
    hear = invitation.hear_it_is_open if is_open else invitation.hear_answer
    if not hear(sequence=sequence, at=work.now):
        raise Superseded(f"invitation {invitation_id} was answered again, or has ended, since its event {sequence}")
    told = _told_of(invitation)
    Invitations(work).save(invitation)
    overtaken = {"about_id": invitation_id, "category": {"$in": OVERTAKEN}, "about_sequence": {"$lt": sequence}}
    cancel_letters(work, overtaken, reason="the invitation was answered")
    occasion = _occasion(invitation, category, sequence)
    write_to_the_leaders(work, stationery, occasion, **told, **answer)


def _end(
    work: UnitOfWork,
    category: Category,
    *,
    because: str,
    stationery: Stationery,
    sequence: int,
    invitation_id: str,
    partner_id: str,
) -> None:
    invitation = Invitations(work).about(invitation_id, partner_id=partner_id)
    is_news = invitation.hear_end(sequence=sequence, at=work.now)
    Invitations(work).save(invitation)
    earlier = {"about_id": invitation_id, "about_sequence": {"$lt": sequence}}
    cancel_letters(work, earlier, reason=because)
    if invitation.offer and is_news:
        offers = {**earlier, "category": {"$in": [Category.INVITATION, Category.OFFER]}}
        occasion = _occasion(invitation, category, sequence)
        write_to_the_told(work, stationery, occasion, offers, camp_title=invitation.offer.camp_title)


def _remind(store: Store, stationery: Stationery, claimed: Claimed) -> bool:
    store.transact(partial(_write_the_reminder, claimed.id, stationery), cause=claimed.cause)
    return True


def _write_the_reminder(invitation_id: str, stationery: Stationery, work: UnitOfWork) -> None:
    invitation = Invitations(work).get(invitation_id, scope=PLATFORM)
    days = invitation.remind(at=work.now)
    Invitations(work).save(invitation)
    if days is None:
        return
    partner = Partners(work).known(invitation.partner_id, scope=PLATFORM)
    occasion = _occasion(invitation, Category.ANSWER_REMINDER, invitation.offered_sequence, part=f"{days}_days")
    for leader in Recipients(work).now_leading(partner.id):
        write(work, stationery, occasion, leader, partner_name=partner.name, **_told_of(invitation))


def _occasion(invitation: Invitation, category: Category, sequence: int, *, part: str = "") -> Occasion:
    return Occasion(
        category=category, about_id=invitation.id, partner_id=invitation.partner_id, sequence=sequence, part=part
    )


def _told_of(invitation: Invitation) -> dict[str, Any]:
    """Give what every letter says of it; raises NotYetKnown while that is not all known."""
    if invitation.offer is None or invitation.link is None:
        raise NotYetKnown(f"what invitation {invitation.id} is to, or how to answer it, is not known here yet")
    told = ("camp_title", "place", "zone", "starts_on", "ends_on", "answer_by", "until_hour")
    return {**{name: getattr(invitation.offer, name) for name in told}, "link": invitation.link}
