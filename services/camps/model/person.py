"""A person, as far as camps knows them: for which partner they may answer, and at which address by a link."""

import hmac
from dataclasses import dataclass, field

from chassis.domain.aggregate import INTERNAL, Aggregate
from chassis.domain.errors import Gone
from chassis.domain.replica import newest

LEADER = "leader"


class LinkEnded(Gone):
    """A link ends when whom it was sent to leads its partner no longer, or has another address."""


@dataclass(kw_only=True)
class Person(Aggregate):
    """Camps' copy of a person, without name and address; `partner_id` is None for the institute's own people.

    `described_sequence` and `left_sequence` are those of the person's newest events that are in here: the one that
    describes them, and the one by which they left. Whoever left and was described later is back.
    """

    partner_id: str | None
    leads: bool = False
    address_digest: str = ""
    described_sequence: int = field(default=0, metadata=INTERNAL)
    left_sequence: int = field(default=0, metadata=INTERNAL)

    def describe(self, *, sequence: int, partner_id: str | None, role: str, address_digest: str) -> None:
        """Store what an event says of the person; raises Superseded when a later description is stored."""
        self.described_sequence = newest(self.described_sequence, sequence)
        self.partner_id, self.leads, self.address_digest = partner_id, role == LEADER, address_digest

    def leave(self, *, sequence: int) -> None:
        """Keep that the person left; raises Superseded when it is known that they left again later."""
        self.left_sequence = newest(self.left_sequence, sequence)

    def refuse_ended_links(self, *, partner_id: str, address_digest: str) -> None:
        """Raise LinkEnded unless the person now leads this partner, and has the address that a link was sent to."""
        leads = self.leads and self.partner_id == partner_id and self.described_sequence > self.left_sequence
        if not leads or not hmac.compare_digest(self.address_digest.encode(), address_digest.encode()):
            raise LinkEnded
