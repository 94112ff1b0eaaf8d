"""A day given up for another one."""

from dataclasses import dataclass
from datetime import date

from chassis.domain.errors import Invalid
from services.engagements.model.statement import Statement


class RescheduledToTheSameDay(Invalid):
    """To reschedule is to give another day."""


@dataclass(frozen=True, kw_only=True)
class Rescheduling:
    """One day given up for another; all of them together are a milestone's slippage."""

    from_due_on: date
    due_on: date
    statement: Statement


def refuse_the_same_day(now: date, due_on: date) -> None:
    """Raise RescheduledToTheSameDay, at `due_on`, unless the day is another one."""
    if due_on == now:
        detail = f"A day other than {now} is expected; got '{due_on}'"
        raise RescheduledToTheSameDay.at("/due_on", "unchanged", detail)
