"""A service on the chassis that hears one kind of event, and stores one row for each."""

from chassis.envelope import Envelope
from chassis.schemas import Heard, Text
from chassis.service import Service
from chassis.store import Work
from chassis.subscription import reacts_to


class Happened(Heard):
    """What is read of it."""

    text = Text(required=True)


class HearingService(Service):
    """Reacts."""

    name = "hearing"

    @reacts_to("source.thing.happened", Happened)
    def count_it(self, work: Work, event: Envelope, text: str) -> None:
        """Store one row."""
        work.collection("counted").insert_one({"_id": event.id, "text": text}, session=work.session)
