"""What a partner's rest, return and departure do with what it asks for and offers, and with its matches."""

from chassis.domain.errors import NotYetKnown
from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.camps.model.eligible_partner import EligiblePartner
from services.camps.model.learning.match import EndedBecause
from services.camps.model.learning.notice import NoticeWithdrawal, WithdrawalKind
from services.camps.repository.asks_and_offers import Asks, Matches, Offers
from services.camps.repository.camp import EligiblePartners
from services.camps.schemas.camp import PartnerId
from services.camps.use_cases.learning.matching import suggest_for_ask, suggest_for_offer
from services.camps.use_cases.learning.notice import end_matches


@reaction("partners.partner.paused")
def rest_matches(uow: UnitOfWork, event: Envelope, *, partner_id: PartnerId) -> None:
    """Ask nobody any more whether they want to meet a partner that rests; what both accepted stays.

    Raises NotYetKnown until the pause is kept here.
    """
    partner = _after(uow, partner_id, event)
    if not partner.paused:
        return
    for match in Matches(uow).suggested_to(partner_id):
        match.end(EndedBecause.PARTNER_PAUSED, by_partner_id=partner_id)
        Matches(uow).save(match)


@reaction("partners.partner.resumed")
def suggest_after_rest(uow: UnitOfWork, event: Envelope, *, partner_id: PartnerId) -> None:
    """Suggest again what fits what a partner asks for and offers whose rest is over.

    Raises NotYetKnown until the end of the rest is kept here.
    """
    _after(uow, partner_id, event)
    for ask in Asks(uow).open_of(partner_id):
        suggest_for_ask(uow, ask)
    for offer in Offers(uow).open_of(partner_id):
        suggest_for_offer(uow, offer)


@reaction("partners.partner.departed", "partners.partner.graduated")
def withdraw_with_partner(uow: UnitOfWork, *, partner_id: PartnerId, admission_number: int = 1) -> None:
    """Withdraw what a partner that departs asks for and offers, and end its matches.

    Raises NotYetKnown until its departure is kept here: what is posted before that is seen, what is later is refused.
    """
    partner = _relied_on(uow, partner_id)
    if partner.admission_number <= admission_number and not partner.departed:
        raise NotYetKnown(f"that partner {partner_id} departed is not kept here yet")
    _withdraw_until(uow, partner_id, admission_number)


@reaction("partners.partner.admitted")
def withdraw_of_earlier_admission(uow: UnitOfWork, *, partner_id: PartnerId, admission_number: int = 1) -> None:
    """Withdraw what a partner that is admitted anew asked for and offered before, though its departure is not heard.

    Raises NotYetKnown until the new admission is kept here.
    """
    if _relied_on(uow, partner_id).admission_number < admission_number:
        raise NotYetKnown(f"admission {admission_number} of partner {partner_id} is not kept here yet")
    _withdraw_until(uow, partner_id, admission_number - 1)


def _withdraw_until(uow: UnitOfWork, partner_id: str, admission_number: int) -> None:
    departed = NoticeWithdrawal(kind=WithdrawalKind.PARTNER_DEPARTED, by="platform", at=uow.now)
    for ask in (each for each in Asks(uow).open_of(partner_id) if each.admission_number <= admission_number):
        ask.withdraw(departed)
        end_matches(uow, ask, EndedBecause.PARTNER_DEPARTED, accepted_too=True)
        Asks(uow).save(ask)
    for offer in (each for each in Offers(uow).open_of(partner_id) if each.admission_number <= admission_number):
        offer.withdraw(departed)
        end_matches(uow, offer, EndedBecause.PARTNER_DEPARTED, accepted_too=True)
        Offers(uow).save(offer)


def _after(uow: UnitOfWork, partner_id: str, event: Envelope) -> EligiblePartner:
    """Give a partner as it is known after it was paused or resumed; of this and a match, the later starts again."""
    partner = _relied_on(uow, partner_id)
    if partner.pause_sequence < event.sequence and not partner.departed:
        raise NotYetKnown(f"that partner {partner_id} was paused or resumed is not kept here yet")
    return partner


def _relied_on(uow: UnitOfWork, partner_id: str) -> EligiblePartner:
    partner = EligiblePartners(uow).known(partner_id, scope=PLATFORM)
    EligiblePartners(uow).touch(partner)
    return partner
