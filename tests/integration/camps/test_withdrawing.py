"""Invitations are withdrawn: by staff, with their last reason, or when a partnership ends."""

from collections.abc import Callable
from datetime import datetime
from itertools import permutations
from typing import Any

import pytest

from tests.integration.camps.harness import PERIODS, CampsHarness, took_effect

LEADER = {"subject": "leader", "organisation": "prt_1", "roles": ["partner_lead"]}
DEEDS = ("admit", "open", "reach", "reopen", "depart")


def withdraw(camps: CampsHarness, partner_id: str, scope: dict[str, Any] | None = None) -> dict[str, Any]:
    return camps.answer("withdraw_invitation", partner_id, *([scope] if scope else []), reason="The camp is smaller")


def reopen(camps: CampsHarness, milestone_id: str, partner_id: str, *, sequence: int = 2) -> None:
    camps.hear("withdraw_reason", sequence=sequence, milestone_id=milestone_id, partner_id=partner_id)


def depart(camps: CampsHarness, partner_id: str) -> None:
    camps.hear(
        "withdraw_open_invitations", sequence=3, partner_id=partner_id, reason="Merged", departed_on="2026-06-01"
    )


def test_a_withdrawn_invitation_says_why_and_gives_its_seats_to_who_waits(camps: CampsHarness) -> None:
    camp = camps.inviting(capacity=4)
    camps.invite("prt_1", "prt_2")

    withdrawn = withdraw(camps, "prt_1")["ok"]
    camps.pass_on()

    (said,) = camps.published("camps.invitation.withdrawn")
    assert withdrawn["state"] == "withdrawn"
    assert said["data"] == {
        "invitation_id": withdrawn["id"], "camp_id": camp["id"], "partner_id": "prt_1", "admission_number": 1,
        "reason": "The camp is smaller", "kind": "by_staff",
    }  # fmt: skip
    why = {"kind": "by_staff", "reason": "The camp is smaller", "at": "2026-06-01T09:00:00.000Z"}
    assert withdrawn["withdrawal"] == why
    assert camps.invitation_of("prt_2")["state"] == "issued"


def test_when_the_first_who_waits_is_withdrawn_the_next_may_have_what_was_too_few(camps: CampsHarness) -> None:
    camps.inviting(capacity=7)
    camps.invite("prt_1", "prt_2", "prt_3")
    camps.store.database["seat_ledgers"].update_one({}, {"$set": {"waitlist.1.seats": 3}})

    withdraw(camps, "prt_2")

    assert camps.invitation_of("prt_3")["state"] == "issued"
    assert camps.published("camps.seats.freed") == []


def test_an_invitation_is_withdrawn_once_and_by_the_institute(camps: CampsHarness) -> None:
    camps.inviting()
    camps.invite("prt_1")

    assert withdraw(camps, "prt_1", LEADER)["fault"]["code"] == "needs_every_organisation"
    assert withdraw(camps, "prt_1")["ok"]
    assert withdraw(camps, "prt_1")["fault"]["code"] == "nothing_to_withdraw"
    assert camps.answer("accept_invitation", "prt_1")["fault"]["code"] == "nothing_to_answer"


def test_a_milestone_reopened_is_no_reason_any_longer(camps: CampsHarness) -> None:
    camps.inviting()
    camps.invite("prt_1")
    camps.reach("mst_more", "prt_1")

    reopen(camps, "mst_more", "prt_1")

    invitation = camps.invitation_of("prt_1")
    assert invitation["state"] == "issued"
    assert [reason["id"] for reason in invitation["reasons"]] == ["mst_prt_1"]


def test_a_session_about_a_milestone_reopened_is_withdrawn_and_proposed_again_with_it(camps: CampsHarness) -> None:
    camps.inviting()
    camps.invite("prt_1")
    camps.reach("mst_more", "prt_1", sequence=1)

    reopen(camps, "mst_more", "prt_1", sequence=2)
    assert [each["state"] for each in camps.all("list_sessions")] == ["withdrawn"]
    camps.reach("mst_more", "prt_1", sequence=3)

    (session,) = camps.all("list_sessions")
    assert (session["state"], session["milestone_id"]) == ("proposed", "mst_more")
    said = [len(camps.published(f"camps.session.{each}")) for each in ("proposed", "withdrawn")]
    assert said == [2, 1]


def test_with_an_invitation_its_sessions_are_withdrawn(camps: CampsHarness) -> None:
    camps.inviting()
    camps.invite("prt_1", "prt_2")
    camps.reach("mst_more", "prt_1")
    camps.reach("mst_other", "prt_2")

    withdraw(camps, "prt_1")

    states = {each["partner_id"]: each["state"] for each in camps.all("list_sessions")}
    assert states == {"prt_1": "withdrawn", "prt_2": "proposed"}


