"""Generates valid histories: the events that all other services publish, made from the examples of their contracts."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from chassis.messaging.envelope import Envelope

CONTRACTS = Path(__file__).resolve().parents[3] / "contracts" / "events"
EXAMPLES = {path.name.removesuffix(".v1.json"): json.loads(path.read_text())["examples"][0]
            for path in CONTRACTS.glob("*.json")}  # fmt: skip
COACH, SUCCESSOR = "per_coach", "per_successor"
ENGAGEMENT_CHANGES = (
    (), ("coach_left",), ("coach_changed",), ("coach_left", "coach_changed"), ("coach_left", "coach_returned"),
    ("coach_left", "closed"), ("paused",), ("paused", "resumed"), ("paused", "coach_changed", "resumed"),
    ("closed", "reopened"), ("paused", "resumed", "closed", "reopened", "paused"),
)  # fmt: skip
"""What can happen to a partner's engagement, and to who leads it, as engagements publishes it step by step."""
WITH_PARTNER = {"paused": "paused", "resumed": "resumed", "departed": "closed"}
"""What happens to an engagement under way because of what happens to its partner."""
STANDINGS = {"activated": "open", "resumed": "open", "reopened": "open", "paused": "paused", "closed": "closed"}
"""The standing that each of these events leads to."""
SESSION_CHANGES = ((), ("moved",), ("moved", "moved"), ("moved", "cancelled"), ("cancelled",))
"""What can happen to a coaching session before it is held."""
CHANGES = (
    (), ("profile_changed",), ("paused", "resumed", "paused"), ("paused", "resumed", "paused", "resumed"),
    ("departed",), ("paused", "departed"), ("paused", "profile_changed", "resumed", "departed"),
)  # fmt: skip
"""What can happen to a partner, as the keys of the events that partners publishes."""
DELIVERY_STATES = (("sent",), ("failed",), ("uncertain",), ("uncertain", "sent"), ("uncertain", "failed"))
"""The states a letter can go through, as notifications publishes them."""
ASKED = ("camps.invitation.issued", "camps.waitlist.promoted")
"""The events by which a partner is invited."""
ANSWERS = (
    (), ("accepted",), ("declined",), ("accepted", "declined"), ("withdrawn",), ("declined", "withdrawn"),
    ("tentative", "declined", "answer_undone"), ("tentative", "expired"), ("camp_changed",),
    ("accepted", "camp_changed"), ("camp_changed", "declined", "camp_changed"), ("camp_changed", "withdrawn"),
)  # fmt: skip
"""What can happen to an invitation."""
WAITS = (("joined", "promoted"), ("joined", "left"), ("joined", "left", "joined", "promoted"))
"""What can happen to an invitation for which there are no seats at first."""


@dataclass(frozen=True, kw_only=True)
class PublishedEvent:
    """One published event; the sequence counts from 1 for each subject."""

    id: str
    type: str
    subject: str
    sequence: int
    data: Mapping[str, Any]

    @property
    def envelope(self) -> Envelope:
        return Envelope(
            id=self.id, source="/services/others", type=self.type, subject=self.subject,
            time="2026-06-01T09:00:00.000Z", sequence=self.sequence, correlationid="req_history",
        )  # fmt: skip


def published(type: str, subject: str, sequence: int = 1, **data: Any) -> PublishedEvent:
    """The first example of an event's contract, with other data where given."""
    id = f"evt_{subject}_{sequence}"
    return PublishedEvent(id=id, type=type, subject=subject, sequence=sequence, data={**EXAMPLES[type], **data})


