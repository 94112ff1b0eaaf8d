"""A faculty member: somebody who coaches for the institute, or is on the way to it, and how they came to be."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypedDict, Unpack

from chassis.domain.aggregate import INTERNAL, Aggregate
from chassis.domain.transitions import refuse_unless_possible
from services.partners.events import faculty as events
from services.partners.model.faculty.faculty_lifecycle import (
    ACTIVE,
    CONSIDERED,
    DECLINED,
    EMERITUS,
    INVITED,
    NOMINATED,
    ORIENTING,
    TRANSITIONS,
    WITHDRAWN,
    FacultyState,
)
from services.partners.model.history import HistoryEntry
from services.partners.model.person import Person
from services.partners.model.person_lifecycle import PersonHasLeft, PersonState


class Expertise(TypedDict, total=False):
    """What is on record of a faculty member: the members that are to be changed."""

    topics: list[str]
    languages: list[str]
    zone: str


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """How somebody came to the faculty: who nominated them, why, and whose person they were then.

    `partner_id` is None of somebody of the institute; `experience_id` is the experience, shared at a camp or among
    partners, because of which they were thought of, if it was one.
    """

    nominated_by: str
    reason: str
    at: datetime
    partner_id: str | None
    experience_id: str | None = None


@dataclass(kw_only=True)
class FacultyMember(Aggregate):
    """One person's way into the faculty, and out of it; a person has one, however often they come back.

    `topics` are what they coach about, `languages` those they coach in, `zone` where their hours are. `provenance`
    never changes; `history` has each step, by whom, and why where that was said.
    """

    lifecycle = TRANSITIONS

    person_id: str
    topics: list[str]
    languages: list[str]
    zone: str
    provenance: Provenance
    state: FacultyState = NOMINATED
    history: list[HistoryEntry] = field(default_factory=list)
    organisation_id: str | None = field(default=None, metadata=INTERNAL)
    """Whose it is: no partner's, also of a partner's person, but the institute's."""

    @classmethod
    def nominate(
        cls, *, id: str, person: Person, topics: list[str], languages: list[str], zone: str, provenance: Provenance
    ) -> "FacultyMember":
        """Put somebody forward who may become faculty; raises PersonHasLeft."""
        _refuse_who_left(person)
        member = cls(id=id, person_id=person.id, topics=topics, languages=languages, zone=zone, provenance=provenance)
        member.history.append(
            HistoryEntry(to=NOMINATED, reason=provenance.reason, by=provenance.nominated_by, at=provenance.at)
        )
        member.record(events.FacultyNominated(**member._described(person)))
        return member

    def change(self, **changes: Unpack[Expertise]) -> bool:
        """Change what is on record of them; gives whether anything is different."""
        before = {name: getattr(self, name) for name in changes}
        for name, value in changes.items():
            setattr(self, name, value)
        return before != dict(changes)

    def consider(self, *, by: str, at: datetime) -> None:
        """Look whether the institute wants them; raises NotFromThisState."""
        self._become("consider_faculty", CONSIDERED, by=by, at=at)

    def reconsider(self, *, reason: str, by: str, at: datetime) -> None:
        """Look again at who declined or was withdrawn, for a reason; raises NotFromThisState."""
        self._become("reconsider_faculty", CONSIDERED, by=by, at=at, reason=reason)

    def invite(self, *, by: str, at: datetime) -> None:
        """Ask them whether they will; raises NotFromThisState."""
        self._become("invite_faculty", INVITED, by=by, at=at)

    def orient(self, *, by: str, at: datetime) -> None:
        """Note that they said yes, and are made ready to coach; raises NotFromThisState."""
        self._become("orient_faculty", ORIENTING, by=by, at=at)

    def appoint(self, *, person: Person, by: str, at: datetime) -> None:
        """Have them coach from now on; raises PersonHasLeft and NotFromThisState."""
        self._become("appoint_faculty", ACTIVE, by=by, at=at, who=person)
        self.record(events.FacultyAppointed(**self._described(person)))

    def decline(self, *, reason: str, by: str, at: datetime) -> None:
        """Note that they will not, and why; raises NotFromThisState."""
        self._become("decline_faculty", DECLINED, by=by, at=at, reason=reason)

    def withdraw(self, *, reason: str, by: str, at: datetime) -> None:
        """Put them forward no more, for a reason; raises NotFromThisState."""
        self._become("withdraw_faculty", WITHDRAWN, by=by, at=at, reason=reason)

    def retire(self, *, person: Person, reason: str, by: str, at: datetime) -> None:
        """Have them coach no more, for a reason: they stay on record as emeritus. Raises NotFromThisState."""
        self._become("retire_faculty", EMERITUS, by=by, at=at, reason=reason)
        self.record(events.FacultyRetired(**self._of(person)))

    def reinstate(self, *, person: Person, reason: str, by: str, at: datetime) -> None:
        """Have somebody coach again who had retired, for a reason; raises PersonHasLeft and NotFromThisState."""
        self._become("reinstate_faculty", ACTIVE, by=by, at=at, reason=reason, who=person)
        self.record(events.FacultyAppointed(**self._described(person)))

    def _become(
        self, operation: str, to: FacultyState, *, by: str, at: datetime, reason: str | None = None,
        who: Person | None = None,
    ) -> None:  # fmt: skip
        about = f"faculty member {self.id} is {self.state}"
        refuse_unless_possible(TRANSITIONS, operation, state=self.state, about=about)
        if who is not None:
            _refuse_who_left(who)
        self.state = to
        self.history.append(HistoryEntry(to=to, reason=reason, by=by, at=at))

    def _of(self, person: Person) -> events.OfFaculty:
        return {"faculty_member_id": self.id, "person_id": self.person_id, "partner_id": person.partner_id}

    def _described(self, person: Person) -> events.Described:
        return {**self._of(person), "topics": self.topics, "languages": self.languages}


def _refuse_who_left(person: Person) -> None:
    if person.state is PersonState.LEFT:
        raise PersonHasLeft(f"person {person.id} left on {person.left_on}: who is faculty is present")
