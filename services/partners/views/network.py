"""The network of partners: who does what with whom at present; the same as JSON and as a picture."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.pagination import Order
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.operations import query
from services.partners.model.connection.connection import ConnectionKind
from services.partners.model.connection.connection_lifecycle import ConnectionState
from services.partners.model.partner import Partner
from services.partners.model.partner_lifecycle import IN_THE_PROGRAMME
from services.partners.repository.connection import Connections
from services.partners.repository.partner import Partners
from services.partners.views.network_drawing import Node, Tie, network_svg

MOST_PARTNERS, MOST_TIES = 60, 200
"""In one network: a picture of more is not read, and an answer has an end."""


@dataclass(frozen=True, kw_only=True)
class PartnerInNetwork:
    """A partner in the programme, and how many others it is connected with."""

    partner_id: str
    name: str
    country: str
    connected_with: int


@dataclass(frozen=True, kw_only=True)
class ConnectionInNetwork:
    """An active connection between two of the partners; it is dormant where nothing is known of it for long."""

    partner_ids: list[str]
    kind: ConnectionKind
    is_dormant: bool


@dataclass(frozen=True, kw_only=True)
class Network:
    """Partners by name, and what each two of them do at present; `is_complete` is false where there are too many."""

    partners: list[PartnerInNetwork]
    connections: list[ConnectionInNetwork]
    is_complete: bool


@dataclass(frozen=True, kw_only=True)
class NetworkPicture:
    """The network of partners as SVG."""

    svg: str


@dataclass(frozen=True, kw_only=True)
class _Active:
    partner_ids: list[str]
    kind: ConnectionKind
    dormant_since: datetime | None = None


@query
def show_network(reading: Reading, scope: Scope) -> Network:
    """Show which partners are connected by what; who works for one partner sees it and those it is connected with.

    Partners in the programme that are connected with none are shown, too. Also as a picture (SVG).
    """
    return _network(reading, scope)


@query
def draw_network(reading: Reading, scope: Scope) -> NetworkPicture:
    """Draw which partners are connected by what as SVG, to be printed in black and white."""
    network = _network(reading, scope)
    nodes = [Node(id=each.partner_id, name=each.name, country=each.country) for each in network.partners]
    ties = [Tie(ends=tuple(each.partner_ids), kind=each.kind, is_dormant=each.is_dormant)
            for each in network.connections]  # fmt: skip
    return NetworkPicture(svg=network_svg(nodes, ties, is_complete=network.is_complete))


def _network(reading: Reading, scope: Scope) -> Network:
    active = list(islice(_active(reading, scope), MOST_TIES + 1))
    partners = _partners(reading, scope, dict.fromkeys(id for each in active for id in each.partner_ids))
    shown = sorted(partners[:MOST_PARTNERS], key=lambda each: (each.name.casefold(), each.id))
    ids = {each.id for each in shown}
    ties = [each for each in active[:MOST_TIES] if ids.issuperset(each.partner_ids)]
    is_complete = len(active) <= MOST_TIES and len(partners) <= MOST_PARTNERS
    connections = sorted((_tie(each) for each in ties), key=lambda each: (each.partner_ids, each.kind))
    return Network(partners=[_partner(each, ties) for each in shown], connections=connections, is_complete=is_complete)


def _active(reading: Reading, scope: Scope) -> Iterator[_Active]:
    return Connections(reading).members({"state": ConnectionState.ACTIVE}, _Active, scope=scope, sort="_id")


def _partners(reading: Reading, scope: Scope, connected: Iterable[str]) -> list[Partner]:
    """Give the connected ones first, then the others whom the caller may see: one more than is shown, if there is."""
    ids = list(connected)
    first = Partners(reading).page({"_id": {"$in": ids}}, scope=PLATFORM, limit=MOST_PARTNERS + 1, order=Order())
    others = {"_id": {"$nin": ids}, "state": {"$in": sorted(IN_THE_PROGRAMME)}}
    return [*first, *Partners(reading).page(others, scope=scope, limit=MOST_PARTNERS + 1, order=Order())]


def _partner(partner: Partner, ties: Iterable[_Active]) -> PartnerInNetwork:
    others = {id for each in ties if partner.id in each.partner_ids for id in each.partner_ids} - {partner.id}
    return PartnerInNetwork(partner_id=partner.id, name=partner.name, country=partner.country,
                            connected_with=len(others))  # fmt: skip


def _tie(active: _Active) -> ConnectionInNetwork:
    is_dormant = active.dormant_since is not None
    return ConnectionInNetwork(partner_ids=active.partner_ids, kind=active.kind, is_dormant=is_dormant)


QUERIES = (show_network, draw_network)
