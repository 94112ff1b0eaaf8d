"""Lifecycles as data: what leads an aggregate from which state to which, and what leads back.

Beside each aggregate's model stands a tuple of its transitions, its `lifecycle`; the model asks it what is possible,
and `GET /v1/transitions` shows it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from chassis.domain.errors import Conflict


class NotFromThisState(Conflict):
    """The present state does not allow this."""


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One operation of one aggregate, and the states between which it leads."""

    aggregate: str
    operation: str
    """The name of the command, of the reaction, or of the timer's method that does it."""
    from_states: tuple[str, ...]
    """Empty for the operation by which it comes into being."""
    to: tuple[str, ...]
    """Several where what happened before decides."""
    needs_reason: bool = False
    way_back: str
    """The operation that undoes it, or one sentence why there is none."""


def leading_from(transitions: Iterable[Transition], operation: str) -> tuple[str, ...]:
    """Give the states from which an operation is possible."""
    found = chain.from_iterable(each.from_states for each in transitions if each.operation == operation)
    return tuple(dict.fromkeys(found))


def leads_to(transitions: Iterable[Transition], operation: str, *, state: str, to: str) -> bool:
    """Whether an operation can lead from this state to that one."""
    rows = (each for each in transitions if each.operation == operation)
    return any(state in each.from_states and to in each.to for each in rows)


def refuse_unless_possible(
    transitions: Iterable[Transition],
    operation: str,
    *,
    state: str,
    about: str,
    otherwise: type[Conflict] = NotFromThisState,
) -> None:
    """Raise `otherwise` unless the operation is possible from this state; `about` says what it is, and since when."""
    possible = leading_from(transitions, operation)
    if state not in possible:
        raise otherwise(f"{about}: {operation} is possible from {', '.join(possible)}")
