"""Letters about invitations that hold no longer: they are withdrawn, or have expired."""

from collections.abc import Mapping
from datetime import datetime

from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.notifications.model.invitation import Invitation
from services.notifications.model.letter_trigger import Category, LetterTrigger
from services.notifications.repository import Invitations, Partners
from services.notifications.schemas import ClosingReason, InvitationId, PartnerId
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.calendars.diary_letters import take_out_of_diaries
from services.notifications.use_cases.invitation import WAITS, earlier_letters, trigger_of
from services.notifications.use_cases.letter import cancel_letters, write_to_former_recipients

WITH_THE_PARTNERSHIP = "partner_departed"
"""Why camps withdraws what is open with a partner that departs."""


@reaction("camps.invitation.withdrawn")
def announce_withdrawal(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    invitation_id: InvitationId,
    partner_id: PartnerId,
    reason: ClosingReason,
    kind: str | None = None,
) -> None:
    """Write to everybody who may know of an invitation that it is withdrawn, and why; others never hear of it.

    That it ends with the partnership is said by the goodbye, which may still be to come.
    """
    invitation = Invitations(uow).about(invitation_id, partner_id=partner_id)
    trigger = trigger_of(invitation, Category.WITHDRAWN, event.sequence)
    has_begun = invitation.offer is not None and invitation.offer.has_begun(datetime.fromisoformat(event.time))
    about = None if kind == WITH_THE_PARTNERSHIP else {"reason": reason, "kind": kind, "has_begun": has_begun}
    _end(uow, letter_templates, trigger, invitation, because="the invitation was withdrawn", about=about)


@reaction("camps.invitation.expired")
def announce_expiry(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    invitation_id: InvitationId,
    partner_id: PartnerId,
) -> None:
    """Write to everybody who may know of an invitation that nobody answered it in time."""
    invitation = Invitations(uow).about(invitation_id, partner_id=partner_id)
    trigger = trigger_of(invitation, Category.EXPIRED, event.sequence)
    _end(uow, letter_templates, trigger, invitation, because="the invitation has expired", about={})


def _end(
    uow: UnitOfWork,
    letter_templates: LetterTemplates,
    trigger: LetterTrigger,
    invitation: Invitation,
    *,
    because: str,
    about: Mapping[str, object] | None,
) -> None:
    """End it, and say so to whoever may know of it; to nobody if there is nothing to say `about` it."""
    waited = invitation.is_waiting
    has_ended = invitation.end(sequence=trigger.sequence, at=uow.now)
    Invitations(uow).save(invitation)
    cancel_letters(uow, earlier_letters(trigger), reason=because)
    if about is None or Partners(uow).about(trigger.partner_id).departed_on:
        return
    if invitation.offer and has_ended:
        told = [Category.INVITATION, Category.OFFER, *WAITS]
        offers = {**earlier_letters(trigger), "category": {"$in": told}}
        said = {"camp_title": invitation.offer.camp_title, "waited": waited, **about}
        write_to_former_recipients(uow, letter_templates, trigger, offers, said)
    if has_ended:
        take_out_of_diaries(uow, letter_templates, trigger, invitation)
