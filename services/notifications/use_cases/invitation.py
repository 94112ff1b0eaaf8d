"""Letters about invitations: what is offered, what was answered, and reminders in between."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any, Unpack

from chassis.domain.errors import NotYetKnown
from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.claims import Claimed, Claims
from chassis.persistence.unit_of_work import Store, UnitOfWork
from chassis.schemas.operations import reaction
from services.notifications.model.copied import LEADER, Recipient
from services.notifications.model.invitation import Invitation, Offer
from services.notifications.model.letter_trigger import Category, LetterTrigger
from services.notifications.repository import Invitations, Letters, Partners, Recipients
from services.notifications.schemas import CampOffered, InvitationId, InvitationReasons, PartnerId, Seats
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.calendars.diary_letters import take_out_of_diaries
from services.notifications.use_cases.letter import cancel_letters, write, write_to_the_leaders

ANSWERS = (Category.ACCEPTED, Category.TENTATIVE, Category.DECLINED, Category.UNDONE)
WAITS = (Category.WAITLISTED, Category.WAITLIST_CLOSED)
"""Letters that say that a partner waits, in earnest or with nothing offered any more."""
OVERTAKEN = (Category.ANSWER_REMINDER, *WAITS, Category.FEWER_SEATS, *ANSWERS)
"""Letters that an answer makes pointless."""
OVERTAKEN_BY_THE_WAIT = (
    *(Category.INVITATION, Category.OFFER, Category.ANSWER_REMINDER, Category.FEWER_SEATS, Category.LEFT_WAITLIST),
    *(Category.TENTATIVE, *WAITS),
)
OVERTAKEN_BY_AN_OFFER = (*WAITS, Category.FEWER_SEATS, Category.LEFT_WAITLIST)
ACCEPTED = "accepted"
"""Where an invitation stands by which a partner comes."""


@reaction("camps.invitation.issued")
def write_the_invitation(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    invitation_id: InvitationId,
    partner_id: PartnerId,
    answer_by: date,
    seats: Seats,
    reasons: InvitationReasons,
    offer_until: datetime | None = None,
    admission_number: int = 1,
    **camp: Unpack[CampOffered],
) -> None:
    """Write to a partner's leaders that it is invited, and be ready to remind them.

    Raises NotYetKnown while they are not known, and Superseded when it was withdrawn or offered again since.
    """
    offer = Offer(**camp, answer_by=answer_by).with_own_time(offer_until)
    invitation = invitation_asked_in(uow, admission_number, invitation_id, partner_id)
    trigger = trigger_of(invitation, Category.INVITATION, event.sequence)
    write_what_is_offered(uow, letter_templates, trigger, invitation, offer, {"seats": seats, "reasons": reasons})


@reaction("camps.waitlist.promoted")
def write_the_offer(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    invitation_id: InvitationId,
    partner_id: PartnerId,
    offer_until: datetime,
    seats: Seats,
    reasons: InvitationReasons,
    waited_for: Seats | None = None,
    admission_number: int = 1,
    **camp: Unpack[CampOffered],
) -> None:
    """Write to the leaders of a partner that waited that there are seats for it now, and be ready to remind them.

    Raises NotYetKnown while they are not known, and Superseded when it was withdrawn or offered again since.
    """
    offer = Offer(**camp, answer_by=camp["starts_on"]).with_own_time(offer_until)
    invitation = invitation_asked_in(uow, admission_number, invitation_id, partner_id)
    trigger = trigger_of(invitation, Category.OFFER, event.sequence)
    about = {"seats": seats, "reasons": reasons, "waited_for": waited_for}
    write_what_is_offered(uow, letter_templates, trigger, invitation, offer, about)


@reaction("camps.invitation.accepted")
def confirm_the_answer(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    invitation_id: InvitationId,
    partner_id: PartnerId,
    seats: Seats,
    admission_number: int = 1,
) -> None:
    """Write to a partner's leaders that it is expected. Raises NotYetKnown while that is not known."""
    invitation = invitation_asked_in(uow, admission_number, invitation_id, partner_id)
    invitation.keep_answer(sequence=event.sequence, at=uow.now, comes=True)
    confirm(
        uow, letter_templates, trigger_of(invitation, Category.ACCEPTED, event.sequence), invitation, {"seats": seats}
    )


