"""Tells a service what happens in its world: tidily, or in disorder, in copies and late."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from chassis.domain.errors import NotYetKnown
from chassis.persistence.unit_of_work import OUTBOX, Document
from tests.integration.histories.generated_history import Fact, World
from tests.service_harness import ServiceHarness

MOST_COPIES = 3
Act = Callable[[ServiceHarness], None]
"""Something that people do in the service meanwhile."""
Left = tuple[Fact, list[str]]
"""An event, and the reactions that still have to hear it."""


class Telling:
    """One history on its way into one service, whose own events are part of it."""

    def __init__(self, service: ServiceHarness, world: World) -> None:
        self._told: dict[str, Fact] = {}
        self._service = service
        self._world = world
        self._noticed: set[str] = set()

    def tidily(self, acts: Sequence[Act]) -> None:
        """First what people do, then one event after the other, each once and with its consequences."""
        for act in acts:
            act(self._service)
        self._tell_tidily([*self._news_of_its_own(), *self._news_of_others()])

    def then(self, acts: Sequence[Act]) -> None:
        """When all has been told: what people do then, and its consequences."""
        for act in acts:
            act(self._service)
            self._tell_tidily(self._news_of_its_own())

    def _tell_tidily(self, pending: list[Fact]) -> None:
        while pending:
            said = pending.pop(0)
            assert self._still_to_hear((said, self._all_deeds(said))) == [], f"a tidy history waits at {said.id}"
            pending = [*self._news_of_its_own(), *pending]

    def in_disorder(self, acts: Sequence[Act], chance: Random) -> None:
        """In any order, each up to three times; what comes too early is put back, and nothing waits in the end."""
        pending: list[Any] = [copy for said in self._news_of_others() for copy in _copies(said, chance)]
        chance.shuffle(pending)
        for act, place in zip(reversed(acts), _falling(len(acts), most=len(pending), chance=chance), strict=True):
            pending.insert(place, act)
        waiting: list[Left] = []
        while pending or waiting:
            waiting += self._step(pending.pop(0)) if pending else []
            self._let_in_news(pending, chance)
            if not pending or not chance.randint(0, 4):
                waiting = self._try_again(waiting, must_get_on=not pending)
                self._let_in_news(pending, chance)

    @property
    def types(self) -> set[str]:
        """The types of everything that was delivered."""
        return {said.type for said in self._told.values()}

    @property
    def to_be_heard(self) -> set[str]:
        """The inbox rows that must be there in the end: one for each reaction to each event."""
        heard = [(deed, id) for id, said in self._told.items() for deed in self._all_deeds(said)]
        return {f"{self._service.name}.{deed}:{id}" for deed, id in heard}

    def _step(self, step: Any) -> list[Left]:
        if not isinstance(step, Fact):
            step(self._service)
            return []
        left = self._still_to_hear((step, self._all_deeds(step)))
        return [(step, left)] if left else []

    def _let_in_news(self, pending: list[Any], chance: Random) -> None:
        for copy in [copy for said in self._news_of_its_own() for copy in _copies(said, chance)]:
            pending.insert(chance.randint(0, len(pending)), copy)

    def _try_again(self, waiting: list[Left], *, must_get_on: bool) -> list[Left]:
        left = [(said, deeds) for said, before in waiting if (deeds := self._still_to_hear((said, before)))]
        assert left != waiting or not (must_get_on and waiting), f"left waiting: {[(s.id, d) for s, d in left]}"
        return left

    def _still_to_hear(self, left: Left) -> list[str]:
        """Deliver an event to the reactions that have to hear it, and give those it came too early for."""
        said, deeds = left
        self._told[said.id] = said
        return [deed for deed in deeds if not self._took_effect(deed, said)]

    def _took_effect(self, deed: str, said: Fact) -> bool:
        try:
            self._service.react(deed, said.event, said.data)
        except NotYetKnown:
            return False
        return True

    def _all_deeds(self, said: Fact) -> list[str]:
        return self._service.reactions_to(said.type)

    def _news_of_others(self) -> list[Fact]:
        own = f"{self._service.name}."
        others = [said for said in self._world.facts() if not said.type.startswith(own)]
        return [each for said in others for each in (said, *self._world.answers(said)) if not each.type.startswith(own)]

    def _news_of_its_own(self) -> list[Fact]:
        """What the service has said since the last look, and what others say to that."""
        new = {"_id": {"$nin": list(self._noticed)}}
        rows = list(self._service.store.database[OUTBOX].find(new).sort("_id"))
        self._noticed |= {row["_id"] for row in rows}
        return [each for row in rows for each in (said_in(row), *self._world.answers(said_in(row)))]


def said_in(row: Document) -> Fact:
    """The event of an outbox row."""
    return Fact(id=row["_id"], **{name: row[name] for name in ("type", "subject", "sequence", "data")})


def _falling(number: int, *, most: int, chance: Random) -> list[int]:
    return sorted((chance.randint(0, most) for _ in range(number)), reverse=True)


def _copies(said: Fact, chance: Random) -> list[Fact]:
    return [said] * chance.randint(1, MOST_COPIES)
