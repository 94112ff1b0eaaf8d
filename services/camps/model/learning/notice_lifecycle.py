"""The states of asks and offers of help, and what leads from which to which."""

from enum import StrEnum
from functools import partial

from chassis.domain.transitions import Transition


class NoticeState(StrEnum):
    """Whether an ask or an offer stands."""

    OPEN = "open"
    FULFILLED = "fulfilled"
    WITHDRAWN = "withdrawn"


OPEN, FULFILLED, WITHDRAWN = NoticeState


def transitions_of(aggregate: str, *, made_by: str) -> tuple[Transition, ...]:
    """Give the table of asks, or that of offers, which have the same."""
    row = partial(Transition, aggregate=aggregate)
    change, fulfil, withdraw, reopen = (f"{deed}_{aggregate}" for deed in ("change", "fulfil", "withdraw", "reopen"))
    return (
        row(operation=made_by, from_states=(), to=(OPEN,), way_back=withdraw),
        row(operation=change, from_states=(OPEN,), to=(OPEN,), way_back=change),
        row(operation=fulfil, from_states=(OPEN,), to=(FULFILLED,), way_back=reopen),
        row(operation=withdraw, from_states=(OPEN,), to=(WITHDRAWN,), needs_reason=True, way_back=reopen),
        row(operation=reopen, from_states=(FULFILLED, WITHDRAWN), to=(OPEN,), way_back=withdraw),
        row(operation="withdraw_with_partner", from_states=(OPEN,), to=(WITHDRAWN,), way_back=reopen),
        row(operation="withdraw_of_earlier_admission", from_states=(OPEN,), to=(WITHDRAWN,), way_back=reopen),
    )