@reaction("camps.invitation.declined")
def confirm_the_answer_no(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    invitation_id: InvitationId,
    partner_id: PartnerId,
    undo_until: datetime | None = None,
    admission_number: int = 1,
) -> None:
    """Write to a partner's leaders that its no has arrived. Raises NotYetKnown as for a yes."""
    invitation = invitation_asked_in(uow, admission_number, invitation_id, partner_id)
    invitation.keep_answer(sequence=event.sequence, at=uow.now, comes=False)
    trigger = trigger_of(invitation, Category.DECLINED, event.sequence)
    confirm(uow, letter_templates, trigger, invitation, {"undo_until": undo_until})
    take_out_of_diaries(uow, letter_templates, trigger, invitation)


@reaction("camps.invitation.tentative")
def confirm_the_answer_perhaps(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    invitation_id: InvitationId,
    partner_id: PartnerId,
    admission_number: int = 1,
) -> None:
    """Write to a partner's leaders that an answer is still waited for. Raises NotYetKnown as for a yes."""
    invitation = invitation_asked_in(uow, admission_number, invitation_id, partner_id)
    invitation.keep_open(sequence=event.sequence, at=uow.now)
    trigger = trigger_of(invitation, Category.TENTATIVE, event.sequence)
    confirm(uow, letter_templates, trigger, invitation, {})


@reaction("camps.invitation.answer_undone")
def confirm_what_holds_again(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    invitation_id: InvitationId,
    partner_id: PartnerId,
    state: str,
    admission_number: int = 1,
) -> None:
    """Write to a partner's leaders that its no is taken back. Raises NotYetKnown as for a yes."""
    invitation = invitation_asked_in(uow, admission_number, invitation_id, partner_id)
    keep = partial(invitation.keep_answer, comes=True) if state == ACCEPTED else invitation.keep_open
    keep(sequence=event.sequence, at=uow.now)
    trigger = trigger_of(invitation, Category.UNDONE, event.sequence)
    confirm(
        uow,
        letter_templates,
        trigger,
        invitation,
        {"comes": state == ACCEPTED, "is_postponed": invitation.is_postponed},
    )


def tell_what_is_open(
    uow: UnitOfWork, event: Envelope, letter_templates: LetterTemplates, recipient: Recipient
) -> None:
    """Write to who leads a partner, since now or at a new address, what it must answer or waits for, if not told."""
    if recipient.role != LEADER or recipient.left_on or recipient.partner_id is None:
        return
    for invitation in Invitations(uow).each({"partner_id": recipient.partner_id}, scope=PLATFORM):
        if invitation.offer and invitation.concerns_newcomers(uow.now):
            sequence, part = invitation.last_told, f"after_{event.id}"
            trigger = trigger_of(invitation, invitation.offer.category, sequence, part=part)
            if not Letters(uow).is_told(trigger, recipient):
                partner = Partners(uow).known(recipient.partner_id, scope=PLATFORM)
                about = {"partner_name": partner.name, **described(invitation), **invitation.offer.about}
                write(uow, letter_templates, trigger, recipient, about)


def remind_of_answers(*, store: Store, claims: Claims, letter_templates: LetterTemplates) -> None:
    """Remind the leaders of every partner whose answer is due in a few days."""
    claims.process_ready(
        lambda: Invitations.backlog.as_of(store.clock()), partial(_remind, store, letter_templates), sort="remind_at"
    )


