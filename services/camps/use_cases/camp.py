"""Camps are announced, and begin to invite."""

from datetime import date
from typing import Any

from chassis.domain.scope import Scope
from chassis.persistence.documents import to_public
from chassis.persistence.unit_of_work import UnitOfWork
from services.camps.model.camp import Camp, DecidedByTheInstitute, Season
from services.camps.model.seat_ledger import SeatLedger
from services.camps.repository import Camps, SeatLedgers


def announce_camp(*, work: UnitOfWork, scope: Scope, season: str, **described: Any) -> dict[str, object]:
    """Say when and where a camp is; with it its seats come into being, all of them free."""
    leave_to_the_institute(scope)
    camp = Camp.announce(id=work.new_id("cmp"), season=Season(season), **described)
    SeatLedgers(work).save(SeatLedger(id=camp.id, capacity=camp.capacity))
    return to_public(Camps(work).save(camp))


def open_invitations(
    *, work: UnitOfWork, scope: Scope, camp_id: str, version: int | None, answer_by: date
) -> dict[str, object]:
    """Begin to invite partners to a camp."""
    leave_to_the_institute(scope)
    camp = Camps(work).get(camp_id, scope=scope, version=version)
    camp.open_invitations(answer_by=answer_by, at=work.now)
    return to_public(Camps(work).save(camp))


def leave_to_the_institute(scope: Scope) -> None:
    """Raise DecidedByTheInstitute for who works for one organisation."""
    if not scope.works_for_the_programme:
        raise DecidedByTheInstitute
