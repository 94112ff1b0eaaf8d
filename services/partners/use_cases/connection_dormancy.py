"""Connections of which nothing is known for a long time are noted as dormant, by the clock."""

from datetime import timedelta
from functools import partial

from chassis.domain.scope import PLATFORM
from chassis.persistence.claims import Claimed, Claims
from chassis.persistence.unit_of_work import Store, UnitOfWork
from services.partners.repository.connection import Connections


def note_dormant_connections(*, store: Store, claims: Claims, dormant_after: timedelta) -> None:
    """Note of every active connection that it is dormant, so long after its last contact, or else its first day."""
    note = partial(_note, store, dormant_after)
    claims.process_ready(
        lambda: {"quiet_since": {"$lte": (store.clock() - dormant_after).date().isoformat()}}, note, sort="quiet_since"
    )


def _note(store: Store, dormant_after: timedelta, claimed: Claimed) -> bool:
    store.transact(partial(_note_one, claimed.id, dormant_after), cause=claimed.cause)
    return True


def _note_one(connection_id: str, dormant_after: timedelta, uow: UnitOfWork) -> None:
    connection = Connections(uow).get(connection_id, scope=PLATFORM)
    if connection.fall_dormant((uow.now - dormant_after).date(), at=uow.now):
        Connections(uow).save(connection)
