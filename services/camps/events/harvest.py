"""What happens to the harvest of a camp: it is there for those to read whom the camp concerned."""

from dataclasses import dataclass
from typing import Annotated

from chassis.domain.aggregate import Event, Keywords


@dataclass(frozen=True, kw_only=True)
class HarvestOffered(Event):
    """A camp is closed, and what came out of it is there for somebody to read who was there, leads a partner that was,
    or is of the institute's staff.

    Published once for each of them and edition. It carries all that a letter to them must say, and how much there is
    for them to read.
    """

    type = "camps.harvest.offered"

    mailing_id: Annotated[str, "what tells of the edition; also the event's subject"]
    camp_id: Annotated[str, "the camp whose harvest it is"]
    camp_title: Annotated[str, "what the camp is called"]
    edition: Annotated[
        int, Keywords(minimum=1), "rises each time that the camp is closed with something else than before"
    ]
    as_whom: Annotated[str, "delegate, leader or staff: why they are told"]
    delegate_id: Annotated[str | None, "the delegate; null for who is told as a leader or as staff"]
    person_id: Annotated[str | None, "the person on record; null for who is named for this camp alone"]
    partner_id: Annotated[str | None, "the partner in whose seat they came, or that they lead; null where it is none's"]
    name: Annotated[str, "the name as the person writes it"]
    email: Annotated[str, "where they are written to"]
    language: Annotated[str, "their language, as a BCP 47 tag"]
    zone: Annotated[str, "their IANA time zone"]
    experiences: Annotated[int, Keywords(minimum=0), "how many experiences they may read"]
    lessons: Annotated[int, Keywords(minimum=0), "how many lessons of other industries they may read"]
    promises: Annotated[int, Keywords(minimum=0), "how many commitments that count they may read of"]
    nothing_to_publish: Annotated[str | None, "why nothing came out that could be published; null where something did"]
