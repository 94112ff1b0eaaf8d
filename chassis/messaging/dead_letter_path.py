"""The path of dead letters through the broker: probes that try it, and the return of parked messages to it.

A probe is rejected by the inbox's consumer and dead-lettered by the broker, and the collector notes its arrival.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from kombu.message import Message
from pymongo.database import Database

from chassis.messaging.connection import connect
from chassis.messaging.headers import text_of
from chassis.messaging.publisher import ConfirmedPublisher, Outgoing
from chassis.messaging.topology import dead_letter_queue, direct_exchange, inbox_queue, message_count, parked_queue
from chassis.persistence.unit_of_work import Document, UnitOfWork

PROBE_HEADER = "dead-letter-probe"
PROBES = "dead_letter_probes"
PROBE_BODY = b"a probe: no JSON, so that it is rejected"
FORGOTTEN_AFTER = timedelta(hours=1)
CONFIRM_SECONDS = 5.0
LONGEST_ID = 60
LIFE_MILLISECONDS = "60000"
"""In an inbox that nobody consumes, so that probes do not gather there."""


def probe(service: str, id: str) -> Outgoing:
    """Give a message for the inbox of a service that its consumer rejects, as anything that cannot be read."""
    return Outgoing(
        exchange=direct_exchange(service).name,
        routing_key=inbox_queue(service),
        data=PROBE_BODY,
        headers={PROBE_HEADER: id},
        properties={"expiration": LIFE_MILLISECONDS},
    )


def send_probes(amqp_uri: str, ids: Mapping[str, str]) -> None:
    """Publish a probe to each service, by its id; raises NotConfirmed."""
    publisher = ConfirmedPublisher(amqp_uri)
    try:
        publisher.publish([probe(service, id) for service, id in ids.items()])
    finally:
        publisher.drop()


def probe_id(message: Message) -> str | None:
    """Give the id of a probe; None for any other message, whatever its headers say."""
    return text_of(message.headers.get(PROBE_HEADER), longest=LONGEST_ID) if _body(message) == PROBE_BODY else None


def note_arrival(uow: UnitOfWork, *, id: str) -> None:
    """Note that a probe arrived, and forget those for which nobody came."""
    arrived = uow.collection(PROBES)
    arrived.delete_many({"at": {"$lt": uow.now - FORGOTTEN_AFTER}}, session=uow.session)
    arrived.replace_one({"_id": id}, {"at": uow.now}, upsert=True, session=uow.session)


def take_arrival(database: Database[Document], *, id: str) -> bool:
    """Whether a probe has arrived; it is forgotten then."""
    return database[PROBES].find_one_and_delete({"_id": id}) is not None


def _body(message: Message) -> bytes:
    body: Any = message.body
    return body.encode() if isinstance(body, str) else bytes(body)


def unpark(amqp_uri: str, *, service: str) -> int:
    """Move the messages that are parked now to the dead-letter queue, as they are, and give how many.

    Each is acknowledged after the broker has confirmed its copy. Raises py-amqp's errors when the broker is away.
    """
    count = message_count(amqp_uri, parked_queue(service))
    with connect(amqp_uri) as connection, connection.channel() as channel:
        for moved in range(count):
            message = channel.basic_get(parked_queue(service))
            if message is None:
                return moved
            to = {"routing_key": dead_letter_queue(service), "confirm_timeout": CONFIRM_SECONDS}
            channel.basic_publish_confirm(message, **to)
            channel.basic_ack(message.delivery_info["delivery_tag"])
    return count
