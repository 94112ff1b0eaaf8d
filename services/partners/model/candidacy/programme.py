"""How many partners the programme carries, and who waits for a place in it, decided on one document."""

from dataclasses import dataclass, field

from chassis.domain.aggregate import Aggregate
from chassis.domain.errors import Conflict, Invalid
from services.partners.model.candidacy.candidate_lifecycle import NobodyNeedsToWait

THE_PROGRAMME = "programme"
"""The id of the only one there is."""
NO_LIMIT = 0


class ProgrammeIsFull(Conflict):
    """The programme carries as many partners as it can."""


class PlaceIsAnothers(Conflict):
    """A place that is free belongs to whoever waits first."""


class NoSuchPlace(Invalid):
    """The list has as many places as candidates."""


@dataclass(kw_only=True)
class Programme(Aggregate):
    """The programme as one document, which each admission writes while there is a limit, and each change of the list.

    So of two at once the later sees the earlier. `carried` is how many partners are in it, resting ones included.
    """

    capacity: int = NO_LIMIT
    """How many partners are in it at most."""
    waiting: list[str] = field(default_factory=list)
    """The ids of the candidates that wait, the first first."""

    @property
    def is_limited(self) -> bool:
        """Whether there is a limit."""
        return self.capacity != NO_LIMIT

    def is_over(self, carried: int) -> bool:
        """Whether it carries more than it can, as after its capacity was lowered: nobody leaves because of that."""
        return self.is_limited and carried > self.capacity

    def has_place_for(self, place: int, *, carried: int) -> bool:
        """Whether whoever is at a place of the list, 1 for the first, can be admitted now."""
        return not self.is_limited or place <= self.capacity - carried

    def refuse_another(self, carried: int, *, candidate_id: str | None = None) -> None:
        """Raise ProgrammeIsFull, or PlaceIsAnothers, unless there is a place for this candidate, or somebody else.

        Whoever does not wait comes behind all those who do.
        """
        ahead = self.waiting.index(candidate_id) if candidate_id in self.waiting else len(self.waiting)
        if self.has_place_for(ahead + 1, carried=carried):
            return
        there_are = f"the programme carries {carried} partners, and {self.capacity} is its capacity"
        if carried >= self.capacity:
            raise ProgrammeIsFull(f"{there_are}: a partner that fits can become a candidate, and wait for a place")
        raise PlaceIsAnothers(
            f"{there_are}, and {ahead} wait before it: admit those first, or move it on the list, for a reason"
        )

    def refuse_who_need_not_wait(self, candidate_id: str, *, carried: int) -> None:
        """Raise NobodyNeedsToWait where there is a place for this candidate of the list."""
        if self.has_place_for(self.waiting.index(candidate_id) + 1, carried=carried):
            limit = f"{self.capacity} is its capacity" if self.is_limited else "there is no limit"
            raise NobodyNeedsToWait(f"the programme carries {carried} partners, and {limit}: it can be admitted now")

    def put(self, candidate_id: str, *, place: int | None = None) -> int:
        """Put a candidate at a place, as far as the list has one, or else behind all others; gives where it is."""
        at = len(self.waiting) if place is None else min(place - 1, len(self.waiting))
        self.waiting.insert(at, candidate_id)
        return at + 1

    def move(self, candidate_id: str, *, place: int) -> None:
        """Have a candidate of the list at another place of it; raises NoSuchPlace."""
        if place > len(self.waiting):
            detail = f"A place from 1 to {len(self.waiting)} is expected; got {place}"
            raise NoSuchPlace.at("/place", "out_of_range", detail)
        self.waiting.remove(candidate_id)
        self.put(candidate_id, place=place)

    def take_off(self, candidate_id: str) -> None:
        """Have a candidate on the list no more."""
        self.waiting.remove(candidate_id)
