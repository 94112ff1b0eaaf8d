"""The world round a service: valid histories of what everybody else says, as their contracts write it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from chassis.messaging.envelope import Envelope

CONTRACTS = Path(__file__).resolve().parents[3] / "contracts" / "events"
EXAMPLES = {path.name.removesuffix(".v1.json"): json.loads(path.read_text())["examples"][0]
            for path in CONTRACTS.glob("*.json")}  # fmt: skip
COACH = "per_coach"
TURNS = (
    (), ("profile_changed",), ("paused", "resumed", "paused"), ("paused", "resumed", "paused", "resumed"),
    ("departed",), ("paused", "departed"), ("paused", "profile_changed", "resumed", "departed"),
)  # fmt: skip
"""What can become of a partner, as partners tells it step by step."""
FATES = (("sent",), ("failed",), ("uncertain",), ("uncertain", "sent"), ("uncertain", "failed"))
"""What can become of a letter, as notifications tells it step by step."""
ASKED = ("camps.invitation.issued", "camps.waitlist.promoted")
"""By these a partner is asked to come."""
ANSWERS = (
    (), ("accepted",), ("declined",), ("accepted", "declined"), ("withdrawn",), ("declined", "withdrawn"),
    ("tentative", "declined", "answer_undone"), ("tentative", "expired"),
)  # fmt: skip
"""What can become of an invitation."""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One event as its source says it; the sequence counts on from 1 for each subject."""

    id: str
    type: str
    subject: str
    sequence: int
    data: Mapping[str, Any]

    @property
    def event(self) -> Envelope:
        return Envelope(
            id=self.id, source="/services/others", type=self.type, subject=self.subject,
            time="2026-06-01T09:00:00.000Z", sequence=self.sequence, correlationid="req_history",
        )  # fmt: skip


def fact(type: str, subject: str, sequence: int = 1, **data: Any) -> Fact:
    """An event as the first example of its contract, but for what is given."""
    id = f"evt_{subject}_{sequence}"
    return Fact(id=id, type=type, subject=subject, sequence=sequence, data={**EXAMPLES[type], **data})


@dataclass(frozen=True, kw_only=True)
class Partner:
    """A partner with those who lead it, those who join it later, and the milestones it reaches."""

    id: str
    leaders: tuple[str, ...]
    late_people: tuple[tuple[str, str], ...]
    milestones: tuple[str, ...]
    fates: tuple[tuple[str, ...], ...]
    """What becomes of the letters about its invitation, one after the other."""
    reopened: frozenset[str] = frozenset()
    """Milestones that are not reached after all."""
    coached: frozenset[str] = frozenset()
    """Milestones about which a coaching session is held."""
    answers: tuple[str, ...] = ()
    """What becomes of its invitation, one after the other."""
    turns: tuple[str, ...] = ()
    """What becomes of the partner itself once it was admitted, one after the other."""

    def facts(self) -> list[Fact]:
        people = [joined(leader, self.id, "leader") for leader in self.leaders]
        later = [said for id, role in self.late_people for said in (joined(id, self.id, role), self.left(id))]
        said = [*people, self.admitted(), self.moved(self.leaders[0]), *later, *self.milestone_facts()]
        return [*said, *self.invited(), *self.promoted(), *self.turn_facts()]

    @property
    def departs(self) -> bool:
        """Whether the partnership ends."""
        return "departed" in self.turns

    @property
    def standing(self) -> set[str]:
        """The milestones that it has reached in the end."""
        return set(self.milestones) - self.reopened

    def moved(self, person_id: str) -> Fact:
        described = joined(person_id, self.id, "leader").data
        return fact("partners.person.changed", person_id, 2, **{**described, "email": f"{person_id}@moved.example"})

    def left(self, person_id: str) -> Fact:
        return fact("partners.person.left", person_id, 2, person_id=person_id, partner_id=self.id)

    def admitted(self) -> Fact:
        name, leaders = f"Region {self.id}", list(self.leaders)
        return fact("partners.partner.admitted", self.id, partner_id=self.id, name=name, leader_ids=leaders)

    def turn_facts(self) -> list[Fact]:
        about = {"partner_id": self.id, "name": f"Region {self.id}"}
        return [fact(f"partners.partner.{turn}", self.id, number, **about) for number, turn in enumerate(self.turns, 2)]

    def milestone_facts(self) -> list[Fact]:
        said = []
        for id in self.milestones:
            about = {"milestone_id": id, "partner_id": self.id, "title": f"Title of {id}"}
            said.append(fact("engagements.milestone.planned", id, 1, **about))
            said.append(fact("engagements.milestone.at_risk", id, 2, **about, coach_id=COACH))
            said.append(fact("engagements.milestone.missed", id, 3, **about, coach_id=COACH))
            said.append(fact("engagements.milestone.reached", id, 4, **about, coach_id=COACH))
            if id in self.reopened:
                said.append(fact("engagements.milestone.reopened", id, 5, **about, coach_id=COACH))
            if id in self.coached:
                said.append(self.held(id))
        return said

    def held(self, milestone_id: str) -> Fact:
        id = f"ses_of_{milestone_id}"
        about = {"session_id": id, "partner_id": self.id, "milestone_id": milestone_id, "coach_id": COACH}
        return fact("engagements.coaching.held", id, **about)

    def invited(self) -> list[Fact]:
        about = {"invitation_id": f"inv_of_{self.id}", "partner_id": self.id}
        happened = enumerate(("link_made", "issued", *self.answers), start=1)
        return [fact(f"camps.invitation.{each}", about["invitation_id"], number, **about) for number, each in happened]

    def promoted(self) -> list[Fact]:
        id = f"inv_waiting_{self.id}"
        about = {"invitation_id": id, "partner_id": self.id}
        return [fact("camps.invitation.link_made", id, 2, **about), fact("camps.waitlist.promoted", id, 3, **about)]

    def letters_about(self, invitation_id: str) -> list[Fact]:
        """What becomes of the letters about its invitation."""
        about = {"partner_id": self.id, "about_kind": "invitation", "about_id": invitation_id}
        said = []
        for number, fate in enumerate(self.fates):
            id = self._letter(number)
            for sequence, state in enumerate(fate, start=1):
                type = f"notifications.delivery.{'uncertain' if state == 'uncertain' else 'settled'}"
                said.append(fact(type, id, sequence, delivery_id=id, state=state, **about))
        return said

    @property
    def letters_end(self) -> dict[str, str]:
        """How those letters fare in the end."""
        return {self._letter(number): fate[-1] for number, fate in enumerate(self.fates)}

    def _letter(self, number: int) -> str:
        return f"dlv_{number}_{self.id}"


