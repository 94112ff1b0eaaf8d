"""A minimal reaction: consume, one transaction with the same two rows, acknowledge.

It reads no envelope, and has no validation, retry, time limit or logging; a failure ends it.
"""

from chassis.runtime import bootstrap  # noqa: F401, I001  must come first: it applies the monkey patch

import os
from datetime import UTC, datetime
from typing import Any

import orjson
from eventlet import GreenPool
from kombu import Connection, Queue
from kombu.message import Message
from kombu.mixins import ConsumerMixin
from pymongo import MongoClient
from pymongo.client_session import ClientSession
from pymongo.read_concern import ReadConcern
from pymongo.write_concern import WriteConcern

WORKERS = 8  # as many as ours has


class Bare(ConsumerMixin):
    """Consumes `bare.inbox`."""

    def __init__(self) -> None:
        """Connect by the environment's settings."""
        self.connection = Connection(os.environ["AMQP_URI"], heartbeat=30)
        self._client = MongoClient[dict[str, Any]](os.environ["MONGO_URI"])
        self._database = self._client["bare"]
        self._pool = GreenPool(WORKERS)

    def get_consumers(self, consumer_cls: Any, channel: Any) -> list[Any]:
        """Consume as many messages at a time as there are workers."""
        queue = Queue("bare.inbox", no_declare=True)
        return [consumer_cls([queue], on_message=self._begin, prefetch_count=WORKERS)]

    def _begin(self, message: Message) -> None:
        self._pool.spawn_n(self._take_effect, message)

    def _take_effect(self, message: Message) -> None:
        headers, text = message.headers, orjson.loads(message.body)["text"]
        id = headers["cloudEvents_id"]

        def both(session: ClientSession) -> None:
            row = {
                "_id": f"bare.count_it:{id}",
                "reaction": "bare.count_it",
                "event_id": id,
                "type": headers["cloudEvents_type"],
                "correlation_id": headers["cloudEvents_correlationid"],
                "heard_at": datetime.now(UTC),
                "superseded": None,
            }
            self._database["inbox"].insert_one(row, session=session)
            self._database["counted"].insert_one({"_id": id, "text": text}, session=session)

        with self._client.start_session() as session:
            session.with_transaction(both, read_concern=ReadConcern("snapshot"), write_concern=WriteConcern("majority"))
        message.ack()


if __name__ == "__main__":
    Bare().run()
