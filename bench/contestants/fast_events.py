"""FastStream consuming the same events, as its documentation shows; runs in the environment of the bench's lock."""

import os
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import uvloop
from faststream import FastStream
from faststream.rabbit import Channel, RabbitBroker, RabbitQueue
from pymongo import AsyncMongoClient
from pymongo.asynchronous.client_session import AsyncClientSession
from pymongo.read_concern import ReadConcern
from pymongo.write_concern import WriteConcern

WORKERS = 8  # as many as ours has
broker = RabbitBroker(os.environ["AMQP_URI"], log_level=0)


async def serve() -> None:
    """Run the consuming service."""
    client = AsyncMongoClient[dict[str, Any]](os.environ["MONGO_URI"])
    database = client["fast"]

    @broker.subscriber(RabbitQueue("fast.happened", durable=True), channel=Channel(prefetch_count=WORKERS))
    async def count_it(data: dict[str, Any]) -> None:
        id = f"evt_{uuid4().hex}"

        async def both(session: AsyncClientSession) -> None:
            row = {
                "_id": f"fast.count_it:{id}",
                "reaction": "fast.count_it",
                "event_id": id,
                "type": "source.thing.happened",
                "correlation_id": id,
                "heard_at": datetime.now(UTC),
                "superseded": None,
            }
            await database["inbox"].insert_one(row, session=session)
            await database["counted"].insert_one({"_id": id, "text": data["text"]}, session=session)

        async with client.start_session() as session:
            majority = WriteConcern("majority")
            await session.with_transaction(both, read_concern=ReadConcern("snapshot"), write_concern=majority)

    await FastStream(broker).run()


if __name__ == "__main__":
    uvloop.run(serve())
