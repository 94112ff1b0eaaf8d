"""Who presents says when they cannot."""

from chassis.domain.scope import Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command
from services.camps.model.programme.availability import Availability
from services.camps.repository.delegations import Delegates
from services.camps.repository.programme_releases import Availabilities
from services.camps.schemas.camp import ExpectedVersion
from services.camps.schemas.delegations import DelegateId
from services.camps.schemas.programme import Times


@command
def state_availability(
    uow: UnitOfWork, scope: Scope, *, delegate_id: DelegateId, version: ExpectedVersion, unavailable: Times
) -> Availability:
    """State when a delegate cannot present, in place of what was said before."""
    delegate = Delegates(uow).get(delegate_id, scope=scope)
    availability = Availabilities(uow).of(delegate, version=version)
    availability.state(unavailable)
    return Availabilities(uow).save(availability)
