"""Delivers a history to a service: in order, or out of order, duplicated and late."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from chassis.domain.errors import NotYetKnown
from chassis.persistence.unit_of_work import OUTBOX, Document
from tests.integration.histories.generated_history import History
from tests.integration.histories.published_event import PublishedEvent
from tests.service_harness import ServiceHarness

MOST_COPIES = 3
Action = Callable[[ServiceHarness], None]
"""A command that somebody gives to the service meanwhile."""
Waiting = tuple[PublishedEvent, list[str]]
"""An event, and the reactions that have not taken effect yet."""


class EventFeed:
    """Delivers one history to one service; the service's own events become part of it."""

    def __init__(self, service: ServiceHarness, history: History) -> None:
        self._delivered: dict[str, PublishedEvent] = {}
        self._service = service
        self._history = history
        self._noticed: set[str] = set()

    def deliver_in_order(self, actions: Sequence[Action]) -> None:
        """First the actions, then one event after the other, each once and followed by its consequences."""
        for action in actions:
            action(self._service)
        self._deliver_all([*self._new_events_of_its_own(), *self._events_of_others()])

    def conclude(self, actions: Sequence[Action]) -> None:
        """After all deliveries: the final actions and their consequences."""
        for action in actions:
            action(self._service)
            self._deliver_all(self._new_events_of_its_own())

    def deliver_again(self) -> None:
        """Every event that was delivered, to every reaction there is, as a replay does."""
        for event in list(self._delivered.values()):
            self._deliver((event, self._reactions_to(event)))

    def _deliver_all(self, pending: list[PublishedEvent]) -> None:
        while pending:
            event = pending.pop(0)
            assert self._deliver((event, self._reactions_to(event))) == [], f"a history in order waits at {event.id}"
            pending = [*self._new_events_of_its_own(), *pending]

    def deliver_out_of_order(self, actions: Sequence[Action], chance: Random) -> None:
        """In any order, each event up to three times; one that is too early is tried again, until none is left."""
        pending: list[Any] = [copy for event in self._events_of_others() for copy in _copies(event, chance)]
        chance.shuffle(pending)
        for action, place in zip(
            reversed(actions), _falling(len(actions), most=len(pending), chance=chance), strict=True
        ):
            pending.insert(place, action)
        waiting: list[Waiting] = []
        while pending or waiting:
            waiting += self._step(pending.pop(0)) if pending else []
            self._insert_new_events(pending, chance)
            if not pending or not chance.randint(0, 24):
                waiting = self._try_again(waiting, must_get_on=not pending)
                self._insert_new_events(pending, chance)

    @property
    def types(self) -> set[str]:
        """The types of everything that was delivered."""
        return {event.type for event in self._delivered.values()}

    @property
    def expected_inbox(self) -> set[str]:
        """The inbox rows that must be there in the end: one for each reaction to each event."""
        heard = [(reaction, id) for id, event in self._delivered.items() for reaction in self._reactions_to(event)]
        return {f"{self._service.name}.{reaction}:{id}" for reaction, id in heard}

    def _step(self, step: Any) -> list[Waiting]:
        if not isinstance(step, PublishedEvent):
            step(self._service)
            return []
        left = self._deliver((step, self._reactions_to(step)))
        return [(step, left)] if left else []

    def _insert_new_events(self, pending: list[Any], chance: Random) -> None:
        for copy in [copy for event in self._new_events_of_its_own() for copy in _copies(event, chance)]:
            pending.insert(chance.randint(0, len(pending)), copy)

    def _try_again(self, waiting: list[Waiting], *, must_get_on: bool) -> list[Waiting]:
        left = [(event, reactions) for event, before in waiting if (reactions := self._deliver((event, before)))]
        assert left != waiting or not (must_get_on and waiting), f"left waiting: {[(s.id, d) for s, d in left]}"
        return left

    def _deliver(self, left: Waiting) -> list[str]:
        """Deliver an event to its remaining reactions, and give those for which it came too early."""
        event, reactions = left
        self._delivered[event.id] = event
        return [reaction for reaction in reactions if not self._took_effect(reaction, event)]

    def _took_effect(self, reaction: str, event: PublishedEvent) -> bool:
        try:
            self._service.react(reaction, event.envelope, event.data)
        except NotYetKnown:
            return False
        return True

    def _reactions_to(self, event: PublishedEvent) -> list[str]:
        return self._service.reactions_to(event.type)

    def _events_of_others(self) -> list[PublishedEvent]:
        own = f"{self._service.name}."
        others = [event for event in self._history.events() if not event.type.startswith(own)]
        return [
            each
            for event in others
            for each in (event, *self._history.consequences(event))
            if not each.type.startswith(own)
        ]

    def _new_events_of_its_own(self) -> list[PublishedEvent]:
        """The events that the service has published since the last call, and what others publish because of them."""
        new = {"_id": {"$nin": list(self._noticed)}}
        rows = list(self._service.store.database[OUTBOX].find(new).sort("_id"))
        self._noticed |= {row["_id"] for row in rows}
        return [each for row in rows for each in (event_in(row), *self._history.consequences(event_in(row)))]


def event_in(row: Document) -> PublishedEvent:
    """The event of an outbox row."""
    return PublishedEvent(id=row["_id"], **{name: row[name] for name in ("type", "subject", "sequence", "data")})


def _falling(number: int, *, most: int, chance: Random) -> list[int]:
    return sorted((chance.randint(0, most) for _ in range(number)), reverse=True)


def _copies(event: PublishedEvent, chance: Random) -> list[PublishedEvent]:
    return [event] * chance.randint(1, MOST_COPIES)
