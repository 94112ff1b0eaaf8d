"""Any service on the real database, hearing as it does on the broker, but called by hand."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from inspect import getmembers
from typing import Any
from uuid import uuid4

from nameko.containers import ServiceContainer

from chassis.messaging.envelope import Envelope
from chassis.messaging.inbox import AlreadyProcessed, process_once
from chassis.messaging.subscription import Reaction
from chassis.persistence.unit_of_work import Store
from chassis.runtime.service import Service, StoreProvider
from tests.answers import hold_to_its_contracts


class ServiceByHand:
    """One service with the indexes of its repositories, a database of its own, and nobody else about."""

    def __init__(self, service: type[Service], store: Store) -> None:
        self.store = store
        self.name = service.name
        self.instance = service()
        vars(self.instance)["store"] = store
        hold_to_its_contracts(self.instance)
        self._reactions = dict(_reactions(service))
        for repository in service.repositories:
            store.database[repository.collection].create_indexes(repository.all_indexes())

    def inject_dependencies(self) -> None:
        """Have what the service has beside its store, made from the settings."""
        for provider in ServiceContainer(type(self.instance)).dependencies:
            if not isinstance(provider, StoreProvider):
                provider.setup()
                vars(self.instance)[provider.attr_name] = provider.get_dependency(None)

    @property
    def hears(self) -> set[str]:
        """The types of the events it reacts to."""
        return {reaction.type for reaction in self._reactions.values()}

    def type_of(self, deed: str) -> str:
        """The type of the events that a reaction is about."""
        return str(self._reactions[deed].type)

    def deeds_about(self, type: str) -> list[str]:
        """Name what it does about events of a type."""
        return [deed for deed, reaction in self._reactions.items() if reaction.type == type]

    def command(self, operation: str, **arguments: Any) -> dict[str, Any]:
        """Carry out a command as the institute's staff; it must succeed."""
        scope = {"subject": "anna", "organisation": "*", "roles": ["programme_staff"]}
        call = {"arguments": arguments, "scope": scope, "cause": {"correlation_id": "req_by_hand", "actor": "anna"}}
        answer = getattr(self.instance, operation)(**call, command_id=uuid4().hex)
        done: dict[str, Any] = answer["ok"]
        return done

    def react(self, deed: str, event: Envelope, data: Mapping[str, Any]) -> None:
        """Hear an event by one reaction, tried by nobody again; a copy does nothing."""
        heard = self._reactions[deed].reads.load(data)
        effect: Callable[..., None] = getattr(type(self.instance), deed).__wrapped__
        with suppress(AlreadyProcessed):
            process_once(
                self.store,
                lambda work: effect(self.instance, work, event, **heard),
                reaction=f"{self.name}.{deed}",
                event=event,
            )


def _reactions(service: type[Service]) -> list[tuple[str, Reaction]]:
    methods = [(name, getattr(method, "nameko_entrypoints", ())) for name, method in getmembers(service)]
    return [(name, each) for name, some in methods for each in some if isinstance(each, Reaction)]
