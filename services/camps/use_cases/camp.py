"""Camps are planned, announced and changed."""

from typing import Unpack

from chassis.domain.scope import EVERY_ORGANISATION, PLATFORM, Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command
from services.camps.events import camp as events
from services.camps.model.camp import Camp
from services.camps.model.invitations.answer import Periods
from services.camps.model.invitations.seat_ledger import SeatLedger
from services.camps.reference.public_holidays import country_of
from services.camps.repository.camp import Camps
from services.camps.repository.invitations import Invitations, SeatLedgers
from services.camps.schemas.camp import CampChanges, CampDescription, CampId, ExpectedVersion
from services.camps.use_cases.delegations.following import follow_mode
from services.camps.use_cases.invitations.seats import offer


@command(needs=EVERY_ORGANISATION)
def announce_camp(uow: UnitOfWork, **described: Unpack[CampDescription]) -> Camp:
    """Announce a camp; all of its seats are free."""
    return _with_free_seats(uow, Camp.announce(id=uow.new_id("cmp"), at=uow.now, **described))


@command(needs=EVERY_ORGANISATION)
def plan_camp(uow: UnitOfWork, **described: Unpack[CampDescription]) -> Camp:
    """Draft a camp, for the institute's own eyes until it is announced."""
    return _with_free_seats(uow, Camp.plan(id=uow.new_id("cmp"), at=uow.now, **described))


@command(needs=EVERY_ORGANISATION)
def change_camp(
    uow: UnitOfWork,
    scope: Scope,
    periods: Periods,
    *,
    camp_id: CampId,
    version: ExpectedVersion,
    **changes: Unpack[CampChanges],
) -> Camp:
    """Change the given members of a camp that has not begun; every partner that is invited, attends or waits is told.

    More seats are offered to those who wait; fewer than are taken are refused. With another mode, delegates take part
    as that lets them; where they had chosen to counts again when it is possible again.
    """
    camp = Camps(uow).get(camp_id, scope=scope, version=version)
    before = camp.terms
    if not camp.change(at=uow.now, **changes):
        return camp
    camp.refuse_a_part_of_another_country(country_of(camp.zone))
    ledger = SeatLedgers(uow).get(camp_id, scope=PLATFORM)
    ledger.resize(camp.capacity)
    ledger.is_over = ledger.is_over and not camp.gives_seats(uow.now)
    if camp.terms != before:
        tell_of_the_camp(uow, camp, before, periods, ledger)
    if camp.mode != before.mode:
        follow_mode(uow, camp)
    offer(uow, camp, ledger, periods)
    SeatLedgers(uow).save(ledger)  # also by this nobody is invited meanwhile to what it was before (write skew)
    return Camps(uow).save(camp)


def _with_free_seats(uow: UnitOfWork, camp: Camp) -> Camp:
    camp.refuse_a_part_of_another_country(country_of(camp.zone))
    SeatLedgers(uow).save(SeatLedger(id=camp.id, capacity=camp.capacity))
    return Camps(uow).save(camp)


def tell_of_the_camp(
    uow: UnitOfWork, camp: Camp, before: events.CampTerms, periods: Periods, ledger: SeatLedger
) -> None:
    """Tell each partner that is invited, attends or waits what is otherwise now; who was to come is asked anew."""
    for invitation in Invitations(uow).that_hold_of(camp.id):
        until = camp.own_time_to_answer(at=uow.now, offer=periods.offer)
        invitation.follow(camp, before=before, until=until, ledger=ledger)
        Invitations(uow).save(invitation)
