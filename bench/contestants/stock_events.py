"""Stock nameko consuming the same events, as its documentation shows, with the same transaction."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from nameko import config
from nameko.events import event_handler
from nameko.extensions import DependencyProvider
from pymongo import MongoClient
from pymongo.client_session import ClientSession
from pymongo.read_concern import ReadConcern
from pymongo.write_concern import WriteConcern


class Client(DependencyProvider):
    """Injects the database client."""

    def setup(self) -> None:
        """Create the client."""
        self.client = MongoClient[dict[str, Any]](config["MONGO_URI"])

    def get_dependency(self, worker_ctx: Any) -> Any:
        """Give the shared client."""
        return self.client


class HearingService:
    """The consuming service."""

    name = "stock"
    client = Client()

    @event_handler("source", "thing.happened")
    def count_it(self, data: dict[str, Any]) -> None:
        """Store the same two rows in a transaction; a stock handler gets no event id, so it makes one."""
        id, database = f"evt_{uuid4().hex}", self.client["stock"]

        def both(session: ClientSession) -> None:
            row = {
                "_id": f"stock.count_it:{id}",
                "reaction": "stock.count_it",
                "event_id": id,
                "type": "source.thing.happened",
                "correlation_id": id,
                "heard_at": datetime.now(UTC),
                "superseded": None,
            }
            database["inbox"].insert_one(row, session=session)
            database["counted"].insert_one({"_id": id, "text": data["text"]}, session=session)

        with self.client.start_session() as session:
            session.with_transaction(both, read_concern=ReadConcern("snapshot"), write_concern=WriteConcern("majority"))
