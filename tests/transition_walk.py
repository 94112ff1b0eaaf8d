"""Every operation is tried from every state: what a table has succeeds, all else is refused and does nothing.

The models ask their tables what is possible, and would obey a wrong one: which rows there are is shown by
tests/architecture/test_lifecycles.py.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

import pytest

from chassis.domain.errors import Conflict
from chassis.domain.transitions import Transition, leading_from

Try = Callable[[Any], object]


@dataclass(frozen=True, kw_only=True)
class Walk:
    """The table of one aggregate, how it comes to be in each state, and how each operation is tried."""

    table: tuple[Transition, ...]
    states: Iterable[str]
    that_is: Callable[[str], Any]
    """Give one in a state; `state` and `recorded` are looked at, and whether it is equal to what it was."""
    tries: Mapping[str, Try]
    """By operation; `operation > state` tries only what leads to this state."""
    same_again: Collection[tuple[str, str]] = ()
    """Operations that are neither refused from a state nor do anything there."""
    as_another: Collection[str] = ()
    """Operations that do what another one does, each to all it concerns."""
    silent: Collection[str] = ()
    """Operations that are told to nobody."""

    def steps(self) -> Iterator[Any]:
        """Give each operation with each state."""
        for name in self.tries:
            for state in self.states:
                yield pytest.param(self, name, state, id=f"{self.table[0].aggregate}: {name} from {state}")

    def take(self, name: str, state: str) -> None:
        """Try an operation from a state, and assert that the table is right about it."""
        operation, _, only = name.partition(" > ")
        before, thing = self.that_is(state), self.that_is(state)
        possible = self._leads_to(operation, state) & ({only} if only else {*self.states})
        if (operation, state) in self.same_again:
            self.tries[name](thing)
            assert (thing, thing.recorded) == (before, before.recorded)
        elif possible:
            self.tries[name](thing)
            assert thing.state in possible
            assert (thing.recorded == before.recorded) == (name in self.silent)
        else:
            with pytest.raises(Conflict) as refused:
                self.tries[name](thing)
            assert (thing, thing.recorded) == (before, before.recorded)
            assert all(each in str(refused.value) for each in leading_from(self.table, operation))

    @property
    def untried(self) -> set[str]:
        """The operations that change something and are not tried."""
        changing = {row.operation for row in self.table if row.from_states}
        return changing - {name.partition(" > ")[0] for name in self.tries} - {*self.as_another}

    def _leads_to(self, operation: str, state: str) -> set[str]:
        rows = (row for row in self.table if row.operation == operation and state in row.from_states)
        return set(chain.from_iterable(row.to for row in rows))


def steps(walks: Iterable[Walk]) -> list[Any]:
    """Give the steps of several walks."""
    return list(chain.from_iterable(walk.steps() for walk in walks))


def refuse_unless(done: bool, table: tuple[Transition, ...], operation: str) -> None:
    """Refuse as commands do, on behalf of what says that it did nothing."""
    if not done:
        raise Conflict(f"{operation} is possible from {', '.join(leading_from(table, operation))}")
