"""A service on the chassis that reacts to one type of event, and stores one row for each."""

from typing import Annotated

from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.runtime.service import Service
from chassis.schemas.fields import Text
from chassis.schemas.operations import reaction


@reaction("source.thing.happened")
def count_it(uow: UnitOfWork, event: Envelope, *, text: Annotated[str, Text()]) -> None:
    """Store one row."""
    uow.collection("counted").insert_one({"_id": event.id, "text": text}, session=uow.session)


class HearingService(Service):
    """The reacting service."""

    name = "hearing"
    reactions = (count_it,)
