"""Finds published events that some reaction has no inbox row for, and publishes them again.

Needed when the broker has lost its queues, or when the databases were restored from a backup: an event that was
published and not yet processed is then only in the archive.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from itertools import islice

from pymongo.database import Database

from chassis.messaging.dead_letters import DeadLetters, DeadLetterState
from chassis.messaging.inbox import inbox_key
from chassis.messaging.relay import BATCH
from chassis.persistence.unit_of_work import INBOX, OUTBOX, Document

Databases = Mapping[str, Database[Document]]
"""The database of each service, by its name."""


class Redelivery:
    """Compares the outboxes of all services with the inboxes of the reactions to their events."""

    def __init__(self, databases: Databases, *, reactions: Mapping[str, Collection[str]]) -> None:
        """`reactions` are those to each type of event, as `{service}.{deed}`."""
        self._databases = databases
        self._reactions = reactions
        self._dead = {key for each in databases.items() for key in _dead_letter_keys(*each)}

    def missed(self, *, since: datetime) -> Iterator[Document]:
        """Give every event published since then that a reaction has not processed.

        A dead letter counts as processed: a person decides about it, or has decided.
        """
        for database in self._databases.values():
            published = {"published_at": {"$gte": since}, "type": {"$in": list(self._reactions)}}
            rows = database[OUTBOX].find(published, batch_size=BATCH)
            while batch := list(islice(rows, BATCH)):
                waiting = self.unprocessed(batch)
                yield from (row for row in batch if self._keys(row) & waiting)

    def republish(self, rows: list[Document]) -> None:
        """Mark events as unpublished, so that the relays publish them again; the inboxes suppress duplicates."""
        for service, database in self._databases.items():
            ids = [row["_id"] for row in rows if row["type"].partition(".")[0] == service]
            database[OUTBOX].update_many({"_id": {"$in": ids}}, {"$set": {"published_at": None}})

    def unprocessed(self, rows: list[Document]) -> set[str]:
        """Give the inbox keys that reactions to these events have not written yet."""
        keys = set().union(*map(self._keys, rows))
        inboxes = (database[INBOX] for database in self._databases.values())
        processed = {row["_id"] for inbox in inboxes for row in inbox.find({"_id": {"$in": list(keys)}}, {"_id": 1})}
        return {key for key in keys - processed if not {key, _whole_service(key)} & self._dead}

    def _keys(self, row: Document) -> set[str]:
        return {inbox_key(reaction, row["_id"]) for reaction in self._reactions.get(row["type"], ())}


def _dead_letter_keys(service: str, database: Database[Document]) -> Iterator[str]:
    """Give the keys of the dead letters of one service that were not replayed."""
    for dead in database[DeadLetters.collection].find({"state": {"$ne": DeadLetterState.REPLAYED}}, {"key": 1}):
        yield dead["key"].replace("*", f"{service}.*", 1)


def _whole_service(key: str) -> str:
    reaction, _, event_id = key.partition(":")
    return inbox_key(f"{reaction.partition('.')[0]}.*", event_id)
