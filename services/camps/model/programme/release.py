"""A release of a programme: numbered, never changed, with what is otherwise than in the one before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from chassis.domain.aggregate import INTERNAL, Aggregate
from services.camps.events import programme as events
from services.camps.model.camp import Camp
from services.camps.model.programme.session import Session
from services.camps.model.programme.slots import PlacedSlot, Room, Slot


class Difference(StrEnum):
    """How a session stands in a release, compared with the one before."""

    NEW = "new"
    MOVED = "moved"
    SAME = "same"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True)
class ReleasedSlot(PlacedSlot):
    """A slot as it was released, with what its session was called, whose it was and who presented it then."""

    title: str
    kind: str
    partner_id: str | None
    presenter_ids: list[str]

    @classmethod
    def of(cls, slot: PlacedSlot, session: Session) -> "ReleasedSlot":
        """Give a slot with what is said of its session now."""
        return cls(**vars(slot), title=session.title, kind=session.kind, partner_id=session.partner_id,
                   presenter_ids=list(session.presenter_ids))  # fmt: skip

    @property
    def place(self) -> tuple[str, datetime, datetime]:
        """Where and when it is: otherwise than before, it is moved."""
        return self.room, self.starts_at, self.ends_at

    def by_the_law_of(self, zone: str) -> "ReleasedSlot":
        """Give it with the instants that its hours are in a zone by the law that is known now."""
        slot = Slot(session_id=self.session_id, room=self.room, day=self.day, starts=self.starts, ends=self.ends)
        placed = slot.in_zone(zone)
        return replace(self, starts_at=placed.starts_at, ends_at=placed.ends_at)


@dataclass(frozen=True, kw_only=True)
class Move:
    """A session that is elsewhere, or at another time, than in the release before."""

    session_id: str
    room_before: str
    starts_at_before: datetime


@dataclass(frozen=True, kw_only=True)
class Acknowledgement:
    """That somebody has seen a warning and releases all the same."""

    key: str
    by: str
    at: datetime


@dataclass(kw_only=True)
class ProgrammeRelease(Aggregate):
    """One release of a camp's programme, as it was then."""

    camp_id: str
    number: int
    zone: str
    released_by: str
    released_at: datetime
    rooms: list[Room]
    slots: list[ReleasedSlot]
    new: list[str]
    moved: list[Move]
    cancelled: list[str]
    """The sessions that are new, moved, and not in it any more, compared with the release before."""
    acknowledgements: list[Acknowledgement]
    """Of each warning there was: who has seen it, and when."""
    no_more: list[ReleasedSlot] = field(default_factory=list, metadata=INTERNAL)
    """What earlier releases had and this one has not, as it was last: calendars show it as cancelled."""
    zone_law: str | None = field(default=None, metadata=INTERNAL)
    """The release of the time zone database that moved its instants, where nothing else is otherwise."""

    @classmethod
    def after(
        cls,
        before: "ProgrammeRelease | None",
        *,
        id: str,
        camp: Camp,
        rooms: Sequence[Room],
        slots: Sequence[ReleasedSlot],
        acknowledgements: Sequence[Acknowledgement],
        by: str,
        at: datetime,
        zone_law: str | None = None,
    ) -> "ProgrammeRelease":
        """Release slots, as the first programme of a camp or after an earlier one."""
        was, now = _by_session(before.slots if before else ()), _by_session(slots)
        no_more = {**_by_session(before.no_more if before else ()), **was}
        release = cls(
            id=id,
            camp_id=camp.id,
            number=before.number + 1 if before else 1,
            zone=camp.zone,
            released_by=by,
            released_at=at,
            rooms=list(rooms),
            slots=sorted(slots, key=lambda each: (each.starts_at, each.room)),
            new=[each for each in now if each not in was],
            moved=[_moved(was[each]) for each in now if each in was and was[each].place != now[each].place],
            cancelled=[each for each in was if each not in now],
            acknowledgements=list(acknowledgements),
            no_more=[slot for each, slot in no_more.items() if each not in now],
            zone_law=zone_law,
        )
        release.record(release._released(camp))
        return release

    def differs_from(self, before: "ProgrammeRelease | None") -> bool:
        """Whether anything in it is otherwise than in the release before, if only what a session is called."""
        return before is None or (self.rooms, self.slots, self.zone) != (before.rooms, before.slots, before.zone)

    def is_within_days_of(self, camp: Camp) -> bool:
        """Whether all of it is while the camp is, as its days are known now: a camp may have been moved since."""
        return all(camp.begins_at() <= each.starts_at and each.ends_at <= camp.ends_at() for each in self.slots)

    def _released(self, camp: Camp) -> events.ProgrammeReleased:
        return events.ProgrammeReleased(camp_id=self.camp_id, release_id=self.id, number=self.number,
                                        camp_title=camp.title, zone=self.zone, new=self.new,
                                        moved=[each.session_id for each in self.moved],
                                        cancelled=self.cancelled, zone_law=self.zone_law)  # fmt: skip


def _by_session(slots: Sequence[ReleasedSlot]) -> Mapping[str, ReleasedSlot]:
    return {slot.session_id: slot for slot in slots}


def _moved(slot: ReleasedSlot) -> Move:
    return Move(session_id=slot.session_id, room_before=slot.room, starts_at_before=slot.starts_at)
