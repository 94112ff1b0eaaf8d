"""Telling of a release: every delegate whom it concerns hears of it once, some at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chassis.domain.aggregate import Aggregate
from services.camps.events import programme as events
from services.camps.model.camp import Camp
from services.camps.model.delegations.delegate import Delegate
from services.camps.model.delegations.delegate_lifecycle import DelegateState
from services.camps.model.programme.release import Difference, ProgrammeRelease, ReleasedSlot


@dataclass(frozen=True, kw_only=True)
class Telling:
    """A release beside the one before: what each who presents is to be told."""

    release: ProgrammeRelease
    before: ProgrammeRelease | None

    def after(self, number: int) -> "Telling":
        """Give the same for who was told of release `number` last, or of none at 0: who missed one, as it stands."""
        is_next = self.before is not None and self.before.number == number
        return self if is_next else replace(self, before=None)

    def slots_of(self, delegate_id: str) -> list[events.OwnSlot]:
        """Give what somebody presents or presented, by the hour, and how it stands now."""
        was, now = (_presented_by(delegate_id, each.slots if each else ()) for each in (self.before, self.release))
        gone = [_own(slot, Difference.CANCELLED) for id, slot in was.items() if id not in now]
        here = [_own(slot, _difference(was.get(id), slot)) for id, slot in now.items()]
        return sorted([*here, *gone], key=lambda each: (each.starts_at, each.session_id))

    def concerns(self, slots: Iterable[events.OwnSlot]) -> bool:
        """Whether somebody with these slots is told: of the first release everybody is."""
        return self.before is None or any(each.difference != Difference.SAME for each in slots)


@dataclass(kw_only=True)
class ProgrammeReader(Aggregate):
    """Of which release a delegate needs to be told no more, under their id: 0 as long as they have none."""

    camp_id: str
    number: int = 0


@dataclass(kw_only=True)
class ProgrammeMailing(Aggregate):
    """How far the telling of a release is: every delegate up to the id `after` was looked at."""

    camp_id: str
    release_id: str
    number: int
    after: str = ""
    is_done: bool = False

    def tell(
        self, delegates: Sequence[Delegate], *, readers: Mapping[str, ProgrammeReader], of: Telling, camp: Camp
    ) -> None:
        """Tell those of some delegates whom the release concerns; with none left it is done.

        Who has missed a release is given it as it stands, once it is sure that they come or if they present something.
        """
        for delegate in delegates:
            self._look_at(delegate, readers[delegate.id], of, camp)
        self.is_done = not delegates
        self.after = delegates[-1].id if delegates else self.after

    def give(self, delegate: Delegate, *, reader: ProgrammeReader, of: Telling, camp: Camp) -> bool:
        """Tell somebody who comes of the release as it stands; False when they have it."""
        if reader.number >= self.number:
            return False
        whole = replace(of, before=None)
        self.record(self._affects(delegate, whole.slots_of(delegate.id), camp, as_it_stands=True))
        reader.number = self.number
        return True

    def _look_at(self, delegate: Delegate, reader: ProgrammeReader, of: Telling, camp: Camp) -> None:
        to_them = of.after(reader.number)
        slots = to_them.slots_of(delegate.id)
        has_missed = to_them != of
        waits = has_missed and not slots and delegate.state is not DelegateState.CONFIRMED
        if waits or reader.number >= self.number:
            return
        if to_them.concerns(slots):
            self.record(self._affects(delegate, slots, camp, as_it_stands=to_them.before is None,
                                      zone_law=None if has_missed else of.release.zone_law))  # fmt: skip
        reader.number = self.number

    def _affects(
        self,
        delegate: Delegate,
        slots: list[events.OwnSlot],
        camp: Camp,
        *,
        as_it_stands: bool,
        zone_law: str | None = None,
    ) -> events.DelegateAffected:
        return events.DelegateAffected(mailing_id=self.id, release_id=self.release_id, number=self.number,
                                       camp_id=camp.id, camp_title=camp.title, camp_zone=camp.zone,
                                       ends_at=camp.ends_at(), delegate_id=delegate.id, person_id=delegate.person_id,
                                       partner_id=delegate.partner_id, name=delegate.name, email=delegate.email,
                                       language=delegate.language, zone=delegate.zone, slots=slots,
                                       as_it_stands=as_it_stands, zone_law=zone_law)  # fmt: skip


def _presented_by(delegate_id: str, slots: Iterable[ReleasedSlot]) -> Mapping[str, ReleasedSlot]:
    return {slot.session_id: slot for slot in slots if delegate_id in slot.presenter_ids}


def _difference(was: ReleasedSlot | None, now: ReleasedSlot) -> Difference:
    if was is None:
        return Difference.NEW
    return Difference.SAME if was.place == now.place else Difference.MOVED


def _own(slot: ReleasedSlot, difference: Difference) -> events.OwnSlot:
    return events.OwnSlot(session_id=slot.session_id, title=slot.title, room=slot.room,
                          starts_at=_written(slot.starts_at), ends_at=_written(slot.ends_at),
                          difference=difference)  # fmt: skip


def _written(instant: datetime) -> str:
    """Write an instant of a slot, which is a whole minute in UTC, as events do: within a list nothing else does."""
    return f"{instant:%Y-%m-%dT%H:%M:%S}.000Z"
