"""The operation by which every service shows the lifecycles of what it keeps."""

from dataclasses import dataclass

from chassis.domain.transitions import Transition
from chassis.schemas.operations import query


@dataclass(frozen=True, kw_only=True)
class Lifecycles:
    """Every transition there is, aggregate by aggregate."""

    items: list[Transition]


@query
def list_transitions(transitions: tuple[Transition, ...]) -> Lifecycles:
    """List what leads from which state to which, and what leads back."""
    return Lifecycles(items=list(transitions))


OPERATIONS = (list_transitions,)