@dataclass(frozen=True, kw_only=True)
class Partner:
    """A partner with those who lead it, those who join it later, and the milestones it reaches."""

    id: str
    leaders: tuple[str, ...]
    late_people: tuple[tuple[str, str], ...]
    milestones: tuple[str, ...]
    delivery_states: tuple[tuple[str, ...], ...]
    """The states of each letter about its invitation."""
    reopened: frozenset[str] = frozenset()
    """Milestones that are not reached after all."""
    coached: frozenset[str] = frozenset()
    """Milestones about which a coaching session is held."""
    retracted: frozenset[str] = frozenset()
    """Milestones about which a coaching session was said to be held, and was not."""
    answers: tuple[str, ...] = ()
    """What happens to its invitation, in order."""
    waits: tuple[str, ...] = ("joined", "promoted")
    """What happens to another invitation, for which it waits, in order."""
    engagement_changes: tuple[str, ...] = ()
    """What happens to its engagement after it began, but not because of what happens to the partner, in order."""
    session_changes: tuple[str, ...] = ()
    """What happens to a coaching session that is planned."""
    returned: frozenset[str] = frozenset()
    """Those who joined later, left, and are back."""
    changes: tuple[str, ...] = ()
    """What happens to the partner after its admission, in order."""
    reach: tuple[str, ...] = ()
    """Whether somebody who leads it can be written to, as notifications publishes it step by step."""

    def events(self) -> list[PublishedEvent]:
        people = [joined(leader, self.id, "leader") for leader in self.leaders]
        later = [event for id, role in self.late_people for event in self.guest_events(id, role)]
        events = [*people, self.admitted(), self.moved(self.leaders[0]), *later, *self.milestone_events()]
        events += [*self.invited(), *self.waiting(), *self.reach_events()]
        return [*events, *self.change_events(), *self.engagement_events(), *self.session_events()]

    @property
    def engagement_id(self) -> str:
        """Its engagement."""
        return f"eng_of_{self.id}"

    @property
    def has_a_successor(self) -> bool:
        """Whether another coach leads its engagement in the end."""
        return "coach_changed" in self.engagement_changes

    @property
    def engagement_life(self) -> list[tuple[str, bool]]:
        """What happens to its engagement, in order, and for each whether it is because of the partner."""
        own = ("activated", *self.engagement_changes)
        follows = {"open": WITH_PARTNER, "paused": {"departed": "closed"}, "closed": {}}[standing_after(own)]
        because = [follows[change] for change in self.changes if change in follows]
        return [*((change, False) for change in own), *((change, True) for change in because)]

    @property
    def engagement_standing(self) -> str:
        """Whether its engagement is open, paused or closed in the end."""
        return standing_after([change for change, _ in self.engagement_life])

    def happens_to_engagement(self, *changes: str) -> bool:
        """Whether one of these changes is part of its engagement's life."""
        return any(change in changes for change, _ in self.engagement_life)

    @property
    def departs(self) -> bool:
        """Whether the partnership ends."""
        return "departed" in self.changes

    @property
    def standing(self) -> set[str]:
        """The milestones that it has reached in the end."""
        return set(self.milestones) - self.reopened

    def moved(self, person_id: str) -> PublishedEvent:
        described = joined(person_id, self.id, "leader").data
        return published(
            "partners.person.changed", person_id, 2, **{**described, "email": f"{person_id}@moved.example"}
        )

    def guest_events(self, person_id: str, role: str) -> list[PublishedEvent]:
        arrival, gone = joined(person_id, self.id, role), self.left(person_id)
        back = [published("partners.person.returned", person_id, 3, **arrival.data)]
        return [arrival, gone, *(back if person_id in self.returned else [])]

    def left(self, person_id: str) -> PublishedEvent:
        return published("partners.person.left", person_id, 2, person_id=person_id, partner_id=self.id)

    def admitted(self) -> PublishedEvent:
        name, leaders = f"Region {self.id}", list(self.leaders)
        return published("partners.partner.admitted", self.id, partner_id=self.id, name=name, leader_ids=leaders)

    def change_events(self) -> list[PublishedEvent]:
        about = {"partner_id": self.id, "name": f"Region {self.id}"}
        return [
            published(f"partners.partner.{change}", self.id, number, **about)
            for number, change in enumerate(self.changes, 2)
        ]

    def reach_events(self) -> list[PublishedEvent]:
        return [
            published(f"notifications.recipient.{each}", f"rch_{self.id}", number, partner_id=self.id)
            for number, each in enumerate(self.reach, 1)
        ]

    def milestone_events(self) -> list[PublishedEvent]:
        events = []
        for id in self.milestones:
            about = {"milestone_id": id, "engagement_id": self.engagement_id, "partner_id": self.id,
                     "title": f"Title of {id}"}  # fmt: skip
            events.append(published("engagements.milestone.planned", id, 1, **about))
            events.append(published("engagements.milestone.at_risk", id, 2, **about, coach_id=COACH))
            events.append(published("engagements.milestone.missed", id, 3, **about, coach_id=COACH))
            events.append(published("engagements.milestone.reached", id, 4, **about, coach_id=COACH))
            if id in self.reopened:
                events.append(published("engagements.milestone.reopened", id, 5, **about, coach_id=COACH))
            if id in self.coached | self.retracted:
                events.append(self.held(id))
            if id in self.retracted:
                events.append(published("engagements.coaching.retracted", f"ses_of_{id}", 2, **self.session_about(id)))
        return events

    def held(self, milestone_id: str) -> PublishedEvent:
        return published("engagements.coaching.held", f"ses_of_{milestone_id}", **self.session_about(milestone_id))

    def session_about(self, milestone_id: str) -> dict[str, str]:
        about = {"session_id": f"ses_of_{milestone_id}", "partner_id": self.id, "milestone_id": milestone_id}
        return {**about, "coach_id": COACH, "engagement_id": self.engagement_id}

    def engagement_events(self) -> list[PublishedEvent]:
        events, coach_id = [], COACH
        for number, (change, with_partner) in enumerate(self.engagement_life, 3):
            coach_id = SUCCESSOR if change == "coach_changed" else coach_id
            about = {"engagement_id": self.engagement_id, "partner_id": self.id, "coach_id": coach_id,
                     "former_coach_id": COACH, "lead_coach_id": coach_id, "with_partner": with_partner}  # fmt: skip
            events.append(published(f"engagements.engagement.{change}", self.engagement_id, number, **about))
        return [*events, *([self.handed_over()] if self.has_a_successor else [])]

    def handed_over(self) -> PublishedEvent:
        id = f"cos_of_{self.id}"
        who = {"coach_id": SUCCESSOR, "former_coach_id": COACH, "partner_id": self.id}
        return published("engagements.coaching.handed_over", id, 2, session_id=id, **who, with_engagement=True)

    def session_events(self) -> list[PublishedEvent]:
        id = f"cos_planned_of_{self.id}"
        about = {"session_id": id, "engagement_id": self.engagement_id, "partner_id": self.id, "coach_id": COACH}
        changes = [(change, False) for change in self.session_changes]
        if self.happens_to_engagement("closed") and "cancelled" not in self.session_changes:
            changes.append(("cancelled", True))
        return [
            published(f"engagements.coaching.{change}", id, number, **about, milestone_id=None, with_engagement=ending)
            for number, (change, ending) in enumerate(changes, 2)
        ]

    def invited(self) -> list[PublishedEvent]:
        about = {"invitation_id": f"inv_of_{self.id}", "partner_id": self.id}
        happened = ("issued", *self.answers)
        return [
            published(
                f"camps.invitation.{each}",
                about["invitation_id"],
                number + 1,
                **about,
                **({"told_sequence": 1, "state": happened[number - 1]} if each == "camp_changed" else {}),
            )
            for number, each in enumerate(happened)
        ]

    def waiting(self) -> list[PublishedEvent]:
        about = {"invitation_id": f"inv_waiting_{self.id}", "partner_id": self.id}
        return [
            published(f"camps.waitlist.{each}", about["invitation_id"], number, **about)
            for number, each in enumerate(self.waits, 1)
        ]

    def letters_about(self, invitation_id: str, *, asking: int) -> list[PublishedEvent]:
        """The events about the letters of its invitation, written because of the event number `asking` of it."""
        about = {"partner_id": self.id, "about_kind": "invitation", "about_id": invitation_id, "about_sequence": asking}
        events = []
        for number, states in enumerate(self.delivery_states):
            id = self._letter(number)
            for sequence, state in enumerate(states, start=10 * asking):
                type = f"notifications.delivery.{'uncertain' if state == 'uncertain' else 'settled'}"
                events.append(published(type, id, sequence, delivery_id=id, state=state, **about))
        return events

    @property
    def letters_end(self) -> dict[str, str]:
        """The final state of each of those letters."""
        return {self._letter(number): states[-1] for number, states in enumerate(self.delivery_states)}

    def _letter(self, number: int) -> str:
        return f"dlv_{number}_{self.id}"