def test_an_unanswered_invitation_with_no_reason_left_is_withdrawn(camps: CampsHarness) -> None:
    camp = camps.inviting()
    camps.invite("prt_1")

    reopen(camps, "mst_prt_1", "prt_1")

    assert camps.invitation_of("prt_1")["state"] == "withdrawn"
    assert [row["data"]["reason"] for row in camps.published("camps.invitation.withdrawn")] == [
        "There is no reason left for it"
    ]
    camps.time_goes_by(PERIODS.grace)
    assert camps.seats(camp)["free"] == 120


def test_who_has_answered_stays_invited_without_a_reason(camps: CampsHarness) -> None:
    camps.inviting()
    camps.invite("prt_1")
    camps.answer("accept_invitation", "prt_1")

    reopen(camps, "mst_prt_1", "prt_1")

    assert camps.invitation_of("prt_1")["state"] == "accepted"


def test_a_milestone_reached_again_issues_the_invitation_again(camps: CampsHarness) -> None:
    camp = camps.inviting()
    camps.invite("prt_1")
    reopen(camps, "mst_prt_1", "prt_1", sequence=2)

    camps.reach("mst_prt_1", "prt_1", sequence=3)

    assert camps.invitation_of("prt_1")["state"] == "issued"
    assert len(camps.published("camps.invitation.issued")) == 2
    assert camps.seats(camp)["held"] == 4


def test_an_invitation_withdrawn_by_staff_stays_withdrawn(camps: CampsHarness) -> None:
    camps.inviting()
    camps.invite("prt_1")
    withdraw(camps, "prt_1")

    camps.reach("mst_more", "prt_1")

    assert camps.invitation_of("prt_1")["state"] == "withdrawn"


def test_an_invitation_withdrawn_by_staff_stays_withdrawn_when_its_reason_comes_and_goes(camps: CampsHarness) -> None:
    camps.inviting()
    camps.invite("prt_1")
    withdraw(camps, "prt_1")

    reopen(camps, "mst_prt_1", "prt_1", sequence=2)
    camps.reach("mst_prt_1", "prt_1", sequence=3)
    camps.reach("mst_more", "prt_1")

    assert camps.invitation_of("prt_1")["state"] == "withdrawn"
    assert len(camps.published("camps.invitation.issued")) == 1


def test_the_partner_that_departs_is_invited_no_longer(camps: CampsHarness) -> None:
    camp = camps.inviting(capacity=8)
    camps.invite("prt_1", "prt_2")
    camps.answer("accept_invitation", "prt_1")

    depart(camps, "prt_1")
    camps.reach("mst_late", "prt_1")

    assert [camps.invitation_of(each)["state"] for each in ("prt_1", "prt_2")] == ["withdrawn", "issued"]
    assert len(camps.invitation_of("prt_1")["reasons"]) == 1
    assert camps.seats(camp)["free"] == 4


def test_a_camp_that_has_begun_keeps_who_was_there(camps: CampsHarness, after_the_summer_camp_began: datetime) -> None:
    camps.inviting()
    camps.invite("prt_1")
    camps.answer("accept_invitation", "prt_1")
    camps.it_becomes(after_the_summer_camp_began)

    depart(camps, "prt_1")

    assert camps.invitation_of("prt_1")["state"] == "accepted"


@pytest.mark.parametrize("order", list(permutations(DEEDS)), ids=", ".join)
def test_in_whatever_order_it_is_heard_nothing_stays_open(camps: CampsHarness, order: tuple[str, ...]) -> None:
    camp, left = camps.announce(), list(order)
    deeds: dict[str, Callable[[], object]] = {
        "admit": lambda: camps.admit("prt_1"),
        "open": lambda: camps.open(camp),
        "reach": lambda: camps.reach("mst_1", "prt_1", sequence=2),
        "reopen": lambda: reopen(camps, "mst_1", "prt_1", sequence=3),
        "depart": lambda: depart(camps, "prt_1"),
    }

    while left:
        left = [deed for deed in left if not took_effect(deeds[deed])]

    assert [each["state"] for each in camps.all("list_invitations")] in ([], ["withdrawn"])
    assert (camps.kept(), camps.seats(camp)["free"]) == (0, 120)


def test_a_partner_goes_by_its_newest_name(camps: CampsHarness) -> None:
    camps.hear("make_eligible", sequence=2, partner_id="prt_1", name="Newer")
    camps.admit("prt_1")

    (known,) = camps.store.database["eligible_partners"].find()
    assert known["name"] == "Newer"
