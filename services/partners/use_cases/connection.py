"""Two partners are connected: suggested by the institute, proposed by one, agreed to by the other, ended."""

from datetime import datetime

from chassis.domain.scope import EVERY_ORGANISATION, PLATFORM, Scope
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command, reaction
from services.partners.events.connection import ConnectionReason
from services.partners.model.connection.connection import Connection, ConnectionKind, Doing, EndedBecause, ReasonKind
from services.partners.model.connection.connection_lifecycle import PartnerNotActive, SideNotNamed
from services.partners.model.partner import Partner
from services.partners.model.partner_lifecycle import PartnerState
from services.partners.repository.connection import Connections
from services.partners.repository.partner import Partners
from services.partners.schemas.connection import (
    ConnectionId,
    ContactNote,
    DayOfContact,
    FirstDay,
    LastDay,
    Purpose,
    Result,
)
from services.partners.schemas.identity import ExpectedVersion, PartnerId
from services.partners.schemas.partner import Reason

BECAUSE = {
    "partners.partner.paused": EndedBecause.PARTNER_PAUSED,
    "partners.partner.departed": EndedBecause.PARTNER_DEPARTED,
    "partners.partner.graduated": EndedBecause.PARTNER_DEPARTED,
}


@command(needs=EVERY_ORGANISATION)
def suggest_connection(
    uow: UnitOfWork,
    scope: Scope,
    *,
    partner_id: PartnerId,
    other_partner_id: PartnerId,
    kind: ConnectionKind,
    purpose: Purpose,
    reason: Reason,
) -> Connection:
    """Suggest to two partners that they do something with each other, with a reason."""
    one, _ = _both(uow, partner_id, other_partner_id)
    connection = Connection.suggest(
        id=uow.new_id("con"),
        partner_ids=[partner_id, other_partner_id],
        kind=kind,
        purpose=purpose,
        reason=ConnectionReason(kind=ReasonKind.BY_HAND, what=reason),
        doing=_doing(uow, scope, one, side=None),
    )
    return Connections(uow).save_new(connection)


@command
def propose_connection(
    uow: UnitOfWork,
    scope: Scope,
    *,
    partner_id: PartnerId,
    other_partner_id: PartnerId,
    kind: ConnectionKind,
    purpose: Purpose,
) -> Connection:
    """Propose to another partner to do something with each other; of a kind, two have one connection at a time."""
    side = side_of(scope, partner_id)
    one, _ = _both(uow, partner_id, other_partner_id)
    connection = Connection.propose(
        id=uow.new_id("con"),
        with_partner_id=other_partner_id,
        kind=kind,
        purpose=purpose,
        doing=_doing(uow, scope, one, side=side),
    )
    return Connections(uow).save_new(connection)


@command
def take_up_connection(
    uow: UnitOfWork,
    scope: Scope,
    *,
    connection_id: ConnectionId,
    version: ExpectedVersion,
    partner_id: PartnerId | None = None,
    purpose: Purpose | None = None,
) -> Connection:
    """Propose to the other partner what was suggested to both."""
    connection = Connections(uow).get(connection_id, scope=scope, version=version)
    connection.take_up(purpose, doing=_said(uow, scope, connection, side_of(scope, partner_id)))
    return Connections(uow).save(connection)


@command
def agree_to_connection(
    uow: UnitOfWork,
    scope: Scope,
    *,
    connection_id: ConnectionId,
    version: ExpectedVersion,
    partner_id: PartnerId | None = None,
    starts_on: FirstDay | None = None,
) -> Connection:
    """Agree to what the other partner proposes: both are connected, from today unless another day is said."""
    connection = Connections(uow).get(connection_id, scope=scope, version=version)
    connection.agree(starts_on, doing=_said(uow, scope, connection, side_of(scope, partner_id)))
    return Connections(uow).save(connection)


@command
def decline_connection(
    uow: UnitOfWork,
    scope: Scope,
    *,
    connection_id: ConnectionId,
    version: ExpectedVersion,
    reason: Reason,
    partner_id: PartnerId | None = None,
) -> Connection:
    """Say no, with a reason, to what is suggested or proposed, or take one's own proposal back."""
    connection = Connections(uow).get(connection_id, scope=scope, version=version)
    connection.decline(reason, doing=_said(uow, scope, connection, _side_if_any(scope, partner_id)))
    return Connections(uow).save(connection)


