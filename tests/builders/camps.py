"""Camps, seats and invitations for tests: each call shows only what matters to its test."""

from datetime import UTC, date, datetime
from typing import Any

from services.camps.events.invitation import Reason
from services.camps.model.camp import Camp
from services.camps.model.camp_days import Season
from services.camps.model.camp_lifecycle import CampState
from services.camps.model.delegations.attends import Attends
from services.camps.model.delegations.delegate import Delegate
from services.camps.model.delegations.delegate_lifecycle import DelegateState
from services.camps.model.invitations.answer import Answer, Via
from services.camps.model.invitations.invitation import Invitation
from services.camps.model.invitations.invitation_delivery import DeliveryState, InvitationDelivery
from services.camps.model.invitations.invitation_lifecycle import InvitationState
from services.camps.model.invitations.invitee import Invitee, InviteeKind
from services.camps.model.invitations.seat_ledger import Allocation, SeatLedger, WaitlistEntry


def a_camp(
    *, zone: str = "America/New_York", starts_on: date = date(2026, 7, 13), answer_by: date | None = date(2026, 6, 29)
) -> Camp:
    """Summer Camp 2026, inviting by four seats; without a day to answer by it is only announced."""
    return Camp(
        id="cmp_1",
        version=1,
        season=Season.SUMMER,
        year=2026,
        title="Summer Camp 2026",
        place="Boston",
        zone=zone,
        starts_on=starts_on,
        ends_on=date(2026, 7, 15),
        capacity=120,
        seats_per_invitation=4,
        state=CampState.INVITING if answer_by else CampState.ANNOUNCED,
        answer_by=answer_by,
    )


def a_ledger(*, capacity: int = 120, held: int = 0, confirmed: int = 0, waiting: int = 0) -> SeatLedger:
    """The seats of `cmp_1`; `waiting` is the number of invitations that wait for four seats each."""
    allocations = {}
    if held or confirmed:
        allocations["inv_before"] = Allocation(held=held, confirmed=confirmed)
    waitlist = [WaitlistEntry(invitation_id=f"inv_waiting_{number}", seats=4) for number in range(1, waiting + 1)]
    return SeatLedger(id="cmp_1", version=1, capacity=capacity, allocations=allocations, waitlist=waitlist)


def an_invitation(
    *, state: InvitationState = InvitationState.ISSUED, reasons: tuple[Reason, ...] = (), **about: Any
) -> Invitation:
    """The invitation `inv_1` of `prt_1` to `cmp_1`, for four seats."""
    return Invitation(
        id="inv_1", version=1, camp_id="cmp_1", partner_id="prt_1", seats=4, reasons=list(reasons), state=state, **about
    )


def an_issued_invitation(*, ledger: SeatLedger, camp: Camp | None = None, **about: Any) -> Invitation:
    """The invitation `inv_1` of `prt_1`, issued and delivered: its four seats are held."""
    ledger.allot("inv_1", seats=4)
    told = InvitationDelivery(state=DeliveryState.SENT, letters={"dlv_1": DeliveryState.SENT})
    until = (camp or a_camp()).answers_end_at()
    return an_invitation(**{"state": InvitationState.ISSUED, "delivery": told, "answer_until": until, **about})


def an_answer(*, at: datetime = datetime(2026, 6, 10, 9, 0, tzinfo=UTC), reason: str | None = None) -> Answer:
    """An answer that a leader of the partner gave on 10 June 2026."""
    return Answer(by="leader", via=Via.API, at=at, reason=reason)


def a_reason(*, milestone: str = "mst_1", title: str = "Infections halved") -> Reason:
    """A milestone as a reason to be invited."""
    return Reason(kind="milestone", id=milestone, title=title)


def a_guest(**about: Any) -> Invitee:
    """Kim, a guest of another industry, who is on no record."""
    described = {"name": "Kim", "email": "kim@airline.example", "language": "sv", "zone": "Europe/Stockholm"}
    return Invitee(**{**described, **about})


def an_invitation_by_name(*, guest: Invitee | None = None, **about: Any) -> Invitation:
    """The invitation `inv_kim` of a guest to `cmp_1`."""
    reason = Reason(kind="staff", id="rsn_1", title="What flying has learned")
    return Invitation(id="inv_kim", version=1, camp_id="cmp_1", kind=InviteeKind.GUEST, guest=guest or a_guest(),
                      seats=1, reasons=[reason], **about)  # fmt: skip


def a_delegate(*, id: str = "dlg_1", state: DelegateState = DelegateState.NAMED, **about: Any) -> Delegate:
    """Somebody who is named for a seat of `inv_1`, and on no record."""
    described = {"name": "Bo", "email": "bo@region.example", "language": "sv", "zone": "Europe/Stockholm"}
    whose = {"camp_id": "cmp_1", "partner_id": "prt_1", "invitation_id": "inv_1"}
    others = {"role": "Improver", "attends": Attends.IN_PERSON, **about}
    return Delegate(id=id, version=1, state=state, **whose, **{**described, **others})