@dataclass(frozen=True, kw_only=True)
class History:
    """The partners, and the capacity of the camp they are invited to."""

    partners: tuple[Partner, ...]
    capacity: int

    def events(self) -> list[PublishedEvent]:
        """Every event that no other event causes, in order."""
        of_partners = (event for partner in self.partners for event in partner.events())
        return [joined(COACH, None, "coach"), joined(SUCCESSOR, None, "coach"), *of_partners]

    def consequences(self, event: PublishedEvent) -> list[PublishedEvent]:
        """The events that are published because of an event."""
        if event.type not in ASKED:
            return []
        (partner,) = (each for each in self.partners if each.id == event.data["partner_id"])
        return partner.letters_about(event.data["invitation_id"], asking=event.sequence)


def standing_after(changes: Sequence[str]) -> str:
    """The standing of an engagement after these changes."""
    return [STANDINGS[change] for change in changes if change in STANDINGS][-1]


def joined(id: str, partner_id: str | None, role: str) -> PublishedEvent:
    return published("partners.person.joined", id, person_id=id, partner_id=partner_id, role=role, name=f"Name of {id}")


@st.composite
def _partners(draw: st.DrawFn, number: int) -> Partner:
    later = draw(st.lists(st.sampled_from(("leader", "improver", "delegate")), max_size=2))
    milestones = tuple(f"mst_{number}_{each}" for each in range(draw(st.integers(0, 3))))
    ends = draw(st.lists(st.sampled_from(("reached", "reopened", "coached", "retracted")), min_size=3, max_size=3))
    changes = draw(st.sampled_from(CHANGES))
    engagement_changes = draw(st.sampled_from(ENGAGEMENT_CHANGES))
    ends_early = "departed" in changes or engagement_changes[-1:] == ("closed",)
    late_people = tuple((f"per_late_{number}_{each}", role) for each, role in enumerate(later))
    return Partner(
        id=f"prt_{number}",
        leaders=tuple(f"per_{number}_{each}" for each in range(draw(st.integers(1, 2)))),
        late_people=late_people,
        returned=frozenset(id for id, _ in late_people if draw(st.booleans())),
        milestones=milestones,
        delivery_states=tuple(draw(st.lists(st.sampled_from(DELIVERY_STATES), max_size=2))),
        reopened=frozenset(id for id, end in zip(milestones, ends, strict=False) if end == "reopened"),
        coached=frozenset(id for id, end in zip(milestones, ends, strict=False) if end == "coached" and not ends_early),
        retracted=frozenset(id for id, end in zip(milestones, ends, strict=False) if end == "retracted"),
        answers=draw(st.sampled_from(ANSWERS)),
        waits=draw(st.sampled_from(WAITS)),
        engagement_changes=engagement_changes,
        session_changes=draw(st.sampled_from(SESSION_CHANGES)),
        changes=changes,
    )


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Up to three partners, and a camp that may be too small for them."""
    partners = tuple(draw(_partners(number)) for number in range(draw(st.integers(1, 3))))
    return History(partners=partners, capacity=draw(st.sampled_from((120, 9, 4))))