@command
def end_connection(
    uow: UnitOfWork,
    scope: Scope,
    *,
    connection_id: ConnectionId,
    version: ExpectedVersion,
    result: Result,
    ended_on: LastDay | None = None,
    partner_id: PartnerId | None = None,
) -> Connection:
    """End a connection with what came of it, today unless an earlier day is said."""
    connection = Connections(uow).get(connection_id, scope=scope, version=version)
    doing = _said(uow, scope, connection, _side_if_any(scope, partner_id))
    connection.end(result, ended_on=ended_on, doing=doing)
    return Connections(uow).save(connection)


@command
def note_contact(
    uow: UnitOfWork,
    scope: Scope,
    *,
    connection_id: ConnectionId,
    note: ContactNote,
    on: DayOfContact | None = None,
    partner_id: PartnerId | None = None,
) -> Connection:
    """Note that both had to do with each other, today unless an earlier day is said."""
    connection = Connections(uow).get(connection_id, scope=scope)
    connection.note_contact(on, note, doing=_said(uow, scope, connection, _side_if_any(scope, partner_id)))
    return Connections(uow).save(connection)


@reaction("partners.partner.paused", "partners.partner.departed", "partners.partner.graduated")
def end_connections_with_partner(uow: UnitOfWork, event: Envelope, *, partner_id: PartnerId) -> None:
    """End what is suggested, proposed or agreed on between others and a partner that rests or departs.

    What was begun after that, once it was back, stays.
    """
    at = datetime.fromisoformat(event.time)
    partner = Partners(uow).known(partner_id, scope=PLATFORM)
    doing = Doing(partner_id=partner_id, by=PLATFORM.subject, today=partner.today(at), at=uow.now)
    for connection in Connections(uow).open_of(partner_id):
        if connection.opened_at and connection.opened_at <= at:
            connection.end_with_partner(BECAUSE[event.type], doing=doing)
            Connections(uow).save(connection)


def side_of(scope: Scope, partner_id: str | None) -> str:
    """Give for which partner a caller acts; raises SideNotNamed for another one than their own."""
    side = _side_if_any(scope, partner_id)
    if side is None:
        raise SideNotNamed.at("/partner_id", "missing", "The partner for which it is done is expected")
    return side


def _side_if_any(scope: Scope, partner_id: str | None) -> str | None:
    if scope.is_unrestricted or partner_id == scope.organisation:
        return partner_id
    if partner_id is not None:
        detail = f"{scope.organisation}, for which you work, is expected; got '{partner_id}'"
        raise SideNotNamed.at("/partner_id", "another_organisation", detail)
    return scope.organisation


def _both(uow: UnitOfWork, partner_id: str, other_partner_id: str) -> tuple[Partner, Partner]:
    """Give two partners that can be connected; of that and the departure of one, the later starts again."""
    named = {"partner_id": partner_id, "other_partner_id": other_partner_id}
    one, other = (Partners(uow).named(id, by=name, scope=PLATFORM) for name, id in named.items())
    for each in (one, other):
        Partners(uow).touch(each)
        if each.state is not PartnerState.ADMITTED:
            raise PartnerNotActive(f"partner {each.id} is {each.state}")
    return one, other


def _said(uow: UnitOfWork, scope: Scope, connection: Connection, side: str | None) -> Doing:
    of = side if side in connection.partner_ids else connection.partner_ids[0]
    return _doing(uow, scope, Partners(uow).known(of, scope=PLATFORM), side=side)


def _doing(uow: UnitOfWork, scope: Scope, partner: Partner, *, side: str | None) -> Doing:
    return Doing(partner_id=side, by=scope.subject, today=partner.today(uow.now), at=uow.now)


COMMANDS = (
    suggest_connection,
    propose_connection,
    take_up_connection,
    agree_to_connection,
    decline_connection,
    end_connection,
    note_contact,
)
REACTIONS = (end_connections_with_partner,)
