"""Removes who somebody was from the archive of events, answers to commands, dead letters and noted failures."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import orjson
import structlog

from chassis.domain.causation import Cause
from chassis.domain.erasure import Removal
from chassis.domain.scope import PLATFORM
from chassis.erasure.erasures import Erasures
from chassis.messaging.dead_letters import DeadLetters
from chassis.messaging.inbox import FAILURES
from chassis.persistence.claims import Claimed, Claims
from chassis.persistence.unit_of_work import COMMANDS, OUTBOX, Store, UnitOfWork
from chassis.rpc.transport import JSON_ONLY

Remove = Callable[[Store, Removal, Cause], None]
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Sweep:
    """Where a service keeps something of people beside its aggregates."""

    store: Store
    commands: Collection[str]
    """The commands that answer with something of people."""
    addresses: Collection[str]
    """The members of its events that are addresses of people."""
    further: Collection[Remove]
    """What removes them from what only this service keeps."""

    def run(self, claims: Claims) -> None:
        """Look for everybody who is due; safe in every replica."""
        claims.process_ready(lambda: Erasures.due(self.store.clock()), self._look_for, sort="sweep_at")

    def _look_for(self, claimed: Claimed) -> bool:
        reading = self.store.reading(cause=claimed.cause)
        removal = Erasures(reading).get(claimed.id, scope=PLATFORM).removal
        self._go_through_the_archive(removal)
        self._go_through_answers(removal)
        self._go_through_failures(removal)
        self._go_through_dead_letters(removal)
        for remove in self.further:
            remove(self.store, removal, claimed.cause)
        self.store.transact(partial(_note_sweep, claimed.id), cause=claimed.cause)
        _log.info("erasure_swept", person_id=claimed.id)
        return True

    def _go_through_the_archive(self, removal: Removal) -> None:
        theirs: list[Mapping[str, Any]] = [{"data.person_id": removal.id}]
        if removal.texts:
            theirs += [{f"data.{name}": {"$in": list(removal.texts)}} for name in self.addresses]
        for row in self.store.database[OUTBOX].find({"$or": theirs}):
            self._set(OUTBOX, row, data=removal.from_data(row["data"]))

    def _go_through_answers(self, removal: Removal) -> None:
        about_people = {"_id": {"$regex": f"^({'|'.join(sorted(self.commands))}):"}}
        wanted = [each.encode() for each in (removal.id, *removal.texts)]
        for row in self.store.database[COMMANDS].find(about_people, {"result": 1}) if self.commands else ():
            if any(each in row["result"] for each in wanted):
                result = orjson.dumps(removal.from_data(orjson.loads(row["result"])), option=JSON_ONLY)
                self._set(COMMANDS, row, result=result)

    def _go_through_failures(self, removal: Removal) -> None:
        for row in self.store.database[FAILURES].find({"error": {"$type": "string"}}):
            self._set(FAILURES, row, error=removal.from_text(row["error"]))

    def _go_through_dead_letters(self, removal: Removal) -> None:
        for row in self.store.database[DeadLetters.collection].find():
            data = removal.from_data(row["data"], is_theirs=row["subject"] == removal.id)
            unreadable = removal.from_text(row["unreadable"]) if row["unreadable"] else row["unreadable"]
            self._set(DeadLetters.collection, row, data=data, unreadable=unreadable,
                      error=removal.from_text(row["error"]))  # fmt: skip

    def _set(self, collection: str, row: Mapping[str, Any], **members: Any) -> None:
        """Store what is otherwise than in this row; nobody else changes these members."""
        different = {name: value for name, value in members.items() if value != row.get(name)}
        if different:
            self.store.database[collection].update_one({"_id": row["_id"]}, {"$set": different})


def _note_sweep(id: str, uow: UnitOfWork) -> None:
    erasure = Erasures(uow).get(id, scope=PLATFORM)
    erasure.note_sweep()
    Erasures(uow).save(erasure)
