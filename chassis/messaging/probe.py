"""A probe of a dead letter's way: the broker rejects and dead-letters it, and the collector notes its arrival."""

from datetime import timedelta
from typing import Any

from kombu.message import Message
from pymongo.database import Database

from chassis.messaging.headers import text_of
from chassis.messaging.publisher import Outgoing
from chassis.messaging.topology import direct_exchange, inbox_queue
from chassis.persistence.unit_of_work import Document, UnitOfWork

PROBE_HEADER = "dead-letter-probe"
PROBES = "dead_letter_probes"
PROBE_BODY = b"a probe: no JSON, so that it is rejected"
FORGOTTEN_AFTER = timedelta(hours=1)
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
