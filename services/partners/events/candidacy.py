"""What happens to partners that wait for a place in the programme."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, TypedDict

from chassis.domain.aggregate import Event, Keywords

Place = Annotated[int, Keywords(minimum=1), "its place on the list, 1 for the first"]


class OfCandidate(TypedDict):
    """Which candidate it is, and which partner that is: the members of `CandidacyEvent`."""

    candidate_id: str
    partner_id: str


@dataclass(frozen=True, kw_only=True)
class CandidacyEvent(Event):
    """Something happened to a candidate."""

    candidate_id: Annotated[str, "the candidate; also the event's subject"]
    partner_id: Annotated[str, "the partner that waits"]


@dataclass(frozen=True, kw_only=True)
class CandidacyBegun(CandidacyEvent):
    """A partner that fits waits for a place in the programme; published again when it waits again."""

    type = "partners.candidacy.begun"

    place: Place
    reason: Annotated[str, "why it is to be in the programme, or why it waits again"]


@dataclass(frozen=True, kw_only=True)
class CandidacyMoved(CandidacyEvent):
    """The institute gave a candidate another place on the list, for a reason."""

    type = "partners.candidacy.moved"

    place: Place
    former_place: Annotated[int, Keywords(minimum=1), "its place before"]
    reason: Annotated[str, "why"]


@dataclass(frozen=True, kw_only=True)
class CandidacyPlaceFree(CandidacyEvent):
    """The programme has a place for a candidate that waits. Published once, and again when it was taken meanwhile."""

    type = "partners.candidacy.place_free"

    partner_name: Annotated[str, "the name of the partner"]
    since: Annotated[datetime, "since when it waits"]
    waiting: Annotated[int, Keywords(minimum=1), "how many wait, this one included"]


@dataclass(frozen=True, kw_only=True)
class CandidacyEnded(CandidacyEvent):
    """A candidate does not wait any more."""

    type = "partners.candidacy.ended"

    outcome: Annotated[
        str, "admitted, withdrawn (as the partner wants) or declined (as the institute does); more may come"
    ]
    reason: Annotated[str | None, "why it was withdrawn or declined; null of an admission, which has its own"]
