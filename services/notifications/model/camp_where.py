"""Where a camp is and how it is attended, as letters and diaries say it."""

from dataclasses import dataclass

IN_PERSON, HYBRID, ONLINE = "in_person", "hybrid", "online"
"""How a camp is attended: at its place, as each likes, or online."""


@dataclass(frozen=True, kw_only=True)
class Venue:
    """The house in which a camp is."""

    name: str
    address: str | None = None


@dataclass(frozen=True, kw_only=True)
class Where:
    """Where a camp is; that of which nobody said how it is attended is in person."""

    place: str
    mode: str = IN_PERSON
    venue: Venue | None = None

    def is_remote(self, *, chosen: bool = False) -> bool:
        """Whether somebody takes part from where they are, who has chosen to do so or not."""
        return self.mode == ONLINE or (self.mode == HYBRID and chosen)

    def location(self, *, remote: bool = False) -> str:
        """Give where a diary says that it is, for somebody who takes part remotely or not."""
        if self.is_remote(chosen=remote):
            return "Online"
        house = (self.venue.name, self.venue.address) if self.venue else ()
        return ", ".join(part for part in (*house, self.place) if part)

    def shown(self) -> dict[str, object]:
        """Give what letters say of it."""
        return {"place": self.place, "mode": self.mode, "venue": self.venue}
