"""Delegates: who comes in the seats of an invitation, and what keeps them away."""

from datetime import date
from typing import Any

import pytest

from services.camps.model.delegations.delegate import Absence, Delegate, OfPeopleOnRecord
from services.camps.model.delegations.delegate_lifecycle import DelegateState
from services.camps.model.delegations.seats import (
    TAKES_DELEGATES,
    MoreDelegatesThanSeats,
    NoSeatLeft,
    NoSeatToFill,
    refuse_more_than_seats,
    refuse_one_more,
    seats_left,
)
from services.camps.model.invitations.invitation_lifecycle import InvitationState
from services.camps.model.person import Whom
from tests.builders.camps import a_camp, a_delegate, an_invitation

CAMP = a_camp()
ANNA = Whom(person_id="per_1", name="Anna", email="anna@region.example", language="sv", zone="Europe/Stockholm")


def said(delegate: Delegate) -> list[str]:
    return [event.type.rpartition(".")[2] for event in delegate.recorded]


def a_person(**about: Any) -> Delegate:
    return a_delegate(**{**vars(ANNA), **about})


def test_what_others_hear_of_a_delegate_is_all_that_a_letter_and_a_calendar_say() -> None:
    delegate = a_delegate()

    delegate.confirm(camp=CAMP)

    (confirmed,) = delegate.recorded
    expected = {
        "delegate_id": "dlg_1", "camp_id": "cmp_1", "partner_id": "prt_1", "invitation_id": "inv_1", "person_id": None,
        "kind": "partner", "name": "Bo", "email": "bo@region.example", "language": "sv", "zone": "Europe/Stockholm",
        "role": "Improver", "attends": "in_person", "season": "summer", "year": 2026, "camp_title": "Summer Camp 2026",
        "place": "Boston", "camp_zone": "America/New_York", "starts_on": date(2026, 7, 13),
        "ends_on": date(2026, 7, 15), "anchor_revision": 0, "substitute_for": None,
    }  # fmt: skip
    heard = vars(confirmed)
    assert {name: heard[name] for name in expected} == expected
    # 9:00 and 17:00 in Boston, four hours behind UTC in July.
    assert heard["begins_at"].isoformat() == "2026-07-13T13:00:00+00:00"
    assert heard["ends_at"].isoformat() == "2026-07-15T21:00:00+00:00"


def test_a_substitute_takes_over_the_seat_and_either_is_told_of() -> None:
    delegate = a_delegate(state=DelegateState.CONFIRMED)

    other = delegate.substitute(ANNA, id="dlg_2", camp=CAMP, role="Leader", attends=delegate.attends)

    assert (delegate.state, delegate.substitute_id) == ("substituted", "dlg_2")
    assert (other.state, other.substitute_for, other.invitation_id) == ("named", "dlg_1", "inv_1")
    assert (said(delegate), said(other)) == (["substituted"], ["named"])


@pytest.mark.parametrize("state", [DelegateState.NAMED, DelegateState.CONFIRMED])
def test_who_lost_the_seat_with_the_invitation_comes_as_before_when_it_has_it_again(state: DelegateState) -> None:
    delegate = a_delegate(state=state)

    delegate.miss(Absence.INVITATION, camp=CAMP)
    away = delegate.state
    delegate.regain(Absence.INVITATION, camp=CAMP)

    assert (away, delegate.state) == ("withdrawn", state)
    assert said(delegate) == ["withdrawn", state]


def test_who_lost_the_seat_and_left_the_partner_comes_again_when_both_are_over() -> None:
    delegate = a_person()
    delegate.miss(Absence.PERSON_LEFT, camp=CAMP)
    delegate.miss(Absence.INVITATION, camp=CAMP)

    delegate.regain(Absence.PERSON_LEFT, camp=CAMP)
    in_between = delegate.state
    delegate.regain(Absence.INVITATION, camp=CAMP)

    assert (in_between, delegate.state) == ("withdrawn", "named")
    assert said(delegate) == ["withdrawn", "named"]


def test_who_was_withdrawn_by_hand_is_kept_away_by_nothing_else() -> None:
    delegate = a_delegate()
    delegate.withdraw(camp=CAMP)

    assert not delegate.miss(Absence.INVITATION, camp=CAMP)
    assert delegate.absences == [Absence.BY_HAND]


def test_what_is_on_record_of_a_person_is_changed_there() -> None:
    with pytest.raises(OfPeopleOnRecord):
        a_person().change(camp=CAMP, email="other@region.example")


def test_a_change_says_where_somebody_was_written_to_until_now() -> None:
    delegate = a_delegate()

    assert delegate.change(camp=CAMP, email="bo@home.example")
    assert not delegate.change(camp=CAMP, email="bo@home.example")

    (changed,) = delegate.recorded
    assert (vars(changed)["email"], vars(changed)["email_before"]) == ("bo@home.example", "bo@region.example")


@pytest.mark.parametrize("state", [each for each in InvitationState if each not in TAKES_DELEGATES])
def test_nobody_is_named_before_the_partner_says_that_it_comes(state: InvitationState) -> None:
    with pytest.raises(NoSeatToFill):
        refuse_one_more([], invitation=an_invitation(state=state))


def test_no_more_are_named_than_there_are_seats_and_who_does_not_come_has_none() -> None:
    accepted = an_invitation(state=InvitationState.ACCEPTED)
    three = [a_delegate(id=f"dlg_{number}") for number in range(3)]
    gone = a_delegate(id="dlg_gone", state=DelegateState.SUBSTITUTED)

    refuse_one_more([*three, gone], invitation=accepted)
    with pytest.raises(NoSeatLeft, match="dlg_0, dlg_1, dlg_2, dlg_3"):
        refuse_one_more([*three, gone, a_delegate(id="dlg_3")], invitation=accepted)
    assert seats_left([*three, gone], invitation=accepted) == 1


def test_fewer_seats_than_delegates_are_refused_with_who_is_named() -> None:
    accepted = an_invitation(state=InvitationState.ACCEPTED)
    accepted.seats = 1

    with pytest.raises(MoreDelegatesThanSeats, match="dlg_1, dlg_2 are named: withdraw 1 of them first"):
        refuse_more_than_seats([a_delegate(), a_delegate(id="dlg_2")], invitation=accepted)
