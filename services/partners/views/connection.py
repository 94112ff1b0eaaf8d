"""What the institute and either partner can see of connections: read only."""

from chassis.domain.scope import Scope
from chassis.persistence.queries import list_page
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.messages import Page, Paging
from chassis.schemas.operations import query
from services.partners.model.connection.connection import Connection, ConnectionKind
from services.partners.model.connection.connection_lifecycle import ConnectionState
from services.partners.repository.connection import Connections
from services.partners.schemas.connection import ConnectionId
from services.partners.schemas.identity import PartnerId


@query
def show_connection(reading: Reading, scope: Scope, *, connection_id: ConnectionId) -> Connection:
    """Show a connection between two partners."""
    return Connections(reading).get(connection_id, scope=scope)


@query
def list_connections(
    reading: Reading,
    scope: Scope,
    *,
    paging: Paging,
    partner_id: PartnerId | None = None,
    kind: ConnectionKind | None = None,
    state: ConnectionState | None = None,
) -> Page[Connection]:
    """List connections: of one partner, of one kind, or in one state."""
    return list_page(Connections(reading), paging, scope=scope, partner_ids=partner_id, kind=kind, state=state)


QUERIES = (show_connection, list_connections)
