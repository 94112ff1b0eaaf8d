"""What was said of an organisation over time: each change of a member, from which day until which one it was so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from chassis.domain.aggregate import Aggregate

DAY = timedelta(days=1)


@dataclass(kw_only=True)
class DescriptionChange(Aggregate):
    """One member of a partner's description is said to be otherwise: from which day on, by whom, and why.

    What is said holds from `since` on, and takes the place of all that was said to be so on that day and later: that
    ends with the day before, and where that is before its own first day, it never was so. `before` and `after` are as
    the partner shows them.
    """

    partner_id: str
    member: str
    before: Any
    after: Any
    since: date
    until: date | None = None
    """The last day on which it was so; None while it is."""
    by: str
    reason: str | None
    recorded_at: datetime

    def give_way(self, day: date) -> bool:
        """End it before a day from which on something else was said; gives whether that is anything new."""
        if self.until is not None and self.until < day:
            return False
        self.until = day - DAY
        return True

    def held_on(self, day: date) -> bool:
        """Whether it was so on a day, by what is known now."""
        return self.since <= day and (self.until is None or day <= self.until)


def value_on(day: date, changes: Sequence[DescriptionChange]) -> Any:
    """Give what one member was on a day, from all its changes in the order in which they were recorded, at least one.

    Before the first of them it was what it was then.
    """
    return next((each.after for each in changes if each.held_on(day)), changes[0].before)


def members_on(day: date, changes: Iterable[DescriptionChange]) -> dict[str, Any]:
    """Give what every member that has ever changed was on a day, from all changes in the order of their recording."""
    by_member: dict[str, list[DescriptionChange]] = {}
    for each in changes:
        by_member.setdefault(each.member, []).append(each)
    return {member: value_on(day, of_member) for member, of_member in by_member.items()}
