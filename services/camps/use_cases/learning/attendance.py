"""Whether a partner attended a camp, so that it can promise something there."""

from datetime import datetime

from chassis.domain.errors import Conflict
from chassis.persistence.unit_of_work import UnitOfWork
from services.camps.model.camp import Camp
from services.camps.repository.delegations import Attendances


class CampNotBegun(Conflict):
    """What is promised at a camp is promised once it has begun."""


class PartnerDidNotAttend(Conflict):
    """A commitment is made by a partner that attended the camp."""


def refuse_unless_attended(uow: UnitOfWork, camp: Camp, partner_id: str, *, at: datetime) -> None:
    """Raise CampNotBegun or PartnerDidNotAttend."""
    if not camp.has_begun(at):
        raise CampNotBegun(f"camp {camp.id} begins at {camp.begins_at().isoformat()}")
    if not Attendances(uow).attended(camp.id, partner_id):
        raise PartnerDidNotAttend(f"partner {partner_id} did not attend camp {camp.id}")
