"""A person, as far as camps knows them: who they are, and for which partner they answer or come."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field

from chassis.domain.aggregate import INTERNAL, Aggregate
from chassis.domain.erasure import ERASED, NO_LANGUAGE, NO_ZONE, erased_address
from chassis.domain.errors import Gone, Invalid, PerhapsNotKnownYet, Superseded
from chassis.domain.replica import newest

LEADER = "leader"


class LinkEnded(Gone):
    """A link ends when whom it was sent to leads its partner no longer, or has another address."""


@dataclass(frozen=True, kw_only=True)
class Whom:
    """Somebody who is to come: a person on record, or one who is only known to this camp."""

    person_id: str | None = None
    name: str
    email: str
    language: str
    zone: str


class DelegateOfAnother(Invalid):
    """Who comes in a partner's seat is one of its people, and present."""


@dataclass(kw_only=True)
class Person(Aggregate):
    """Camps' copy of a person; `partner_id` is None for the institute's own people.

    `language` is None, and `name`, `email` and `zone` are empty, until somebody says them to a camps that keeps them.

    `described_sequence` and `left_sequence` are those of the person's newest events that are in here: the one that
    describes them, and the one by which they left. Whoever left and was described later is back.
    """

    partner_id: str | None
    role: str = ""
    """Their role on record; empty until somebody says it to a camps that keeps it."""
    roles: list[str] = field(default_factory=list)
    """Every role they have, `role` the main one; empty until somebody says them."""
    leads: bool = False
    address_digest: str = ""
    language: str | None = None
    name: str = ""
    email: str = ""
    zone: str = ""
    described_sequence: int = field(default=0, metadata=INTERNAL)
    left_sequence: int = field(default=0, metadata=INTERNAL)
    is_erased: bool = field(default=False, metadata=INTERNAL)
    """Whether who they were is not to be known any more, whatever is heard later."""

    def describe(
        self,
        whom: Whom,
        *,
        sequence: int,
        partner_id: str | None,
        role: str,
        address_digest: str,
        roles: Sequence[str] = (),
    ) -> None:
        """Store what an event says of the person; raises Superseded for an older one, and once they are erased."""
        if self.is_erased:
            raise Superseded(f"person {self.id} is erased")
        if self.name or sequence != self.described_sequence:  # else the same event brings what was not kept of it
            self.described_sequence = newest(self.described_sequence, sequence)
        self.partner_id, self.role, self.roles = partner_id, role, list(roles)
        self.leads = self.has_role(LEADER)
        self.address_digest = address_digest
        self.name, self.email, self.language, self.zone = whom.name, whom.email, whom.language, whom.zone

    def leave(self, *, sequence: int) -> None:
        """Keep that the person left; raises Superseded when it is known that they left again later."""
        self.left_sequence = newest(self.left_sequence, sequence)

    def erase(self, *, sequence: int) -> None:
        """Remove who they were, and keep that they are gone; raises Superseded when that is done."""
        self.leave(sequence=sequence)
        self.is_erased, self.address_digest = True, ""
        self.name, self.email, self.language, self.zone = ERASED, erased_address(self.id), NO_LANGUAGE, NO_ZONE

    def has_role(self, role: str) -> bool:
        """Whether a role is one of theirs."""
        return role in (self.role, *self.roles)

    @property
    def is_present(self) -> bool:
        """Whether the newest that is known of the person is something else than that they left."""
        return self.described_sequence > self.left_sequence

    def refuse_ended_links(self, *, partner_id: str | None, address_digest: str) -> None:
        """Raise LinkEnded unless the person now answers for whom this is, and has the address that a link was sent to.

        For a partner who leads it answers; for None, one of the institute's people, only for themselves.
        """
        answers = self.is_of(partner_id) and (self.leads or partner_id is None)
        if not answers or not hmac.compare_digest(self.address_digest.encode(), address_digest.encode()):
            raise LinkEnded

    def is_of(self, partner_id: str | None) -> bool:
        """Whether they are one of this partner's people, or of the institute's for None, and have not left."""
        return self.partner_id == partner_id and self.is_present

    def refuse_unless_of(self, partner_id: str | None, *, field: str) -> None:
        """Raise DelegateOfAnother, at `field`, unless they can come in the seat of this partner."""
        if not self.is_of(partner_id):
            detail = f"Somebody of {partner_id or 'the institute'} who is present is expected; got '{self.id}'"
            raise DelegateOfAnother.at(f"/{field}", "another_organisation", detail)
        if not self.name:
            raise PerhapsNotKnownYet.at(f"/{field}", "unknown", f"The name of {self.id} is not known here yet")

    def as_whom(self) -> Whom:
        """Give who comes when they do."""
        return Whom(person_id=self.id, name=self.name, email=self.email, language=self.language or "", zone=self.zone)
