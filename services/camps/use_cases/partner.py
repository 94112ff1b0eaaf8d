"""Which partners may be invited, as far as camps knows them."""

from typing import Protocol

from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.camps.model.eligible_partner import EligiblePartner
from services.camps.model.invitations.answer import Periods
from services.camps.model.invitations.invitation import Invitation
from services.camps.model.invitations.invitation_lifecycle import InvitationState
from services.camps.model.invitations.seat_ledger import PassedOver, SeatLedger
from services.camps.repository.camp import Camps, EligiblePartners
from services.camps.repository.invitations import Invitations, SeatLedgers
from services.camps.schemas.camp import PartnerId, Title, Word
from services.camps.schemas.invitations import StandingReason
from services.camps.use_cases.invitations.invitation import invite_for_what_is_pending
from services.camps.use_cases.invitations.seats import offer
from services.camps.use_cases.invitations.withdrawal import end_invitations


class Change(Protocol):
    """What is changed about an invitation that waits."""

    def __call__(self, invitation: Invitation, because: PassedOver, /, *, ledger: SeatLedger) -> None:
        """Do it."""


@reaction("partners.partner.admitted", "partners.partner.profile_changed")
def make_eligible(
    uow: UnitOfWork,
    event: Envelope,
    periods: Periods,
    *,
    partner_id: PartnerId,
    name: Title,
    subdivision: Word | None = None,
    admission_number: int = 1,
) -> None:
    """Make a partner eligible for invitations to camps, under its newest name.

    What an earlier admission left open ends, so that its departure, heard after this, has nothing left to end. Raises
    Superseded.
    """
    partners = EligiblePartners(uow)
    partner = partners.first({"_id": partner_id}, scope=PLATFORM)
    if partner is None:
        partner = EligiblePartner(id=partner_id, name=name, admission_number=admission_number)
    partner.describe(name=name, subdivision=subdivision, sequence=event.sequence)
    if partner.enter(admission_number):
        end_invitations(uow, periods, partner_id)
    partners.save(partner)


@reaction("partners.partner.paused")
def pass_over_while_paused(
    uow: UnitOfWork,
    event: Envelope,
    periods: Periods,
    *,
    partner_id: PartnerId,
    reason: StandingReason | None = None,
    admission_number: int = 1,
) -> None:
    """Let a partner that is paused keep its places on waitlists, and offer it nothing: the next may be served.

    Raises NotYetKnown while camps has not heard that it was admitted, and Superseded.
    """
    _keep_pause(uow, partner_id, paused=True, reason=reason, sequence=event.sequence, admission_number=admission_number)
    change_each_that_waits(uow, periods, partner_id, Invitation.pass_over, PassedOver.PARTNER_PAUSED)


@reaction("partners.partner.resumed")
def call_again_when_resumed(
    uow: UnitOfWork, event: Envelope, periods: Periods, *, partner_id: PartnerId, admission_number: int = 1
) -> None:
    """Offer seats again to a partner that is resumed, and invite it for the reasons that were found meanwhile.

    Raises NotYetKnown while camps has not heard that it was admitted, and Superseded.
    """
    _keep_pause(uow, partner_id, paused=False, sequence=event.sequence, admission_number=admission_number)
    change_each_that_waits(uow, periods, partner_id, Invitation.call_again, PassedOver.PARTNER_PAUSED)
    invite_for_what_is_pending(uow, periods, partner_id)


def _keep_pause(
    uow: UnitOfWork,
    partner_id: str,
    *,
    paused: bool,
    sequence: int,
    admission_number: int,
    reason: str | None = None,
) -> None:
    partner = EligiblePartners(uow).known(partner_id, scope=PLATFORM)
    partner.rest(paused=paused, sequence=sequence, admission_number=admission_number, reason=reason)
    EligiblePartners(uow).save(partner)


def change_each_that_waits(
    uow: UnitOfWork, periods: Periods, partner_id: str, change: Change, because: PassedOver
) -> None:
    """Change each invitation of a partner that waits, and offer what is free to whose turn it is by that."""
    waiting = {"partner_id": partner_id, "state": InvitationState.WAITLISTED}
    for invitation in Invitations(uow).each(waiting, scope=PLATFORM):
        camp = Camps(uow).get(invitation.camp_id, scope=PLATFORM)
        ledger = SeatLedgers(uow).get(invitation.camp_id, scope=PLATFORM)
        change(invitation, because, ledger=ledger)
        Invitations(uow).save(invitation)
        offer(uow, camp, ledger, periods)
        SeatLedgers(uow).save(ledger)
