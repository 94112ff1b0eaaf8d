"""For which partners somebody works and worked, as events tell it in any order, and which they must not coach."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from chassis.domain.errors import Conflict


class ConflictOfInterest(Conflict):
    """Nobody coaches the partner they work for, or worked for until lately."""


@dataclass(frozen=True, kw_only=True)
class Stint:
    """What the events of a person numbered `first` to `last` say alike: whom they work for, and since which day.

    `employer_id` is None of who works for no partner. `former_id` is the partner that they then left, where an event
    says so; it may be heard before any that says they worked there.
    """

    first: int
    last: int
    employer_id: str | None
    since: date
    former_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class ConflictFound:
    """That who coaches a partner works for it, or worked for it, and until when they must not coach it.

    `until` is the first day on which they might; None as long as they work there.
    """

    coach_id: str
    until: date | None


def with_news(stints: list[Stint], news: Stint) -> list[Stint]:
    """Put what one event says beside what others said: in whatever order they are heard, it comes to the same.

    Only what follows without a gap is joined: between two events that are not neighbours another one may come.
    """
    if any(each.first <= news.first <= each.last for each in stints):
        return stints
    joined: list[Stint] = []
    for each in sorted([*stints, news], key=lambda stint: stint.first):
        if joined and joined[-1].last + 1 == each.first and joined[-1].employer_id == each.employer_id:
            before = joined.pop()
            each = Stint(first=before.first, last=each.last, employer_id=before.employer_id, since=before.since,
                         former_id=before.former_id)  # fmt: skip
        joined.append(each)
    return joined


def employers(stints: Iterable[Stint]) -> Mapping[str, date | None]:
    """Give each partner that somebody works or worked for, with the day on which that had ended; None if it has not."""
    ended: dict[str, date | None] = {}
    told = list(stints)
    for stint, following in zip(told, [*told[1:], None], strict=True):
        if stint.former_id is not None:
            _note(ended, stint.former_id, stint.since)
        if stint.employer_id is not None:
            _note(ended, stint.employer_id, following.since if following else None)
    return ended


def barred_until(ended: Mapping[str, date | None], partner_id: str, *, on: date, period: timedelta) -> date | None:
    """Give until when somebody must not coach a partner, `date.max` while they work there; None if they may."""
    if partner_id not in ended:
        return None
    until = ended[partner_id]
    if until is None:
        return date.max
    return until + period if on < until + period else None


def _note(ended: dict[str, date | None], partner_id: str, until: date | None) -> None:
    known = ended.get(partner_id, date.min)
    ended[partner_id] = None if known is None or until is None else max(known, until)