@dataclass(frozen=True, kw_only=True)
class World:
    """Who is in it; `capacity` is that of its camp."""

    partners: tuple[Partner, ...]
    capacity: int

    def facts(self) -> list[Fact]:
        """Everything that is said of itself, in a tidy order."""
        of_partners = (fact for partner in self.partners for fact in partner.facts())
        return [joined(COACH, None, "coach"), *of_partners]

    def answers(self, said: Fact) -> list[Fact]:
        """What is said because of something else."""
        if said.type not in ASKED:
            return []
        (partner,) = (each for each in self.partners if each.id == said.data["partner_id"])
        return partner.letters_about(said.data["invitation_id"])


def joined(id: str, partner_id: str | None, role: str) -> Fact:
    return fact("partners.person.joined", id, person_id=id, partner_id=partner_id, role=role, name=f"Name of {id}")


@st.composite
def _partners(draw: st.DrawFn, number: int) -> Partner:
    later = draw(st.lists(st.sampled_from(("leader", "improver", "delegate")), max_size=2))
    milestones = tuple(f"mst_{number}_{each}" for each in range(draw(st.integers(0, 3))))
    ends = draw(st.lists(st.sampled_from(("reached", "reopened", "coached")), min_size=3, max_size=3))
    turns = draw(st.sampled_from(TURNS))
    departs = "departed" in turns
    return Partner(
        id=f"prt_{number}",
        leaders=tuple(f"per_{number}_{each}" for each in range(draw(st.integers(1, 2)))),
        late_people=tuple((f"per_late_{number}_{each}", role) for each, role in enumerate(later)),
        milestones=milestones,
        fates=tuple(draw(st.lists(st.sampled_from(FATES), max_size=2))),
        reopened=frozenset(id for id, end in zip(milestones, ends, strict=False) if end == "reopened"),
        coached=frozenset(id for id, end in zip(milestones, ends, strict=False) if end == "coached" and not departs),
        answers=draw(st.sampled_from(ANSWERS)),
        turns=turns,
    )


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Up to three partners, and a camp that may be too small for them."""
    partners = tuple(draw(_partners(number)) for number in range(draw(st.integers(1, 3))))
    return World(partners=partners, capacity=draw(st.sampled_from((120, 9, 4))))
