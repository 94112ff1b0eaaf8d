"""A partner departs and is admitted anew: what belonged to the earlier admission ends, whichever is heard first."""

from collections.abc import Callable, Iterable
from itertools import permutations
from typing import Any

import pytest

from tests.integration.camps.harness import CampsHarness, took_effect

DEPARTED, ADMITTED_ANEW, RENAMED = 3, 4, 6
"""The numbers of these events among those of the partner; the first admission is 1."""
BOTH_ORDERS = list(permutations(("depart", "come_back")))


def depart(camps: CampsHarness, partner_id: str = "prt_1") -> None:
    about = {"partner_id": partner_id, "reason": "Merged", "departed_on": "2026-06-01", "admission_number": 1}
    camps.hear("withdraw_open_invitations", sequence=DEPARTED, **about)


def come_back(camps: CampsHarness, partner_id: str = "prt_1", *, sequence: int = ADMITTED_ANEW) -> None:
    about = {"partner_id": partner_id, "name": f"Region {partner_id}", "admission_number": 2}
    camps.hear("make_eligible", sequence=sequence, **about)


DEEDS: dict[str, Callable[[CampsHarness], None]] = {"depart": depart, "come_back": come_back}


def hear_in(order: tuple[str, ...], camps: CampsHarness) -> None:
    for deed in order:
        DEEDS[deed](camps)


def hear_all(deeds: Iterable[Callable[[], object]]) -> None:
    """Hear in this order; what is not yet known is heard again after the rest, as the wait queues do."""
    waiting = list(deeds)
    while waiting:
        waiting = [deed for deed in waiting if not took_effect(deed)]


def reissue(camps: CampsHarness) -> dict[str, Any]:
    return camps.answer("reissue_invitation", "prt_1", reason="They are back with us")


def asked(camps: CampsHarness) -> None:
    camps.invite("prt_1")


def perhaps(camps: CampsHarness) -> None:
    camps.invite("prt_1")
    camps.answer("answer_tentatively", "prt_1")


def coming(camps: CampsHarness) -> None:
    camps.invite("prt_1")
    camps.answer("accept_invitation", "prt_1")


def waiting(camps: CampsHarness) -> None:
    camps.invite("prt_first", "prt_1")


def declined_in_grace(camps: CampsHarness) -> None:
    camps.invite("prt_1")
    camps.answer("decline_invitation", "prt_1")


def corrected_in_grace(camps: CampsHarness) -> None:
    camps.invite("prt_1")
    camps.reopen("mst_prt_1", "prt_1")


OPEN = {
    "issued": asked, "tentative": perhaps, "accepted": coming, "waitlisted": waiting, "declined": declined_in_grace,
    "withdrawn": corrected_in_grace,
}  # fmt: skip
"""By the state that it has then: how an invitation comes to hold seats, if only in grace, or to wait for some."""


@pytest.mark.parametrize("order", [("depart",), *BOTH_ORDERS], ids=", ".join)
@pytest.mark.parametrize("state", OPEN)
def test_a_departure_ends_an_invitation_in_every_open_state(
    camps: CampsHarness, state: str, order: tuple[str, ...]
) -> None:
    camp = camps.inviting(capacity=4)
    OPEN[state](camps)
    before = camps.invitation_of("prt_1")

    hear_in(order, camps)

    invitation = camps.invitation_of("prt_1")
    assert before["state"] == state
    assert (invitation["state"], invitation["withdrawal"]["kind"]) == ("withdrawn", "partner_departed")
    assert camps.ledger(camp)["waitlist"] == []
    assert camps.seats(camp)["free"] == (0 if state == "waitlisted" else 4)


@pytest.mark.parametrize("order", BOTH_ORDERS, ids=", ".join)
def test_what_ended_with_the_earlier_admission_is_said_once(camps: CampsHarness, order: tuple[str, ...]) -> None:
    camps.inviting()
    camps.invite("prt_1")

    hear_in(order, camps)

    assert [row["data"]["kind"] for row in camps.published("camps.invitation.withdrawn")] == ["partner_departed"]


@pytest.mark.parametrize("order", BOTH_ORDERS, ids=", ".join)
def test_results_and_reasons_of_the_earlier_admission_end_with_it(camps: CampsHarness, order: tuple[str, ...]) -> None:
    camps.inviting()
    camps.invite("prt_1")
    camps.reach("mst_more", "prt_1")
    camps.admit("prt_2")
    camps.pause("prt_2")
    camps.reach("mst_2", "prt_2")

    for deed in order:
        for partner_id in ("prt_1", "prt_2"):
            DEEDS[deed](camps, partner_id)  # type: ignore[call-arg]

    assert [each["state"] for each in camps.all("list_sessions")] == ["withdrawn"]
    assert camps.kept() == 0


