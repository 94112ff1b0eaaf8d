"""How a camp is attended, and in which house."""

from enum import StrEnum

from chassis.domain.errors import Invalid
from services.camps.events.camp import Venue


class CampMode(StrEnum):
    """How a camp is attended: at its place, online, or as each likes."""

    IN_PERSON = "in_person"
    HYBRID = "hybrid"
    ONLINE = "online"


class VenueOfAnOnlineCamp(Invalid):
    """A camp that takes place online has no venue."""


def refuse_a_venue_online(mode: CampMode, venue: Venue | None) -> None:
    """Raise VenueOfAnOnlineCamp for a house where nobody is expected."""
    if mode is CampMode.ONLINE and venue is not None:
        detail = f"null is expected, for the camp is online; got '{venue.name}'"
        raise VenueOfAnOnlineCamp.at("/venue", "not_allowed", detail)
