"""Where a delegate takes part: as the mode of their camp lets them."""

from collections.abc import Mapping
from enum import StrEnum

from chassis.domain.errors import Invalid
from services.camps.model.camp import Camp
from services.camps.model.camp_mode import CampMode


class Attends(StrEnum):
    """Where a delegate takes part."""

    IN_PERSON = "in_person"
    REMOTE = "remote"


POSSIBLE: Mapping[CampMode, tuple[Attends, ...]] = {
    CampMode.IN_PERSON: (Attends.IN_PERSON,),
    CampMode.HYBRID: (Attends.IN_PERSON, Attends.REMOTE),
    CampMode.ONLINE: (Attends.REMOTE,),
}
"""Where one can take part; the first is where somebody does of whom it is not said."""


class CampTakesPlaceOtherwise(Invalid):
    """Nobody takes part where the camp does not take place: in the hall of an online one, or from afar in a hall."""


def possible_way(attends: Attends | None, *, camp: Camp) -> Attends:
    """Give where somebody takes part, as asked or as is usual; raises CampTakesPlaceOtherwise."""
    possible = POSSIBLE[camp.mode]
    if attends is not None and attends not in possible:
        detail = f"{possible[0]} is expected, for the camp is {camp.mode}; got '{attends}'"
        raise CampTakesPlaceOtherwise.at("/attends", "not_possible", detail)
    return attends or possible[0]


def nearest_way(attends: Attends, *, camp: Camp) -> Attends:
    """Give where somebody takes part who would do so like this: like this, or as the camp lets them."""
    return attends if attends in POSSIBLE[camp.mode] else POSSIBLE[camp.mode][0]
