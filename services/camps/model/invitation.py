"""An invitation: whom to which camp, for which reasons, and how the letters about it fare."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from chassis.domain import Aggregate
from services.camps import events
from services.camps.events import Reason
from services.camps.model.camp import Camp
from services.camps.model.seat_ledger import SeatLedger


class InvitationState(StrEnum):
    """Where an invitation stands with the partner; how its letters fare is another matter."""

    DRAFT = "draft"
    ISSUED = "issued"
    WAITLISTED = "waitlisted"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class DeliveryState(StrEnum):
    """What became of a letter, or of several together: the better the news, the later it stands here."""

    NONE = "none"
    CANCELLED = "cancelled"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    SENT = "sent"


SETTLED = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.CANCELLED)


@dataclass(kw_only=True)
class Delivery:
    """How the letters about an invitation fare: each, by the id of its delivery, and all together.

    Each leader of a partner gets one. Together they fare as the best of them does, for a partner
    knows of its invitation as soon as one leader does.
    """

    state: DeliveryState = DeliveryState.NONE
    letters: dict[str, DeliveryState] = field(default_factory=dict)

    def hear(self, delivery_id: str, state: DeliveryState) -> bool:
        """Take the news of one letter, and give whether it was any: a settled letter stays as it is."""
        known = self.letters.get(delivery_id)
        if known in SETTLED or known is state:
            return False
        self.letters[delivery_id] = state
        self.state = max(self.letters.values(), key=list(DeliveryState).index)
        return True


@dataclass(kw_only=True)
class Invitation(Aggregate):
    """One partner's invitation to one camp: there is never a second, only more reasons for it."""

    camp_id: str
    partner_id: str
    seats: int
    reasons: list[Reason]
    state: InvitationState = InvitationState.DRAFT
    delivery: Delivery = field(default_factory=Delivery)

    @classmethod
    def draft(cls, *, id: str, camp: Camp, partner_id: str, reasons: list[Reason]) -> "Invitation":
        """Find reasons to invite a partner to a camp: nobody is told, and no seat is held."""
        return cls(id=id, camp_id=camp.id, partner_id=partner_id, seats=camp.seats_per_invitation, reasons=reasons)

    def add(self, reasons: Iterable[Reason]) -> list[Reason]:
        """Add the reasons it does not have yet, and give those."""
        known = {(reason.kind, reason.id) for reason in self.reasons}
        added = [reason for reason in reasons if (reason.kind, reason.id) not in known]
        self.reasons.extend(added)
        return added

    @property
    def calls_for_sessions(self) -> bool:
        """Whether one reason more is a result to share at the camp.

        So it is once the partner has been asked to come or has said yes. While it waits, it is one
        reason more to ask; after a no it is only recorded, for staff to see.
        """
        return self.state in (InvitationState.ISSUED, InvitationState.ACCEPTED)

    def issue(self, *, camp: Camp, ledger: SeatLedger) -> None:
        """Ask the partner to come if the ledger holds all of its seats; if not, let it wait.

        Raises InvitationsNotOpen.
        """
        answer_by = camp.deadline()
        if ledger.allot(self.id, seats=self.seats):
            self.state = InvitationState.ISSUED
            self.record(self._issued(camp, answer_by))
        else:
            self.state = InvitationState.WAITLISTED
            self.record(self._joined(ledger.position(self.id)))

    def _issued(self, camp: Camp, answer_by: date) -> events.InvitationIssued:
        return events.InvitationIssued(
            invitation_id=self.id,
            camp_id=camp.id,
            partner_id=self.partner_id,
            season=camp.season,
            year=camp.year,
            camp_title=camp.title,
            place=camp.place,
            zone=camp.zone,
            starts_on=camp.starts_on,
            ends_on=camp.ends_on,
            answer_by=answer_by,
            seats=self.seats,
            reasons=list(self.reasons),
        )

    def _joined(self, position: int) -> events.WaitlistJoined:
        return events.WaitlistJoined(
            invitation_id=self.id,
            camp_id=self.camp_id,
            partner_id=self.partner_id,
            seats=self.seats,
            position=position,
        )
