"""A deed: something a partner really did, as other services tell it, beside what assessors found of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from chassis.domain.aggregate import INTERNAL, Aggregate
from chassis.domain.replica import newest
from services.partners.model.anniversary import anniversary


class DeedKind(StrEnum):
    """What a partner did; a presentation is one that was confirmed, and not cancelled since."""

    INITIATIVE_STARTED = "initiative_started"
    TEST_BEGUN = "test_begun"
    TEST_COMPLETED = "test_completed"
    EXPERIENCE_SHARED = "experience_shared"
    PRESENTATION_CONFIRMED = "presentation_confirmed"
    COMMITMENT_REPORTED = "commitment_reported"


SHOWS: Mapping[DeedKind, str] = {
    DeedKind.INITIATIVE_STARTED: "improvement_experience",
    DeedKind.TEST_BEGUN: "desire_to_test",
    DeedKind.TEST_COMPLETED: "desire_to_test",
    DeedKind.EXPERIENCE_SHARED: "willingness_to_share",
    DeedKind.PRESENTATION_CONFIRMED: "willingness_to_share",
    DeedKind.COMMITMENT_REPORTED: "willingness_to_share",
}
"""The characteristic of the criteria beside which each is shown; it is never counted into a verdict."""


@dataclass(kw_only=True)
class Deed(Aggregate):
    """One deed of a partner, once however often it is told: `counts` is false while it is taken back.

    `done_on` is the day, where the partner is, on which it was done, or was told where its event says no day; None
    while it does not count.
    """

    partner_id: str
    kind: DeedKind
    done_on: date | None = None
    counts: bool = False
    heard_sequence: int = field(default=0, metadata=INTERNAL)

    def hear(self, *, sequence: int, counts: bool, done_on: date) -> None:
        """Keep that it was done, or is taken back; raises Superseded when a later event said which."""
        self.heard_sequence = newest(self.heard_sequence, sequence)
        self.counts = counts
        self.done_on = done_on if counts else None


def year_of_term(day: date, starts_on: date) -> int:
    """Give in which year of a term a day is: 1 until its first anniversary; 0 for every day before the term."""
    if day < starts_on:
        return 0
    return day.year - starts_on.year + (day >= anniversary(starts_on, day.year))
