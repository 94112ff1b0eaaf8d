"""What is kept of camps: charts show when they were."""

from datetime import date

from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.engagements.repository.engagement import Camps
from services.engagements.schemas.engagement import CampId, Name


@reaction("camps.camp.announced", "camps.camp.changed", "camps.camp.rescheduled")
def keep_camp(uow: UnitOfWork, event: Envelope, *, camp_id: CampId, title: Name, starts_on: date) -> None:
    """Keep what a camp is called and when it begins; raises Superseded when a later event is known."""
    camp = Camps(uow).about(camp_id)
    camp.describe(sequence=event.sequence, title=title, starts_on=starts_on)
    Camps(uow).save(camp)


@reaction("camps.camp.cancelled", "camps.camp.postponed")
def forget_camp(uow: UnitOfWork, event: Envelope, *, camp_id: CampId) -> None:
    """Keep that a camp does not take place, or nobody knows when; raises Superseded when a later event is known."""
    camp = Camps(uow).about(camp_id)
    camp.cancel(sequence=event.sequence)
    Camps(uow).save(camp)
