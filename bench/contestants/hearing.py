"""A service on the chassis that hears one kind of event, and stores one row for each."""

from chassis.messaging.envelope import Envelope
from chassis.messaging.subscription import reacts_to
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.runtime.service import Service
from chassis.schemas.fields import Text
from chassis.schemas.messages import EventData


class Happened(EventData):
    """What is read of it."""

    text = Text(required=True)


class HearingService(Service):
    """Reacts."""

    name = "hearing"

    @reacts_to("source.thing.happened", Happened)
    def count_it(self, work: UnitOfWork, event: Envelope, text: str) -> None:
        """Store one row."""
        work.collection("counted").insert_one({"_id": event.id, "text": text}, session=work.session)
