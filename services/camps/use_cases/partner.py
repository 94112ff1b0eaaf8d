"""Which partners may be invited, as far as camps knows them."""

from chassis.domain.errors import Superseded
from chassis.domain.scope import PLATFORM
from chassis.persistence.unit_of_work import UnitOfWork
from services.camps.model.eligible_partner import EligiblePartner
from services.camps.repository import EligiblePartners


def make_eligible(*, work: UnitOfWork, sequence: int, partner_id: str, name: str) -> None:
    """Take down what a partner is called, which from its admission on may be invited; raises Superseded."""
    partners = EligiblePartners(work)
    partner = partners.first({"_id": partner_id}, scope=PLATFORM) or EligiblePartner(id=partner_id, name=name)
    if not partner.learn(name=name, sequence=sequence):
        raise Superseded(f"partner {partner_id} is known by its event {partner.seen_sequence}, and this is {sequence}")
    partners.save(partner)
