"""A person, as far as engagements knows them: who may lead, coach or own what is worked on."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from chassis.domain.aggregate import INTERNAL, Aggregate
from chassis.domain.errors import Invalid
from chassis.domain.replica import newest

COACHING_ROLES: Final = frozenset({"coach", "staff"})


class CoachHasLeft(Invalid):
    """Who leads or gives coaching is present."""


class CoachOfAPartner(Invalid):
    """Who leads or gives coaching belongs to the institute."""


class NotACoach(Invalid):
    """Who leads or gives coaching is one of the institute's coaches or staff."""


class OwnerHasLeft(Invalid):
    """Who owns a milestone is present."""


class OwnerOfAnotherPartner(Invalid):
    """Who owns a milestone belongs to its partner or to the institute."""


class TeamMemberHasLeft(Invalid):
    """Who takes part in an initiative is present."""


class TeamMemberOfAnotherPartner(Invalid):
    """Who takes part in an initiative belongs to its partner or to the institute."""


class AnswersForAnother(Invalid):
    """Who answers for the results of an initiative belongs to its partner."""


@dataclass(kw_only=True)
class Person(Aggregate):
    """Engagements' copy of a person; `partner_id` is None for the institute's own people.

    `described_sequence` and `left_sequence` are those of the person's newest events that are in here: the one that
    describes them, and the one by which they left, on `left_on`. Whoever left and was described later is back.
    """

    partner_id: str | None
    name: str = ""
    email: str = ""
    role: str = ""
    zone: str = ""
    left_on: date | None = None
    described_sequence: int = field(default=0, metadata=INTERNAL)
    left_sequence: int = field(default=0, metadata=INTERNAL)

    def describe(
        self, *, sequence: int, partner_id: str | None, name: str, role: str, zone: str, email: str = ""
    ) -> None:
        """Store the description of the person in an event; raises Superseded when a later one is stored."""
        self.described_sequence = newest(self.described_sequence, sequence)
        self.partner_id, self.name, self.email = partner_id, name, email
        self.role, self.zone = role, zone

    def leave(self, *, sequence: int, on: date) -> None:
        """Keep that the person left; raises Superseded when it is known that they left again later."""
        self.left_sequence, self.left_on = newest(self.left_sequence, sequence), on

    def must_be_able_to_coach(self, *, field: str) -> None:
        """Raise CoachHasLeft, CoachOfAPartner or NotACoach, at `field`, unless coaching is theirs to give."""
        self._must_be_present(CoachHasLeft, field)
        expected = "A coach or one of the staff of the institute is expected"
        if self.partner_id is not None:
            detail = f"{expected}; '{self.id}' belongs to partner {self.partner_id}"
            raise CoachOfAPartner.at(f"/{field}", "another_organisation", detail)
        if self.role not in COACHING_ROLES:
            raise NotACoach.at(f"/{field}", "not_a_coach", f"{expected}; the role of '{self.id}' is {self.role}")

    def must_be_able_to_own(self, *, field: str, partner_id: str) -> None:
        """Raise OwnerHasLeft or OwnerOfAnotherPartner, at `field`, unless a milestone of that partner can be theirs."""
        self._must_be_present(OwnerHasLeft, field)
        if self.partner_id not in (None, partner_id):
            detail = f"Somebody of partner {partner_id} or of the institute is expected; got '{self.id}'"
            raise OwnerOfAnotherPartner.at(f"/{field}", "another_organisation", detail)

    def must_be_able_to_take_part(self, *, field: str, partner_id: str) -> None:
        """Raise TeamMemberHasLeft or TeamMemberOfAnotherPartner, at `field`, unless they can work on an initiative."""
        self._must_be_present(TeamMemberHasLeft, field)
        if self.partner_id not in (None, partner_id):
            detail = f"Somebody of partner {partner_id} or of the institute is expected; got '{self.id}'"
            raise TeamMemberOfAnotherPartner.at(f"/{field}", "another_organisation", detail)

    def must_be_able_to_answer_for(self, *, field: str, partner_id: str) -> None:
        """Raise TeamMemberHasLeft or AnswersForAnother, at `field`, unless results of that partner can be theirs."""
        self._must_be_present(TeamMemberHasLeft, field)
        if self.partner_id != partner_id:
            detail = f"Somebody of partner {partner_id} is expected; got '{self.id}'"
            raise AnswersForAnother.at(f"/{field}", "another_organisation", detail)

    @property
    def can_coach(self) -> bool:
        """Whether coaching is theirs to give."""
        return self.is_present and self.partner_id is None and self.role in COACHING_ROLES

    @property
    def is_present(self) -> bool:
        """Whether the newest that is known of the person is something else than that they left."""
        return self.described_sequence > self.left_sequence

    def left_before(self, day: date) -> bool:
        """Whether they left before a day, and are not back."""
        return not self.is_present and self.left_on is not None and self.left_on < day

    def _must_be_present(self, otherwise: type[Invalid], field: str) -> None:
        if not self.is_present:
            detail = f"Somebody who is present is expected; '{self.id}' left on {self.left_on}"
            raise otherwise.at(f"/{field}", "left", detail)
