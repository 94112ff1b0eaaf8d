"""Which partners may be invited, as far as camps knows them."""

from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.camps.model.eligible_partner import EligiblePartner
from services.camps.repository import EligiblePartners
from services.camps.schemas import PartnerId, Title


@reaction("partners.partner.admitted", "partners.partner.profile_changed")
def make_eligible(uow: UnitOfWork, event: Envelope, *, partner_id: PartnerId, name: Title) -> None:
    """Make a partner eligible for invitations to camps, under its newest name."""
    partners = EligiblePartners(uow)
    partner = partners.first({"_id": partner_id}, scope=PLATFORM) or EligiblePartner(id=partner_id, name=name)
    partner.rename(name=name, sequence=event.sequence)
    partners.save(partner)
