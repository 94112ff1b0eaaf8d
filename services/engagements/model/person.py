"""A person, as far as engagements knows them: who may lead, coach or own what is worked on."""

from dataclasses import dataclass, field
from datetime import date

from chassis.domain.aggregate import INTERNAL, Aggregate
from chassis.domain.replica import newest


@dataclass(kw_only=True)
class Person(Aggregate):
    """Engagements' copy of a person; `partner_id` is None for the institute's own people.

    `described_sequence` and `left_sequence` are those of the person's newest events that are in here: the one that
    describes them, and the one by which they left, on `left_on`. Whoever left and was described later is back.
    """

    partner_id: str | None
    name: str = ""
    role: str = ""
    zone: str = ""
    left_on: date | None = None
    described_sequence: int = field(default=0, metadata=INTERNAL)
    left_sequence: int = field(default=0, metadata=INTERNAL)

    def describe(self, *, sequence: int, partner_id: str | None, name: str, role: str, zone: str) -> None:
        """Store the description of the person in an event; raises Superseded when a later one is stored."""
        self.described_sequence = newest(self.described_sequence, sequence)
        self.partner_id, self.name, self.role, self.zone = partner_id, name, role, zone

    def leave(self, *, sequence: int, on: date) -> None:
        """Keep that the person left; raises Superseded when it is known that they left again later."""
        self.left_sequence, self.left_on = newest(self.left_sequence, sequence), on

    @property
    def is_present(self) -> bool:
        """Whether the newest that is known of the person is something else than that they left."""
        return self.described_sequence > self.left_sequence
