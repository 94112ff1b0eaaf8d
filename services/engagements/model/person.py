"""A person, as far as engagements knows them: who may lead, coach or own what is worked on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from chassis.domain.aggregate import INTERNAL, Aggregate
from chassis.domain.erasure import ERASED, NO_ZONE, erased_address
from chassis.domain.errors import Invalid, Superseded
from chassis.domain.replica import newest
from services.engagements.model.employment import (
    ConflictFound,
    ConflictOfInterest,
    Stint,
    barred_until,
    employers,
    with_news,
)

COACHING_ROLES: Final = frozenset({"coach", "staff"})


class CoachHasLeft(Invalid):
    """Who leads or gives coaching is present."""


class CoachOfAPartner(Invalid):
    """Who leads or gives coaching belongs to the institute, or to its faculty."""


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
    `employments` is whom they work and worked for; `is_faculty` whether a partner's person coaches for the institute,
    by event number `faculty_sequence` of that faculty member.
    """

    partner_id: str | None
    name: str = ""
    email: str = ""
    role: str = ""
    roles: list[str] = field(default_factory=list)
    """Every role they have, `role` the main one; empty until somebody says them."""
    zone: str = ""
    left_on: date | None = None
    described_sequence: int = field(default=0, metadata=INTERNAL)
    left_sequence: int = field(default=0, metadata=INTERNAL)
    employments: list[Stint] = field(default_factory=list, metadata=INTERNAL)
    is_faculty: bool = False
    faculty_sequence: int = field(default=0, metadata=INTERNAL)
    is_erased: bool = field(default=False, metadata=INTERNAL)
    """Whether who they were is not to be known any more, whatever is heard later."""

    def describe(
        self,
        *,
        sequence: int,
        partner_id: str | None,
        name: str,
        role: str,
        zone: str,
        email: str = "",
        roles: Sequence[str] = (),
    ) -> None:
        """Store the description of the person in an event; raises Superseded for an older one, or of who is erased."""
        if self.is_erased:
            raise Superseded(f"person {self.id} is erased")
        self.described_sequence = newest(self.described_sequence, sequence)
        self.partner_id, self.name, self.email = partner_id, name, email
        self.role, self.roles, self.zone = role, list(roles), zone

    def leave(self, *, sequence: int, on: date) -> None:
        """Keep that the person left; raises Superseded when it is known that they left again later."""
        self.left_sequence, self.left_on = newest(self.left_sequence, sequence), on

    def work(self, *, sequence: int, employer_id: str | None, on: date, former_id: str | None = None) -> None:
        """Keep whom they work for by the word of one event, also of one that is heard late."""
        news = Stint(first=sequence, last=sequence, employer_id=employer_id, since=on, former_id=former_id)
        self.employments = with_news(self.employments, news)

    def knows_later_than(self, sequence: int) -> bool:
        """Whether a later event describes them than number `sequence`, or says that they are erased."""
        return self.is_erased or sequence <= self.described_sequence

    def left_later_than(self, sequence: int) -> bool:
        """Whether they are known to have left again after number `sequence`."""
        return sequence <= self.left_sequence

    def become_faculty(self, is_faculty: bool, *, sequence: int) -> None:
        """Keep whether they coach for the institute; raises Superseded when a later event said which."""
        self.faculty_sequence, self.is_faculty = newest(self.faculty_sequence, sequence), is_faculty

    def conflict_of_interest(self, partner_id: str, *, on: date, period: timedelta) -> ConflictFound | None:
        """Give why they must not coach a partner: they work for it, or did until less than `period` before `on`."""
        until = barred_until(self._employers, partner_id, on=on, period=period)
        if until is None:
            return None
        return ConflictFound(coach_id=self.id, until=None if until == date.max else until)

    def must_have_no_interest(self, partner_id: str, *, on: date, period: timedelta) -> None:
        """Raise ConflictOfInterest, which names the partner and until when, if they must not coach it."""
        found = self.conflict_of_interest(partner_id, on=on, period=period)
        if found is None:
            return
        if found.until is None:
            raise ConflictOfInterest(f"person {self.id} works for partner {partner_id}: somebody else is to coach it")
        ended = f"worked for partner {partner_id} until {self._employers[partner_id]}"
        raise ConflictOfInterest(f"person {self.id} {ended}, and may coach it from {found.until} on")

    def erase(self, *, sequence: int, left_on: date) -> None:
        """Remove who they were, and keep that they are gone; raises Superseded when that is done."""
        self.leave(sequence=sequence, on=left_on)
        self.is_erased, self.name, self.email, self.zone = True, ERASED, erased_address(self.id), NO_ZONE

    def must_be_able_to_coach(self, *, field: str) -> None:
        """Raise CoachHasLeft, CoachOfAPartner or NotACoach, at `field`, unless coaching is theirs to give."""
        self._must_be_present(CoachHasLeft, field)
        if self.is_faculty:
            return
        expected = "A coach, one of the faculty or of the staff of the institute is expected"
        if self.partner_id is not None:
            detail = f"{expected}; '{self.id}' belongs to partner {self.partner_id}"
            raise CoachOfAPartner.at(f"/{field}", "another_organisation", detail)
        if not self._has_a_coaching_role:
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
        return self.is_present and (self.is_faculty or (self.partner_id is None and self._has_a_coaching_role))

    @property
    def _has_a_coaching_role(self) -> bool:
        return not COACHING_ROLES.isdisjoint((self.role, *self.roles))

    @property
    def is_present(self) -> bool:
        """Whether the newest that is known of the person is something else than that they left."""
        return self.described_sequence > self.left_sequence

    def left_before(self, day: date) -> bool:
        """Whether they left before a day, and are not back."""
        return not self.is_present and self.left_on is not None and self.left_on < day

    @property
    def _employers(self) -> Mapping[str, date | None]:
        if self.employments or self.partner_id is None:
            return employers(self.employments)
        return {self.partner_id: None if self.is_present else self.left_on}  # kept before employments were

    def _must_be_present(self, otherwise: type[Invalid], field: str) -> None:
        if not self.is_present:
            detail = f"Somebody who is present is expected; '{self.id}' left on {self.left_on}"
            raise otherwise.at(f"/{field}", "left", detail)
