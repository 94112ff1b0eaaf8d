"""Where invitations, the seats of camps and the reasons to invite are kept."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from pymongo import IndexModel

from chassis.domain.scope import PLATFORM
from chassis.persistence.repository import NOTHING, Backlog, Repository
from chassis.schemas.mail_addresses import canonical_address
from services.camps.events.invitation import Reason
from services.camps.model.invitations.invitation import Invitation
from services.camps.model.invitations.invitation_delivery import NOT_TOLD, DeliveryState
from services.camps.model.invitations.invitation_lifecycle import (
    ANSWERABLE,
    UNANSWERED,
    UNDECIDED,
    InvitationState,
)
from services.camps.model.invitations.pending_reason import PendingReason
from services.camps.model.invitations.seat_history import SeatMove, moves_between
from services.camps.model.invitations.seat_ledger import SeatLedger


class SeatLedgers(Repository[SeatLedger]):
    """Every camp's seats, under the camp's id; what may be seen of them is for the institute to see."""

    collection = "seat_ledgers"
    aggregate = SeatLedger
    owner_field = None
    needs_staff = Backlog(since="stuck_since", runbook="SeatsStayFree")

    def save(self, aggregate: SeatLedger, *, index_members: Mapping[str, Any] = NOTHING) -> SeatLedger:
        """Store it, since when it is stuck, and a row of its history for all that is otherwise than it was stored."""
        uow = self._unit_of_work
        aggregate.keep_whether_it_is_stuck(at=uow.now)
        before = self.first({"_id": aggregate.id}, scope=PLATFORM)
        rows = moves_between(before, aggregate, at=uow.now, by=uow.cause.actor)
        aggregate.moves += len(rows)
        if rows:
            SeatMoves(uow).add_all(rows)
        return super().save(aggregate, index_members=index_members)


class SeatMoves(Repository[SeatMove]):
    """The history of every camp's seats, in the order of its rows; it is the institute's to see."""

    collection = "seat_moves"
    aggregate = SeatMove
    owner_field = None
    indexes = (IndexModel(["camp_id", "number"], unique=True),)

    def of(self, camp_id: str) -> Iterator[SeatMove]:
        """Iterate over all of a camp, in order."""
        return self.each({"camp_id": camp_id}, scope=PLATFORM)


class Invitations(Repository[Invitation]):
    """Every invitation, one for each camp and partner, or camp and address of who is invited by name.

    Those of partners are theirs, the others the institute's.
    """

    collection = "invitations"
    aggregate = Invitation
    people_in = ("guest.person_id",)
    owner_field = "partner_id"
    indexes = (
        IndexModel(["camp_id", "partner_id"], unique=True, partialFilterExpression={"partner_id": {"$gt": ""}}),
        IndexModel(["camp_id", "address"], unique=True, partialFilterExpression={"address": {"$gt": ""}}),
        IndexModel(["guest.person_id", "_id"], sparse=True),
        IndexModel("address", sparse=True),
        IndexModel(["grace.until"], sparse=True),
        IndexModel(["state", "answer_until"]),
    )

    def save(self, aggregate: Invitation, *, index_members: Mapping[str, Any] = NOTHING) -> Invitation:
        """Store it, and one spelling of the address of who is invited by name, by which it is found."""
        address = canonical_address(aggregate.guest.email) if aggregate.guest else None
        return super().save(aggregate, index_members={**index_members, "address": address})

    def of_address(self, camp_id: str, address: str) -> Invitation | None:
        """Give that to a camp of who is invited by name and written to at an address, whatever its spelling."""
        return self.first({"camp_id": camp_id, "address": canonical_address(address)}, scope=PLATFORM)

    def of_guest(self, person_id: str, address: str) -> Iterator[Invitation]:
        """Iterate over those of somebody by name: by their id, or on no record and written to at an address."""
        on_no_record = {"guest.person_id": None, "address": canonical_address(address)} if address else {"_id": None}
        return self.each({"$or": [{"guest.person_id": person_id}, on_no_record]}, scope=PLATFORM)

    def that_hold_of(self, camp_id: str) -> Iterator[Invitation]:
        """Iterate over those to a camp that hold seats, if only in grace, or wait for some."""
        holding = [{"state": {"$in": [*ANSWERABLE, InvitationState.WAITLISTED]}}, {"grace": {"$ne": None}}]
        return self.each({"camp_id": camp_id, "$or": holding}, scope=PLATFORM)

    def that_hope_for_seats_of(self, camp_id: str) -> list[Invitation]:
        """Give those to a camp that wait or have not said yes to what they are offered, in the order of their turns."""
        hoping = {"$in": [*UNDECIDED, InvitationState.WAITLISTED]}
        found = self.each({"camp_id": camp_id, "state": hoping}, scope=PLATFORM)
        return sorted(found, key=lambda invitation: invitation.turn or 0)


def whose_time_is_up(at: datetime) -> Mapping[str, Any]:
    """Say of which invitations the grace of a no, or the time to answer what has arrived, is over."""
    late = [{"offer_until": {"$lte": at}}, {"offer_until": None, "answer_until": {"$lte": at}}]
    unanswered = {"state": {"$in": list(UNANSWERED)}, "delivery.state": DeliveryState.SENT, "$or": late}
    untold = {"state": InvitationState.ISSUED, "delivery.state": {"$in": list(NOT_TOLD)}, "offer_until": {"$lte": at}}
    return {"$or": [{"grace.until": {"$lte": at}}, unanswered, untold]}


class PendingReasons(Repository[PendingReason]):
    """Every reason that waits for a camp to invite, once; each is its partner's."""

    collection = "pending_reasons"
    aggregate = PendingReason
    owner_field = "partner_id"
    indexes = (IndexModel(["partner_id", "reason.id"], unique=True),)

    def keep(self, pending: PendingReason) -> None:
        """Keep a reason, unless it is kept already."""
        same = {"partner_id": pending.partner_id, "reason.id": pending.reason.id}
        if self.first(same, scope=PLATFORM) is None:
            self.save(pending)

    def of(self, partner_id: str) -> list[Reason]:
        """Give the pending reasons of a partner in the order they came."""
        return [pending.reason for pending in self.each({"partner_id": partner_id}, scope=PLATFORM)]

    def drop(self, where: Mapping[str, Any]) -> None:
        """Keep the reasons that fit no longer."""
        self._documents.delete_many(dict(where), session=self._unit_of_work.session)
