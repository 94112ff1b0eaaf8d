"""The working version of a camp's programme: rooms and slots that are arranged until they are released."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import partial

from chassis.domain.aggregate import Aggregate
from chassis.domain.errors import Conflict as Refusal
from chassis.domain.errors import Invalid
from chassis.domain.transitions import Transition, refuse_unless_possible
from services.camps.model.camp import Camp
from services.camps.model.programme.conflicts import Conflict
from services.camps.model.programme.release import Acknowledgement, ProgrammeRelease, ReleasedSlot
from services.camps.model.programme.session import Session
from services.camps.model.programme.slots import PlacedSlot, Room, Slot


class ProgrammeState(StrEnum):
    """Whether the working version is what everybody has."""

    UNRELEASED = "unreleased"
    CHANGED = "changed"
    RELEASED = "released"


UNRELEASED, CHANGED, RELEASED = ProgrammeState
EVERY = tuple(ProgrammeState)
_row = partial(Transition, aggregate="programme")
TRANSITIONS = (
    _row(operation="arrange_programme", from_states=EVERY, to=(UNRELEASED, CHANGED), way_back="arrange_programme"),
    _row(operation="arrange_programme", from_states=(), to=(UNRELEASED,), way_back="arrange_programme"),
    _row(operation="acknowledge_warnings", from_states=EVERY, to=EVERY, way_back="withdraw_acknowledgements"),
    _row(operation="withdraw_acknowledgements", from_states=EVERY, to=EVERY, way_back="acknowledge_warnings"),
    _row(
        operation="release_programme",
        from_states=EVERY,
        to=(RELEASED,),
        way_back="Who has been told cannot be made not to know; what is otherwise is released as the next number.",
    ),
)


class TwoRoomsOfOneName(Invalid):
    """Each room has a name of its own."""


class NoSuchRoom(Invalid):
    """A slot is in one of the rooms."""


class PlacedTwice(Invalid):
    """A session has one slot."""


class EndsBeforeItBegins(Invalid):
    """A slot ends after it begins, on the same day."""


class ProgrammeInConflict(Refusal):
    """A programme is released without anything that cannot be."""


class WarningsNotAcknowledged(Refusal):
    """A programme is released once somebody has said, by name, that they have seen each warning."""


class NothingToRelease(Refusal):
    """A programme is released when something is otherwise than in the last release."""


class StillTelling(Refusal):
    """A programme is released when everybody whom the last release concerns has been written to."""


BY_LAW = "camps"
"""By whom is released what another law of zones moves: the service, of its own accord."""


@dataclass(kw_only=True)
class Programme(Aggregate):
    """What is arranged for a camp, under the camp's id, and the number of its last release."""

    lifecycle = TRANSITIONS

    camp_id: str
    rooms: list[Room] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    acknowledgements: list[Acknowledgement] = field(default_factory=list)
    state: ProgrammeState = ProgrammeState.UNRELEASED
    release_number: int = 0

    def arrange(self, *, rooms: Sequence[Room] | None, slots: Sequence[Slot] | None) -> bool:
        """Put other rooms or slots in place of what there is; gives whether anything differs.

        Raises TwoRoomsOfOneName, NoSuchRoom, PlacedTwice and EndsBeforeItBegins; conflicts are shown, not refused.
        """
        after = list(self.rooms if rooms is None else rooms), list(self.slots if slots is None else slots)
        if after == (self.rooms, self.slots):
            return False
        _refuse_what_is_no_arrangement(*after)
        self.rooms, self.slots = after
        self.state = ProgrammeState.CHANGED if self.release_number else ProgrammeState.UNRELEASED
        return True

    def placed(self, camp: Camp) -> list[PlacedSlot]:
        """Give its slots with their instants, as the camp's zone is now."""
        return [slot.in_zone(camp.zone) for slot in self.slots]

    def acknowledge(self, keys: Collection[str], *, by: str, at: datetime) -> None:
        """Keep who has seen these warnings; of those that were acknowledged before, the first stays."""
        known = {each.key for each in self.acknowledgements}
        self.acknowledgements += [Acknowledgement(key=key, by=by, at=at) for key in keys if key not in known]

    def withdraw_acknowledgements(self, keys: Collection[str]) -> None:
        """Keep of these warnings that nobody has seen them."""
        self.acknowledgements = [each for each in self.acknowledgements if each.key not in keys]

    def release(
        self,
        before: ProgrammeRelease | None,
        *,
        id: str,
        camp: Camp,
        sessions: Mapping[str, Session],
        conflicts: Sequence[Conflict],
        by: str,
        at: datetime,
    ) -> ProgrammeRelease:
        """Freeze it as the next release.

        Raises ProgrammeInConflict, WarningsNotAcknowledged and NothingToRelease.
        """
        refuse_unless_possible(TRANSITIONS, "release_programme", state=self.state, about=f"programme of {self.camp_id}")
        self._refuse_conflicts(conflicts)
        seen = {each.key: each for each in self.acknowledgements}
        slots = [ReleasedSlot.of(slot, sessions[slot.session_id]) for slot in self.placed(camp)]
        release = ProgrammeRelease.after(before, id=id, camp=camp, rooms=self.rooms, slots=slots, by=by, at=at,
                                         acknowledgements=[seen[each.key] for each in conflicts])  # fmt: skip
        if not release.differs_from(before):
            raise NothingToRelease(f"release {self.release_number} of the programme of {self.camp_id} says the same")
        self.state, self.release_number = ProgrammeState.RELEASED, release.number
        return release

    def follow_the_law(
        self, before: ProgrammeRelease, *, id: str, camp: Camp, law: str, at: datetime
    ) -> ProgrammeRelease | None:
        """Release what was released last again where another law of zones has moved its instants; else give None.

        Its hours stay, as the clocks at the camp show them. What is arranged and not released is not released by that.
        """
        slots = [slot.by_the_law_of(camp.zone) for slot in before.slots]
        if slots == before.slots:
            return None
        release = ProgrammeRelease.after(before, id=id, camp=camp, rooms=before.rooms, slots=slots, by=BY_LAW, at=at,
                                         acknowledgements=before.acknowledgements, zone_law=law)  # fmt: skip
        self.release_number = release.number
        return release

    def _refuse_conflicts(self, conflicts: Sequence[Conflict]) -> None:
        fatal = [f"{each.pointer}: {each.detail}" for each in conflicts if each.is_fatal]
        if fatal:
            raise ProgrammeInConflict(f"{len(fatal)} cannot be: {'; '.join(fatal[:SHOWN])}")
        seen = {each.key for each in self.acknowledgements}
        unseen = [each.key for each in conflicts if each.key not in seen]
        if unseen:
            raise WarningsNotAcknowledged(f"{len(unseen)} are not acknowledged: {', '.join(unseen[:SHOWN])}")


