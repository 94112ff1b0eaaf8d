"""Where connections between partners are kept."""

from collections.abc import Iterator, Mapping
from typing import Any

from pymongo import IndexModel

from chassis.domain.scope import PLATFORM
from chassis.persistence.repository import NOTHING, Repository
from services.partners.events.connection import ConnectionReason
from services.partners.model.connection.common_ground import CommonGround
from services.partners.model.connection.connection import Connection, ConnectionKind
from services.partners.model.connection.connection_lifecycle import OPEN, ConnectionIsOpen


class Connections(Repository[Connection]):
    """Every connection; it is of both its partners, and either may see it."""

    collection = "connections"
    aggregate = Connection
    owner_field = "partner_ids"
    indexes = (
        IndexModel("open_as", unique=True, partialFilterExpression={"open_as": {"$gt": ""}}),
        IndexModel(["state", "_id"]),
        IndexModel("reasons.about_id"),
        IndexModel("quiet_since"),
    )
    """`open_as` is the pair and kind of an open one: of two at once, the second begins again and finds the first."""

    def open_one(self, partner_ids: list[str], kind: ConnectionKind) -> Connection | None:
        """Give the open connection of a kind between two partners, if there is one."""
        return self.first({"open_as": _open_as(partner_ids, kind)}, scope=PLATFORM)

    def open_of(self, partner_id: str) -> Iterator[Connection]:
        """Iterate over what is open of a partner."""
        return self.each({"partner_ids": partner_id, "state": {"$in": sorted(OPEN)}}, scope=PLATFORM)

    def has_been(self, partner_ids: list[str], reason: ConnectionReason) -> bool:
        """Whether two partners had a connection for a reason, whatever became of it."""
        same = {"kind": reason.kind, "about_id": reason.about_id}
        where = {"reasons.about_id": reason.about_id, "partner_ids": partner_ids, "reasons": {"$elemMatch": same}}
        return self.first(where, scope=PLATFORM) is not None

    def save_new(self, connection: Connection) -> Connection:
        """Store a new one; raises ConnectionIsOpen, which names the one that is open."""
        if first := self.open_one(connection.partner_ids, connection.kind):
            raise ConnectionIsOpen(f"connection {first.id} of kind {first.kind} between them is {first.state}")
        return self.save(connection)

    def save(self, aggregate: Connection, *, index_members: Mapping[str, Any] = NOTHING) -> Connection:
        """Store a connection, and by what it is the only one while it is open."""
        open_as = _open_as(aggregate.partner_ids, aggregate.kind) if aggregate.is_open else ""
        return super().save(aggregate, index_members={**index_members, "open_as": open_as})


class CommonGrounds(Repository[CommonGround]):
    """What partners have in common by what they did, for us alone; by the id of a session or the code of a change."""

    collection = "common_grounds"
    aggregate = CommonGround
    owner_field = None

    def about(self, id: str) -> CommonGround:
        """Give what is known of a session or a change, if only that there is one."""
        return self.first({"_id": id}, scope=PLATFORM) or CommonGround(id=id)


def _open_as(partner_ids: list[str], kind: ConnectionKind) -> str:
    return " ".join([*partner_ids, kind])
