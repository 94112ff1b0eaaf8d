"""Camps are announced, and begin to invite."""

from chassis.domain.scope import EVERY_ORGANISATION, Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command
from services.camps.model.camp import Camp, Season
from services.camps.model.seat_ledger import SeatLedger
from services.camps.repository import Camps, SeatLedgers
from services.camps.schemas import (
    CampId,
    Capacity,
    Deadline,
    ExpectedVersion,
    FirstDay,
    LastDay,
    Place,
    Seats,
    Title,
    Year,
    ZoneName,
)


@command(needs=EVERY_ORGANISATION)
def announce_camp(
    uow: UnitOfWork,
    *,
    season: Season,
    year: Year,
    title: Title,
    place: Place,
    zone: ZoneName,
    starts_on: FirstDay,
    ends_on: LastDay,
    capacity: Capacity,
    seats_per_invitation: Seats | None = None,
) -> Camp:
    """Announce a camp; with it its seats come into being, all of them free."""
    camp = Camp.announce(
        id=uow.new_id("cmp"),
        season=season,
        year=year,
        title=title,
        place=place,
        zone=zone,
        starts_on=starts_on,
        ends_on=ends_on,
        capacity=capacity,
        seats_per_invitation=seats_per_invitation,
    )
    SeatLedgers(uow).save(SeatLedger(id=camp.id, capacity=camp.capacity))
    return Camps(uow).save(camp)


@command(needs=EVERY_ORGANISATION)
def open_invitations(
    uow: UnitOfWork, scope: Scope, *, camp_id: CampId, version: ExpectedVersion, answer_by: Deadline
) -> Camp:
    """Open invitations to a camp."""
    camp = Camps(uow).get(camp_id, scope=scope, version=version)
    camp.open_invitations(answer_by=answer_by, at=uow.now)
    return Camps(uow).save(camp)
