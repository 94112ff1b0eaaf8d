"""The timeline of a partner: what happened to it and by it, as the events of all services tell; it only grows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from chassis.domain.aggregate import Aggregate
from services.partners.model.timeline_kinds import ABOUT_INQUIRIES, ABOUT_PARTNERS, Kind

KINDS: Mapping[str, Kind] = {**ABOUT_INQUIRIES, **ABOUT_PARTNERS}


@dataclass(kw_only=True)
class Happening(Aggregate):
    """One thing that happened, under the id of the event that told it, so that it stands there once.

    What is about two partners stands there for each of them: see `entry_id`.

    It is of a partner, or of an inquiry, whose partner is not known when it happens. `about_id` is what the event is
    about; `title` what that was called; `happened_on` the day that the event says, else the day on which it was said,
    where the partner is, and in UTC for an inquiry. `causation_id` is the event that it follows from, None where it
    follows from a request.
    """

    kind: str
    about_id: str
    happened_on: date
    said_at: datetime
    by: str
    correlation_id: str
    partner_id: str | None = None
    inquiry_id: str | None = None
    title: str | None = None
    reason: str | None = None
    causation_id: str | None = None
    entered_as_history: bool = False

    @property
    def event_id(self) -> str:
        """The event that told it."""
        return self.id.partition("/")[0]

    @property
    def what(self) -> str:
        """What happened, in a sentence that names nobody."""
        return KINDS[self.kind].what


def entry_id(event_id: str, *, further: int) -> str:
    """Give the id of an entry: that of its event, and of a further partner whom it is about with a number."""
    return f"{event_id}/{further}" if further else event_id


def day_of(kind: str, told: Mapping[str, object], *, otherwise: date) -> date:
    """Give the day on which something happened: the one that its event tells, where its kind has such a day."""
    day = told.get(KINDS[kind].day or "")
    return day if isinstance(day, date) else otherwise


def kinds_seen(*, by_institute: bool) -> list[str]:
    """Give the kinds that somebody may see: what never leaves the platform is the institute's alone."""
    return sorted(kind for kind, each in KINDS.items() if by_institute or not each.is_internal)
