"""Any service on the real database, answering and reacting as it does on the broker, but called directly."""

from collections.abc import Mapping
from contextlib import suppress
from itertools import count
from typing import Any
from uuid import uuid4

from nameko.containers import ServiceContainer

from chassis.domain.causation import Cause
from chassis.messaging.envelope import Envelope
from chassis.messaging.inbox import AlreadyProcessed
from chassis.messaging.reactions import Occurrence
from chassis.persistence.unit_of_work import OUTBOX, Store
from chassis.runtime.service import Service, StoreProvider
from chassis.schemas.operations import Declared, declared
from tests.contract_validation import validate_answers
from tests.waiting import FixedClock

Answer = dict[str, Any]
STAFF: Answer = {"subject": "anna", "organisation": "*", "roles": ["programme_staff"]}


def an_event(
    *, id: str = "evt_1", type: str = "others.thing.happened", sequence: int = 1, history: bool = False
) -> Envelope:
    """An event of another service."""
    return Envelope(id=id, source="/services/others", type=type, subject="thing", time="2026-06-01T09:00:00.000Z",
                    sequence=sequence, correlationid="req_test", actor="anna", history=history)  # fmt: skip


_INDEXED: set[tuple[type[Service], str]] = set()
"""Which services have their indexes in which database: a database that was emptied has them still."""


def _make_indexes(service: type[Service], store: Store) -> None:
    if (service, store.database.name) in _INDEXED:
        return
    for repository in service.repositories:
        store.database[repository.collection].create_indexes(repository.all_indexes())
    _INDEXED.add((service, store.database.name))


class ServiceHarness:
    """One service with the indexes of its repositories, a database of its own, and nobody else about."""

    def __init__(self, service: type[Service], store: Store, **dependencies: Any) -> None:
        self.store = store
        self.name = service.name
        self.instance = service()
        vars(self.instance).update(store=store, **dependencies)
        validate_answers(self.instance)
        self._reactions = {each.name: each for each in map(declared, service.reactions)}
        self._numbers = count(1)
        self._heard = ""
        self.entering_history = False
        """Whether what it is given, or hears of others, is entered as history."""
        _make_indexes(service, store)

    def inject_dependencies(self) -> None:
        """Give the service what it has beside its store, made from the settings."""
        for provider in ServiceContainer(type(self.instance)).dependencies:
            if not isinstance(provider, StoreProvider):
                provider.setup()
                vars(self.instance)[provider.attr_name] = provider.get_dependency(None)

    @property
    def hears(self) -> set[str]:
        """The types of the events it reacts to."""
        return {type for reaction in self._reactions.values() for type in reaction.types}

    def reactions_to(self, type: str) -> list[str]:
        """Name its reactions to events of a type."""
        return [name for name, reaction in self._reactions.items() if type in reaction.types]

    def call(self, operation: str, scope: Answer = STAFF, *, id: str | None = None, **arguments: Any) -> Answer:
        """Carry out a command, of this `id`, or answer a query; gives `ok` or `fault`."""
        cause = Cause(correlation_id="req_test", actor="anna", entered_as_history=self.entering_history)
        call = {"arguments": arguments, "scope": scope, "cause": cause.as_data()}
        answer: Answer = getattr(self.instance, operation)(**call, command_id=id or uuid4().hex)
        return answer

    def command(self, operation: str, **arguments: Any) -> Answer:
        """Carry out a command as the institute's staff; it must succeed."""
        done: Answer = self.call(operation, **arguments)["ok"]
        return done

    def hear(self, reaction: str, *, id: str | None = None, sequence: int = 1, **data: Any) -> None:
        """React to an event in one transaction, tried by nobody again; the same `id` is the same event again."""
        type = self._reactions[reaction].types[0]
        event = an_event(id=id or f"evt_heard_{next(self._numbers)}", type=type, sequence=sequence,
                         history=self.entering_history)  # fmt: skip
        self.react(reaction, event, data)

    def react(self, reaction: str, event: Envelope, data: Mapping[str, Any]) -> None:
        """Hear an event by one reaction, tried by nobody again; a copy does nothing."""
        with suppress(AlreadyProcessed):
            self._occurrence(self._reactions[reaction], event, data).once()

    def hear_its_own(self) -> None:
        """Hear what it has published and not heard yet, as the relay brings it, until there is nothing new."""
        while new := list(self.store.database[OUTBOX].find({"_id": {"$gt": self._heard}}).sort("_id")):
            self._heard = new[-1]["_id"]
            for row in new:
                for name in self.reactions_to(row["type"]):
                    event = an_event(id=row["_id"], type=row["type"], sequence=row["sequence"],
                                     history=row["entered_as_history"])  # fmt: skip
                    self.react(name, event, row["data"])

    def _occurrence(self, reaction: Declared, event: Envelope, data: Mapping[str, Any]) -> Occurrence:
        name = f"{self.name}.{reaction.name}"
        return Occurrence(service=self.instance, declared=reaction, event=event, body=data, reaction=name)

    def published(self, type: str) -> list[Answer]:
        """The outbox rows of a type, in order."""
        return list(self.store.database[OUTBOX].find({"type": type}).sort("_id"))

    def it_becomes(self, instant: Any) -> None:
        """Let time pass at once."""
        self.store.clock = FixedClock(instant)
