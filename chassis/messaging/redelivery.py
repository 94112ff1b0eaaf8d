"""What was said and may have reached nobody: found by the inboxes, and said once more.

For the day on which the broker lost its queues, or the databases went back to a backup: an event that was published
and not yet heard is then nowhere but in the archive.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from itertools import islice

from pymongo.database import Database

from chassis.messaging.dead_letters import DeadLetters, DeadLetterState
from chassis.messaging.relay import BATCH
from chassis.persistence.unit_of_work import INBOX, OUTBOX, Document

Databases = Mapping[str, Database[Document]]
"""The database of each service, by its name."""


class Hearers:
    """Who should have heard what, and whether they have."""

    def __init__(self, databases: Databases, *, reactions: Mapping[str, Collection[str]]) -> None:
        """`reactions` are those to each type of event, as `{service}.{deed}`."""
        self._databases = databases
        self._reactions = reactions
        self._given_up = {key for each in databases.items() for key in _given_up(*each)}

    def unheard(self, *, since: datetime) -> Iterator[Document]:
        """Give every event published since then that a reaction should have heard and has not.

        What is a dead letter has been heard: it waits for a person, or one has decided.
        """
        for database in self._databases.values():
            published = {"published_at": {"$gte": since}, "type": {"$in": list(self._reactions)}}
            rows = database[OUTBOX].find(published, batch_size=BATCH)
            while batch := list(islice(rows, BATCH)):
                heard = self._heard(batch)
                yield from (row for row in batch if not self._keys(row) <= heard)

    def say_again(self, rows: list[Document]) -> None:
        """Give events back to the relay: whoever has heard one finds that in the inbox, and does nothing."""
        for service, database in self._databases.items():
            said = [row["_id"] for row in rows if row["type"].partition(".")[0] == service]
            database[OUTBOX].update_many({"_id": {"$in": said}}, {"$set": {"published_at": None}})

    def _keys(self, row: Document) -> set[str]:
        return {f"{reaction}:{row['_id']}" for reaction in self._reactions[row["type"]]}

    def _heard(self, rows: list[Document]) -> set[str]:
        keys = set().union(*map(self._keys, rows))
        inboxes = (database[INBOX] for database in self._databases.values())
        heard = {row["_id"] for inbox in inboxes for row in inbox.find({"_id": {"$in": list(keys)}}, {"_id": 1})}
        return heard | {key for key in keys if {key, _whole_service(key)} & self._given_up}


def _given_up(service: str, database: Database[Document]) -> Iterator[str]:
    """Give the keys of the dead letters of one service that were not replayed."""
    for dead in database[DeadLetters.collection].find({"state": {"$ne": DeadLetterState.REPLAYED}}, {"key": 1}):
        yield dead["key"].replace("*", f"{service}.*", 1)


def _whole_service(key: str) -> str:
    reaction, _, event_id = key.partition(":")
    return f"{reaction.partition('.')[0]}.*:{event_id}"
