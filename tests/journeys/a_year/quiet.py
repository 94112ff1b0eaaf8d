"""When everything that was said has had its effect: nothing is published, heard or posted any more."""

from collections.abc import Iterator
from typing import Any

from pymongo.database import Database

from chassis.messaging.contracts import event_contracts
from chassis.messaging.inbox import inbox_key

AWAITED = {"awaits_judgement_since": {"$ne": None}}


class Quiet:
    """Tells whether the databases of an instance are at rest."""

    def __init__(self, databases: dict[str, Database[dict[str, Any]]]) -> None:
        """Look into the database of each service."""
        self.databases = databases
        self._hearers = {type: list(contract["x-heard-by"]) for type, contract in event_contracts().items()}
        self._done: set[str] = set()

    def reigns(self) -> bool:
        """Whether no letter is on its way, no series awaits judgement, and all that hear an event have heard it.

        What has had its effect only now may have led to more: another look will say so.
        """
        letters = self.databases["notifications"]["letters"]
        on_their_way = letters.count_documents({"state": {"$in": ["ready", "sending"]}})
        unjudged = [self.databases["engagements"][each].count_documents(AWAITED) for each in ("charts", "equity_gaps")]
        news = list(self._news())
        self._done |= {row["_id"] for row in news if self._has_taken_effect(row)}
        return not on_their_way and not any(unjudged) and not news

    def _news(self) -> Iterator[dict[str, Any]]:
        for database in self.databases.values():
            yield from database["outbox"].find({"_id": {"$nin": list(self._done)}})

    def _has_taken_effect(self, row: dict[str, Any]) -> bool:
        hearers = self._hearers[row["type"]]
        heard = [self._inbox(each).find_one(inbox_key(each, row["_id"])) for each in hearers]
        return row["published_at"] is not None and None not in heard

    def _inbox(self, reaction: str) -> Any:
        return self.databases[reaction.partition(".")[0]]["inbox"]
