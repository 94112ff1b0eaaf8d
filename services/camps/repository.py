"""Where camps, their seats, their invitations and what belongs to these are kept."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from operator import attrgetter
from typing import Any, TypeVar

from pymongo import IndexModel

from chassis.domain.capabilities import Capability
from chassis.domain.scope import PLATFORM
from chassis.persistence.repository import NOTHING, Backlog, Repository
from services.camps.events.invitation import Reason
from services.camps.model.camp import Camp
from services.camps.model.camp_lifecycle import CampState
from services.camps.model.eligible_partner import EligiblePartner
from services.camps.model.invitation import Invitation
from services.camps.model.invitation_delivery import NOT_TOLD, DeliveryState
from services.camps.model.invitation_lifecycle import ANSWERABLE, UNANSWERED, InvitationState
from services.camps.model.pending_reason import PendingReason
from services.camps.model.person import Person
from services.camps.model.reply_link import HolderNotKnownYet
from services.camps.model.result import Initiative, Milestone, Result
from services.camps.model.seat_ledger import SeatLedger
from services.camps.model.session import ABOUT, Session

R = TypeVar("R", bound=Result)


class Camps(Repository[Camp]):
    """Every camp; they are everybody's to see."""

    collection = "camps"
    aggregate = Camp
    owner_field = None
    searched_by = "title"
    indexes = (
        IndexModel(["season", "year"], unique=True, partialFilterExpression={"cancellation": None}),
        IndexModel(["state", "starts_on"]),
    )
    """There is one camp a season, apart from those that were cancelled."""

    def inviting(self, *, at: datetime) -> list[Camp]:
        """Give the camps that are inviting and have not begun, the one that begins first before all others."""
        inviting = self.each({"state": CampState.INVITING}, scope=PLATFORM)
        return sorted((camp for camp in inviting if not camp.has_begun(at)), key=attrgetter("starts_on"))


class SeatLedgers(Repository[SeatLedger]):
    """Every camp's seats, under the camp's id; what may be seen of them is for the institute to see."""

    collection = "seat_ledgers"
    aggregate = SeatLedger
    owner_field = None
    needs_staff = Backlog(since="stuck_since", runbook="SeatsStayFree")

    def save(self, aggregate: SeatLedger, *, index_members: Mapping[str, Any] = NOTHING) -> SeatLedger:
        """Store it, and since when it is stuck."""
        aggregate.keep_whether_it_is_stuck(at=self._unit_of_work.now)
        return super().save(aggregate, index_members=index_members)


class EligiblePartners(Repository[EligiblePartner]):
    """Every partner that may be invited; each is its own."""

    collection = "eligible_partners"
    aggregate = EligiblePartner
    owner_field = "_id"


class People(Repository[Person]):
    """Every person known by events; each belongs to their partner."""

    collection = "people"
    aggregate = Person
    owner_field = "partner_id"

    def about(self, person_id: str, *, partner_id: str | None) -> Person:
        """Give what is known of a person, if only whose they are."""
        return self.first({"_id": person_id}, scope=PLATFORM) or Person(id=person_id, partner_id=partner_id)

    def holding(self, held: Capability) -> Person:
        """Give whom a link was sent to; raises HolderNotKnownYet."""
        found = self.first({"_id": held.holder_id}, scope=PLATFORM)
        if found is None:
            raise HolderNotKnownYet
        return found


class Results(Repository[R]):
    """Every result of one kind with a processed event; each belongs to its partner."""

    owner_field = "partner_id"

    def keep(self, id: str, partner_id: str, *, sequence: int) -> None:
        """Keep by which event it holds, or holds no longer; raises Superseded."""
        known = self.first({"_id": id}, scope=PLATFORM) or self.aggregate(id=id, partner_id=partner_id)
        known.keep(sequence=sequence)
        self.save(known)


class Milestones(Results[Milestone]):
    """Every milestone that was reached or reopened."""

    collection = "milestones"
    aggregate = Milestone


class Initiatives(Results[Initiative]):
    """Every initiative that was scored."""

    collection = "initiatives"
    aggregate = Initiative


class Invitations(Repository[Invitation]):
    """Every invitation, one for each camp and partner; each is its partner's."""

    collection = "invitations"
    aggregate = Invitation
    owner_field = "partner_id"
    indexes = (
        IndexModel(["camp_id", "partner_id"], unique=True),
        IndexModel(["grace.until"], sparse=True),
        IndexModel(["state", "answer_until"]),
    )

    def that_hold_of(self, camp_id: str) -> Iterator[Invitation]:
        """Iterate over those to a camp that hold seats, if only in grace, or wait for some."""
        holding = [{"state": {"$in": [*ANSWERABLE, InvitationState.WAITLISTED]}}, {"grace": {"$ne": None}}]
        return self.each({"camp_id": camp_id, "$or": holding}, scope=PLATFORM)


def whose_time_is_up(at: datetime) -> Mapping[str, Any]:
    """Say of which invitations the grace of a no, or the time to answer what has arrived, is over."""
    late = [{"offer_until": {"$lte": at}}, {"offer_until": None, "answer_until": {"$lte": at}}]
    unanswered = {"state": {"$in": list(UNANSWERED)}, "delivery.state": DeliveryState.SENT, "$or": late}
    untold = {"state": InvitationState.ISSUED, "delivery.state": {"$in": list(NOT_TOLD)}, "offer_until": {"$lte": at}}
    return {"$or": [{"grace.until": {"$lte": at}}, unanswered, untold]}


def _once_at_a_camp(member: str) -> IndexModel:
    return IndexModel(["camp_id", member], unique=True, partialFilterExpression={member: {"$gt": ""}})


class Sessions(Repository[Session]):
    """Every session, one at a camp for each result; each is its partner's."""

    collection = "sessions"
    aggregate = Session
    owner_field = "partner_id"
    indexes = tuple(_once_at_a_camp(member) for member in ABOUT.values())


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