def test_a_departure_heard_late_leaves_what_the_present_admission_was_asked(camps: CampsHarness) -> None:
    camps.inviting()
    camps.invite("prt_1")
    come_back(camps)
    reissued = reissue(camps)["ok"]

    depart(camps)

    assert camps.invitation_of("prt_1") == reissued
    assert reissued["state"] == "issued"


@pytest.mark.parametrize("order", BOTH_ORDERS, ids=", ".join)
def test_who_is_back_can_be_asked_again(camps: CampsHarness, order: tuple[str, ...]) -> None:
    camps.inviting()
    camps.invite("prt_1")

    hear_in(order, camps)

    assert reissue(camps)["ok"]["state"] == "issued"


def invited_anew(camps: CampsHarness) -> None:
    camps.admit("prt_1")
    come_back(camps)
    camps.reach("mst_2", "prt_1", admission_number=2)


def reissued(camps: CampsHarness) -> None:
    camps.invite("prt_1")
    come_back(camps)
    reissue(camps)


def rejoined(camps: CampsHarness) -> None:
    camps.invite("prt_first", "prt_1")
    camps.answer("leave_waitlist", "prt_1", reason="The partner called")
    come_back(camps)
    camps.answer("rejoin_waitlist", "prt_1")


@pytest.mark.parametrize(
    ("ask", "event"),
    [(invited_anew, "invitation.issued"), (reissued, "invitation.issued"), (rejoined, "waitlist.joined")],
)
def test_who_is_asked_in_the_present_admission_is_told_that_it_is_of_this_one(
    camps: CampsHarness, ask: Callable[[CampsHarness], None], event: str
) -> None:
    camps.inviting(capacity=4)

    ask(camps)

    assert camps.published(f"camps.{event}")[-1]["data"]["admission_number"] == 2


def test_what_ends_with_an_admission_is_said_of_that_one(camps: CampsHarness) -> None:
    camps.inviting()
    camps.invite("prt_1")

    come_back(camps)

    assert [row["data"]["admission_number"] for row in camps.published("camps.invitation.withdrawn")] == [1]


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_what_is_reached_in_the_present_admission_invites_in_whichever_order_it_is_heard(
    camps: CampsHarness, order: tuple[int, ...]
) -> None:
    """Also if that was not heard of when the milestone is."""
    camps.inviting()
    camps.admit("prt_1")
    heard: list[Callable[[], object]] = [
        lambda: depart(camps),
        lambda: come_back(camps),
        lambda: camps.reach("mst_2", "prt_1", admission_number=2),
    ]

    hear_all(heard[index] for index in order)

    invitation = camps.invitation_of("prt_1")
    assert (invitation["state"], [reason["id"] for reason in invitation["reasons"]]) == ("issued", ["mst_2"])


@pytest.mark.parametrize("order", BOTH_ORDERS, ids=", ".join)
def test_what_was_reached_in_an_admission_that_has_ended_invites_nobody(
    camps: CampsHarness, order: tuple[str, ...]
) -> None:
    camps.inviting()
    camps.admit("prt_1")
    hear_in(order, camps)

    camps.reach("mst_1", "prt_1", admission_number=1)

    assert (camps.all("list_invitations"), camps.kept()) == ([], 0)


def test_a_new_profile_tells_of_an_admission_as_well_as_the_admission_itself(camps: CampsHarness) -> None:
    camps.inviting()
    camps.invite("prt_1")

    come_back(camps, sequence=RENAMED)

    assert camps.invitation_of("prt_1")["state"] == "withdrawn"


def test_a_pause_of_the_earlier_admission_does_not_rest_the_present_one(camps: CampsHarness) -> None:
    camps.inviting()
    camps.admit("prt_1")
    come_back(camps)

    camps.pause("prt_1", sequence=2)
    camps.reach("mst_1", "prt_1", admission_number=2)

    assert camps.invitation_of("prt_1")["state"] == "issued"


def test_who_rested_until_it_departed_does_not_rest_when_it_is_back(camps: CampsHarness) -> None:
    camps.inviting()
    camps.admit("prt_1")
    camps.pause("prt_1", sequence=2)

    come_back(camps)
    camps.reach("mst_1", "prt_1", admission_number=2)

    assert camps.invitation_of("prt_1")["state"] == "issued"


def test_a_pause_waits_for_the_admission_that_it_is_of(camps: CampsHarness) -> None:
    camps.inviting()
    camps.admit("prt_1")
    paused = {"partner_id": "prt_1", "admission_number": 2}

    assert not took_effect(lambda: camps.hear("pass_over_while_paused", sequence=5, **paused))
    come_back(camps)
    assert took_effect(lambda: camps.hear("pass_over_while_paused", sequence=5, **paused))
    camps.reach("mst_1", "prt_1", admission_number=2)

    assert (camps.all("list_invitations"), camps.kept()) == ([], 1)