SHOWN = 5
"""How many conflicts an error names; all are shown by the list of conflicts."""


def _refuse_what_is_no_arrangement(rooms: Sequence[Room], slots: Sequence[Slot]) -> None:
    names = [room.name for room in rooms]
    for name, number in Counter(names).items():
        if number > 1:
            detail = f"Another name is expected; got '{name}' twice"
            raise TwoRoomsOfOneName.at(f"/rooms/{len(names) - 1 - names[::-1].index(name)}/name", "taken", detail)
    placed: set[str] = set()
    for place, slot in enumerate(slots):
        _refuse_a_slot_that_cannot_be(slot, place, names=names, placed=placed)
        placed.add(slot.session_id)


def _refuse_a_slot_that_cannot_be(slot: Slot, place: int, *, names: Sequence[str], placed: Collection[str]) -> None:
    if slot.room not in names:
        detail = f"One of the rooms ({', '.join(names) or 'there is none'}) is expected; got '{slot.room}'"
        raise NoSuchRoom.at(f"/slots/{place}/room", "unknown", detail)
    if slot.session_id in placed:
        detail = f"A session without a slot is expected; got '{slot.session_id}' again"
        raise PlacedTwice.at(f"/slots/{place}/session_id", "taken", detail)
    if slot.ends <= slot.starts:
        detail = f"An hour after {slot.starts} (starts) is expected; got '{slot.ends}'"
        raise EndsBeforeItBegins.at(f"/slots/{place}/ends", "before_start", detail)
