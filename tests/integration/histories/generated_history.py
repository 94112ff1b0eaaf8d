"""Generates valid histories: the events that all other services publish, made from the examples of their contracts."""

from dataclasses import dataclass, replace

from hypothesis import strategies as st

from tests.integration.histories.coached_partner import ENGAGEMENT_CHANGES, SESSION_CHANGES
from tests.integration.histories.measuring_partner import GAP_CHANGES, LAPSES
from tests.integration.histories.partner_at_camp import (
    CAMP_CHANGES,
    DELEGATE_CHANGES,
    MOST_RELEASES,
    PartnerAtCamp,
    camp_announced,
    camp_events,
)
from tests.integration.histories.published_event import COACH, SUCCESSOR, PublishedEvent, joined, published

CHANGES = (
    (), ("profile_changed",), ("paused", "resumed", "paused"), ("paused", "resumed", "paused", "resumed"),
    ("departed",), ("paused", "departed"), ("paused", "profile_changed", "resumed", "departed"),
)  # fmt: skip
"""What can happen to a partner, as the keys of the events that partners publishes."""
DELIVERY_STATES = (("sent",), ("failed",), ("uncertain",), ("uncertain", "sent"), ("uncertain", "failed"))
"""The states a letter can go through, as notifications publishes them."""
ASKED = ("camps.invitation.issued", "camps.waitlist.promoted")
"""The events by which a partner is invited."""
IT_TAKES_PLACE = {"told_sequence": 1, "postponed_because": None}
"""Of a change of a camp whose days are known; that of one that is postponed is shown by test_camps_change."""
ANSWERS = (
    (), ("accepted",), ("declined",), ("accepted", "declined"), ("withdrawn",), ("declined", "withdrawn"),
    ("tentative", "declined", "answer_undone"), ("tentative", "expired"), ("camp_changed",),
    ("accepted", "camp_changed"), ("camp_changed", "declined", "camp_changed"), ("camp_changed", "withdrawn"),
)  # fmt: skip
"""What can happen to an invitation."""
WAITS = (
    ("joined", "promoted"), ("joined", "left"), ("joined", "left", "joined", "promoted"), ("joined", "reduced"),
    ("joined", "reduced", "promoted"), ("joined", "reduced", "left", "joined", "reduced"),
)  # fmt: skip
"""What can happen to an invitation for which there are no seats at first."""


@dataclass(frozen=True, kw_only=True)
class Partner(PartnerAtCamp):
    """A partner with those who lead it, those who join it later, and what it is invited to."""

    leaders: tuple[str, ...]
    late_people: tuple[tuple[str, str], ...]
    delivery_states: tuple[tuple[str, ...], ...]
    """The states of each letter about its invitation."""
    answers: tuple[str, ...] = ()
    """What happens to its invitation, in order."""
    waits: tuple[str, ...] = ("joined", "promoted")
    """What happens to another invitation, for which it waits, in order."""
    returned: frozenset[str] = frozenset()
    """Those who joined later, left, and are back."""
    reach: tuple[str, ...] = ()
    """Whether somebody who leads it can be written to, as notifications publishes it step by step."""

    def events(self) -> list[PublishedEvent]:
        people = [joined(leader, self.id, "leader") for leader in self.leaders]
        later = [event for id, role in self.late_people for event in self.guest_events(id, role)]
        events = [*people, self.admitted(), self.moved(self.leaders[0]), *later, *self.milestone_events()]
        events += [*self.invited(), *self.waiting(), *self.reach_events()]
        activated, *stood = self.engagement_events()
        events += [*self.change_events(), activated, *self.restored_events()]
        events += [*self.delegate_events(), *self.release_events()]
        return [*events, *self.measure_events(), *stood, *self.session_events()]

    @property
    def departs(self) -> bool:
        """Whether the partnership ends."""
        return "departed" in self.changes

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

    def invited(self) -> list[PublishedEvent]:
        about = {"invitation_id": f"inv_of_{self.id}", "partner_id": self.id}
        happened = ("issued", *self.answers)
        return [
            published(
                f"camps.invitation.{each}",
                about["invitation_id"],
                number + 1,
                **about,
                **({**IT_TAKES_PLACE, "state": happened[number - 1]} if each == "camp_changed" else {}),
            )
            for number, each in enumerate(happened)
        ]

    def waiting(self) -> list[PublishedEvent]:
        about = {"invitation_id": f"inv_waiting_{self.id}", "partner_id": self.id}
        return [
            published(
                f"camps.waitlist.{each}",
                about["invitation_id"],
                number,
                **about,
                **({"told_sequence": number - 1} if each == "reduced" else {}),
            )
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
                event = published(type, id, sequence, delivery_id=id, state=state, **about)
                events.append(replace(event, id=f"{event.id}_{invitation_id}"))
        return events

    @property
    def letters_end(self) -> dict[str, str]:
        """The final state of each of those letters."""
        return {self._letter(number): states[-1] for number, states in enumerate(self.delivery_states)}

    def _letter(self, number: int) -> str:
        return f"dlv_{number}_{self.id}"


@dataclass(frozen=True, kw_only=True)
class History:
    """The partners, and the capacity of the camp they are invited to, which may be cancelled for another one."""

    partners: tuple[Partner, ...]
    capacity: int
    is_cancelled: bool = False
    camp_changes: tuple[str, ...] = ()
    """What happens to another camp, to which people come by name, in order."""

    def events(self) -> list[PublishedEvent]:
        """Every event that no other event causes, in order."""
        of_partners = (event for partner in self.partners for event in partner.events())
        coaches = [joined(COACH, None, "coach"), joined(SUCCESSOR, None, "coach")]
        return [*coaches, camp_announced(), *of_partners, *camp_events(self.camp_changes)]

    def consequences(self, event: PublishedEvent) -> list[PublishedEvent]:
        """The events that are published because of an event."""
        if event.type not in ASKED:
            return []
        (partner,) = (each for each in self.partners if each.id == event.data["partner_id"])
        return partner.letters_about(event.data["invitation_id"], asking=event.sequence)


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
        rescheduled=frozenset(id for id in milestones if draw(st.booleans())),
        dropped=draw(st.sampled_from([(), (f"mst_{number}_dropped",)])),
        restored=draw(st.sampled_from([frozenset(), frozenset({f"mst_{number}_dropped"})])),
        retracted=frozenset(id for id, end in zip(milestones, ends, strict=False) if end == "retracted"),
        answers=draw(st.sampled_from(ANSWERS)),
        waits=draw(st.sampled_from(WAITS)),
        engagement_changes=engagement_changes,
        session_changes=draw(st.sampled_from(SESSION_CHANGES)),
        changes=changes,
        gap_changes=draw(st.sampled_from(GAP_CHANGES)),
        lapses=draw(st.sampled_from(LAPSES)),
        delegate_changes=draw(st.sampled_from(DELEGATE_CHANGES)),
        releases=draw(st.integers(0, MOST_RELEASES)),
    )


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Up to three partners, and a camp that may be too small for them."""
    partners = tuple(draw(_partners(number)) for number in range(draw(st.integers(1, 3))))
    capacity, is_cancelled = draw(st.sampled_from((120, 9, 4))), draw(st.sampled_from((False, False, True)))
    camp_changes = draw(st.sampled_from(CAMP_CHANGES))
    return History(partners=partners, capacity=capacity, is_cancelled=is_cancelled, camp_changes=camp_changes)