def write_what_is_offered(
    uow: UnitOfWork,
    letter_templates: LetterTemplates,
    trigger: LetterTrigger,
    invitation: Invitation,
    offer: Offer,
    about: Mapping[str, object],
) -> None:
    """Write to the leaders what their partner is offered or waits for, in place of what is not sent yet.

    Raises as its reactions say.
    """
    waits = trigger.category in WAITS
    keep = invitation.keep_waiting if waits else invitation.keep_offer
    keep(replace(offer, category=trigger.category, about=dict(about)), sequence=trigger.sequence, at=uow.now)
    Invitations(uow).save(invitation)
    overtaken = OVERTAKEN_BY_THE_WAIT if waits else OVERTAKEN_BY_AN_OFFER
    earlier = {**earlier_letters(trigger), "category": {"$in": overtaken}}
    cancel_letters(uow, earlier, reason="it waits for seats" if waits else "there are seats for it")
    # Who joins at this moment does not see the invitation yet, and is not seen here (write skew).
    Partners(uow).touch(Partners(uow).known(trigger.partner_id, scope=PLATFORM))
    write_to_the_leaders(uow, letter_templates, trigger, {**described(invitation), **about})


def confirm(
    uow: UnitOfWork,
    letter_templates: LetterTemplates,
    trigger: LetterTrigger,
    invitation: Invitation,
    about: Mapping[str, object],
) -> None:
    """Write to the leaders what their partner has answered, in place of what is not sent yet."""
    offered = described(invitation)
    Invitations(uow).save(invitation)
    cancel_letters(
        uow, {**earlier_letters(trigger), "category": {"$in": OVERTAKEN}}, reason="the invitation was answered"
    )
    if trigger.sequence > invitation.changed_sequence:  # else the letter about its camp says how it stands
        write_to_the_leaders(uow, letter_templates, trigger, {**offered, **about})


def earlier_letters(trigger: LetterTrigger) -> dict[str, Any]:
    """Give the condition for letters about the same thing, written for its earlier events."""
    return {"about_id": trigger.about_id, "about_sequence": {"$lt": trigger.sequence}}


def _remind(store: Store, letter_templates: LetterTemplates, claimed: Claimed) -> bool:
    store.transact(partial(_write_the_reminder, claimed.id, letter_templates), cause=claimed.cause)
    return True


def _write_the_reminder(invitation_id: str, letter_templates: LetterTemplates, uow: UnitOfWork) -> None:
    invitation = Invitations(uow).get(invitation_id, scope=PLATFORM)
    days = invitation.remind(at=uow.now)
    Invitations(uow).save(invitation)
    partner = Partners(uow).known(invitation.partner_id, scope=PLATFORM)
    if days is None or partner.rests:
        return
    Partners(uow).touch(partner)  # Whose partnership comes to rest at this moment is not reminded unseen.
    sequence = max(invitation.offered_sequence, invitation.changed_sequence)
    trigger = trigger_of(invitation, Category.ANSWER_REMINDER, sequence, part=f"{days}_days")
    about = {"partner_name": partner.name, **described(invitation)}
    for leader in Recipients(uow).now_leading(partner.id):
        write(uow, letter_templates, trigger, leader, about)


def invitation_asked_in(uow: UnitOfWork, admission_number: int, invitation_id: str, partner_id: str) -> Invitation:
    """Give what is known of an invitation; raises NotYetKnown, and Superseded when the partner is admitted since."""
    Partners(uow).last_in_admission(admission_number, partner_id)
    return Invitations(uow).about(invitation_id, partner_id=partner_id)


def trigger_of(invitation: Invitation, category: Category, sequence: int, *, part: str = "") -> LetterTrigger:
    """Give what a letter about an invitation is written for."""
    return LetterTrigger(
        category=category, about_id=invitation.id, partner_id=invitation.partner_id, sequence=sequence, part=part
    )


def described(invitation: Invitation) -> dict[str, object]:
    """Give what every letter says of it. Raises NotYetKnown while that is not all known."""
    offer = invitation.offer
    if offer is None:
        raise NotYetKnown(f"what invitation {invitation.id} is to is not known here yet")
    return {"camp_title": offer.camp_title, **offer.shown(), "zone": offer.zone, "starts_on": offer.starts_on,
            "ends_on": offer.ends_on, "answer_by": offer.answer_by, "until_hour": offer.until_hour,
            "joined_on": offer.waits_since, "is_reopened": False}  # fmt: skip
