"""Events that are published directly to the queue of one service."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from chassis.domain.identity import new_id, rfc3339, utc_now
from chassis.messaging.envelope import Envelope
from chassis.messaging.publisher import ConfirmedPublisher, Outgoing

WINDOW = 500


@dataclass(frozen=True, kw_only=True)
class SampleEvent:
    """One event with its subject and sequence."""

    type: str
    subject: str
    data: Mapping[str, Any]
    sequence: int = 1

    @property
    def envelope(self) -> Envelope:
        """A new envelope with a new id."""
        return Envelope(
            id=new_id("evt"),
            source=f"/services/{self.type.partition('.')[0]}",
            type=self.type,
            subject=self.subject,
            time=rfc3339(utc_now()),
            sequence=self.sequence,
            correlationid=new_id("req"),
        )


def put(publisher: ConfirmedPublisher, events: Iterable[SampleEvent], *, queue: str) -> None:
    """Publish events to a queue; returns when the broker has confirmed the last."""
    messages = (_message(each, queue) for each in events)
    while window := list(islice(messages, WINDOW)):
        publisher.publish(window)


def happened(count: int) -> Iterator[SampleEvent]:
    """Give `count` events for the contestants."""
    return (SampleEvent(type="source.thing.happened", subject=f"thg_{n}", data={"text": f"{n}"}) for n in range(count))


def _message(said: SampleEvent, queue: str) -> Outgoing:
    return Outgoing(exchange="", routing_key=queue, data=said.data, headers=said.envelope.to_headers())
