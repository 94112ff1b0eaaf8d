"""Somebody who is invited by name holds a seat, waits and answers by the rules of partners, and events say who."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.camps.events import guest as events
from services.camps.events.invitation import SeatsFreed
from services.camps.model.delegations.delegate import Delegate
from services.camps.model.invitations.invitation import Invitation
from services.camps.model.invitations.invitation_delivery import DeliveryState, InvitationDelivery
from services.camps.model.invitations.invitation_lifecycle import InvitationState
from services.camps.model.invitations.invitee import InvitedByName, InviteeKind
from tests.builders.camps import a_camp, a_guest, a_ledger, a_reason, an_answer, an_invitation_by_name

LATER = datetime(2026, 7, 3, 9, tzinfo=UTC)


def said(invitation: Invitation) -> list[str]:
    return [event.type for event in invitation.recorded]


def test_who_is_invited_by_name_is_asked_for_one_seat_of_the_same_ledger() -> None:
    ledger, invitation = a_ledger(capacity=1), an_invitation_by_name()

    invitation.issue(camp=a_camp(), ledger=ledger)

    assert (invitation.state, ledger.held, ledger.free) == (InvitationState.ISSUED, 1, 0)
    (asked,) = invitation.recorded
    assert isinstance(asked, events.GuestInvited)
    assert (asked.name, asked.email, asked.kind, asked.camp_zone) == (
        *("Kim", "kim@airline.example", InviteeKind.GUEST),
        "America/New_York",
    )
    # Their own zone, and not that of the camp.
    assert asked.zone == "Europe/Stockholm"


def test_who_is_invited_by_name_waits_behind_partners_and_overtakes_nobody() -> None:
    ledger, invitation = a_ledger(capacity=5, held=3, waiting=1), an_invitation_by_name()

    invitation.issue(camp=a_camp(), ledger=ledger)

    # Two seats are free, which are too few for the partner before.
    assert (invitation.state, ledger.position(invitation.id)) == (InvitationState.WAITLISTED, 2)
    assert said(invitation) == ["camps.guest.waitlisted"]


def test_a_seat_that_is_free_in_their_turn_is_offered_to_who_is_invited_by_name() -> None:
    ledger, invitation = a_ledger(capacity=4, held=4), an_invitation_by_name()
    invitation.issue(camp=a_camp(), ledger=ledger)
    ledger.release("inv_before")

    assert ledger.offer() == [invitation.id]
    invitation.offer(camp=a_camp(), until=LATER)

    assert said(invitation)[-1] == "camps.guest.offered"


def answered(what: str, **more: Any) -> Invitation:
    ledger, invitation = a_ledger(capacity=1), an_invitation_by_name()
    invitation.issue(camp=a_camp(), ledger=ledger)
    getattr(invitation, what)(ledger=ledger, answer=an_answer(), **more)
    return invitation


@pytest.mark.parametrize(
    ("what", "more", "event"),
    [
        ("accept", {"seats": None}, events.GuestAccepted),
        ("answer_tentatively", {}, events.GuestTentative),
        ("decline", {"grace": timedelta(hours=2)}, events.GuestDeclined),
    ],
    ids=["accept", "answer_tentatively", "decline"],
)
def test_each_answer_of_who_is_invited_by_name_is_said_of_them(what: str, more: Any, event: type) -> None:
    invitation = answered(what, **more)

    assert isinstance(invitation.recorded[-1], event)


def test_a_no_can_be_taken_back_in_its_grace_and_frees_the_seat_after_it() -> None:
    ledger, invitation = a_ledger(capacity=1), an_invitation_by_name()
    invitation.issue(camp=a_camp(), ledger=ledger)
    invitation.decline(ledger=ledger, answer=an_answer(), grace=timedelta(hours=2))
    assert (ledger.in_grace, ledger.free) == (1, 0)

    invitation.expire_if_due(camp=a_camp(), ledger=ledger, at=an_answer().at + timedelta(hours=2))

    assert ledger.free == 1
    freed = invitation.recorded[-1]
    assert isinstance(freed, SeatsFreed)
    assert freed.invitation_id == invitation.id


def test_who_was_told_and_says_nothing_in_time_gives_the_seat_up() -> None:
    ledger, invitation = a_ledger(capacity=1), an_invitation_by_name()
    invitation.issue(camp=a_camp(), ledger=ledger)
    invitation.delivery = InvitationDelivery(state=DeliveryState.SENT)

    invitation.expire_if_due(camp=a_camp(), ledger=ledger, at=a_camp().answers_end_at())

    assert (invitation.state, ledger.free) == (InvitationState.EXPIRED, 1)
    assert said(invitation)[-2:] == ["camps.guest.expired", "camps.seats.freed"]


def test_whoever_has_said_that_they_come_is_a_delegate_of_their_kind_for_sure() -> None:
    guest = a_guest(organisation="Nordic Airlines")

    comes = Delegate.by_name(guest, id="dlg_1", invitation=an_invitation_by_name(guest=guest), camp=a_camp())

    assert (comes.kind, comes.partner_id, comes.role) == ("guest", None, "Nordic Airlines")
    assert [event.type for event in comes.recorded] == ["camps.delegate.confirmed"]


def test_whoever_is_invited_by_name_comes_themselves_or_not_at_all() -> None:
    comes = Delegate.by_name(a_guest(), id="dlg_1", invitation=an_invitation_by_name(), camp=a_camp())

    with pytest.raises(InvitedByName):
        comes.withdraw(camp=a_camp())
    with pytest.raises(InvitedByName):
        comes.substitute(a_guest(), id="dlg_2", camp=a_camp(), role="Pilot", attends=comes.attends)
    with pytest.raises(InvitedByName):
        comes.change(camp=a_camp(), name="Kim B")
    assert comes.change(camp=a_camp(), role="Captain")


def test_who_is_known_otherwise_than_before_is_so() -> None:
    invitation = an_invitation_by_name(guest=a_guest())

    assert invitation.describe(a_guest(lesson="Anybody may stop a take-off"))
    assert not invitation.describe(a_guest(lesson="Anybody may stop a take-off"))


def test_a_partners_invitation_says_what_it_always_said() -> None:
    camp, ledger = a_camp(), a_ledger()
    invitation = Invitation.to_camp(id="inv_1", camp=camp, partner_id="prt_1", reasons=[a_reason()])

    invitation.issue(camp=camp, ledger=ledger)

    assert said(invitation) == ["camps.invitation.issued"]
