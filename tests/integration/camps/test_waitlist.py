"""Waiting for seats: leaving and coming back, taking fewer, being offered fewer, and what staff sees of it."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.integration.camps.harness import CampsHarness

LEADER_2 = {"subject": "asa", "organisation": "prt_2", "roles": ["partner_lead"]}


@pytest.fixture
def camp(camps: CampsHarness) -> dict[str, Any]:
    """A camp with six seats: one partner is invited by four, two others wait for as many; two seats are free."""
    camp = camps.inviting(capacity=6)
    camps.invite("prt_1", "prt_2", "prt_3")
    return camp


def states(camps: CampsHarness) -> list[str]:
    return [camps.invitation_of(f"prt_{number}")["state"] for number in (1, 2, 3)]


def waitlist(camps: CampsHarness, camp: dict[str, Any]) -> dict[str, Any]:
    shown: dict[str, Any] = camps.call("show_waitlist", camp_id=camp["id"])["ok"]
    return shown


def place(camps: CampsHarness, partner_id: str) -> dict[str, Any]:
    id = camps.invitation_of(partner_id)["id"]
    shown: dict[str, Any] = camps.call("show_waitlist_place", LEADER_2, invitation_id=id)
    return shown


def offer_fewer(camps: CampsHarness, partner_id: str, seats: int = 2) -> dict[str, Any]:
    answered: dict[str, Any] = camps.answer("offer_fewer_seats", partner_id, seats=seats)
    return answered


# --- what came to pass ---


@pytest.mark.usefixtures("camp")
def test_who_waits_sees_how_its_place_has_moved_and_not_because_of_whom(camps: CampsHarness) -> None:
    camps.person("per_3", partner_id="prt_3", email="eva@region.example")
    camps.answer("leave_waitlist", "prt_2", reason="The partner called")

    scope = LEADER_2 | {"organisation": "prt_3"}
    shown = camps.call("show_waitlist_place", scope, invitation_id=camps.invitation_of("prt_3")["id"])["ok"]

    moves = [(each["before"], each["after"], each["because"]) for each in shown["moves"]]
    assert moves == [(None, 2, "joined"), (2, 1, "another_left")]
    assert "prt_2" not in str(shown)
    token = camps.token("prt_3", person_id="per_3", email="eva@region.example")
    form = camps.call("show_reply_form", token=token)["ok"]
    assert [(each["on"], each["place"], each["because"]) for each in form["moves"]] == [
        ("2026-06-01", 2, "joined"), ("2026-06-01", 1, "another_left"),
    ]  # fmt: skip


def test_staff_sees_the_history_of_the_seats_and_nobody_else_does(camps: CampsHarness, camp: dict[str, Any]) -> None:
    camps.answer("accept_invitation", "prt_1", seats=3)

    rows = camps.call("list_seat_moves", camp_id=camp["id"], limit=10)["ok"]["items"]

    ids = {camps.invitation_of(f"prt_{number}")["id"]: number for number in (1, 2, 3)}
    assert [(row["number"], ids.get(row["invitation_id"]), row["kind"], row["by"]) for row in rows] == [
        (1, None, "capacity_changed", "anna"), (2, 1, "held", "anna"), (3, 2, "joined", "anna"),
        (4, 3, "joined", "anna"), (5, 1, "confirmed", "anna"),
    ]  # fmt: skip
    assert rows[-1]["standing"]["confirmed"] == 3
    refused = camps.call("list_seat_moves", LEADER_2, camp_id=camp["id"], limit=10)
    assert refused["fault"]["code"] == "needs_every_organisation"


# --- leaving ---


@pytest.mark.usefixtures("camp")
def test_who_waits_may_leave_and_the_next_moves_up(camps: CampsHarness) -> None:
    left = camps.answer("leave_waitlist", "prt_2", LEADER_2)["ok"]

    assert left["state"] == "left_waitlist"
    (event,) = camps.published("camps.waitlist.left")
    assert event["data"] | {"kind": "by_partner", "reason": None} == event["data"]
    assert camps.call("show_waitlist_place", invitation_id=camps.invitation_of("prt_3")["id"])["ok"]["position"] == 1


def test_who_leaves_lets_one_that_needs_fewer_be_asked_at_once(camps: CampsHarness, camp: dict[str, Any]) -> None:
    camps.answer("take_fewer_seats", "prt_3", seats=2)
    camps.pass_on()
    assert states(camps) == ["issued", "waitlisted", "waitlisted"]

    camps.answer("leave_waitlist", "prt_2", LEADER_2)
    camps.pass_on()

    assert states(camps) == ["issued", "left_waitlist", "issued"]
    assert camps.seats(camp)["free"] == 0


@pytest.mark.usefixtures("camp")
def test_the_institute_says_why_it_takes_a_partner_off_the_waitlist(camps: CampsHarness) -> None:
    refused = camps.answer("leave_waitlist", "prt_2")["fault"]
    assert (refused["code"], refused["fields"][0]["pointer"]) == ("reason_expected", "/reason")

    camps.answer("leave_waitlist", "prt_2", reason="They told us by telephone")

    (event,) = camps.published("camps.waitlist.left")
    assert (event["data"]["kind"], event["data"]["reason"]) == ("by_staff", "They told us by telephone")


@pytest.mark.usefixtures("camp")
def test_who_has_left_and_joins_again_is_behind_all_others(camps: CampsHarness) -> None:
    camps.answer("leave_waitlist", "prt_2", LEADER_2)

    joined = camps.answer("rejoin_waitlist", "prt_2", LEADER_2)["ok"]

    assert joined["state"] == "waitlisted"
    assert place(camps, "prt_2")["ok"]["position"] == 2
    assert camps.published("camps.waitlist.joined")[-1]["data"]["position"] == 2


@pytest.mark.usefixtures("camp")
def test_who_joins_again_where_seats_are_free_and_nobody_waits_is_asked_at_once(camps: CampsHarness) -> None:
    camps.answer("leave_waitlist", "prt_2", LEADER_2)
    camps.answer("leave_waitlist", "prt_3", reason="They told us")
    camps.answer("withdraw_invitation", "prt_1", reason="By mistake")

    assert camps.answer("rejoin_waitlist", "prt_2", LEADER_2)["ok"]["state"] == "issued"


@pytest.mark.usefixtures("camp")
def test_who_was_left_without_a_reason_cannot_join_again(camps: CampsHarness) -> None:
    camps.answer("leave_waitlist", "prt_2", LEADER_2)
    camps.reopen("mst_prt_2", "prt_2")

    refused = camps.answer("rejoin_waitlist", "prt_2", LEADER_2)["fault"]

    assert refused["code"] == "not_on_the_waitlist"
    assert "no reason left" in refused["message"]


@pytest.mark.usefixtures("camp")
def test_a_paused_partner_joins_again_when_it_is_resumed(camps: CampsHarness) -> None:
    camps.answer("leave_waitlist", "prt_2", LEADER_2)
    camps.pause("prt_2")

    assert camps.answer("rejoin_waitlist", "prt_2", LEADER_2)["fault"]["code"] == "partner_not_invitable"


@pytest.mark.usefixtures("camp")
def test_who_waits_may_leave_and_take_fewer_also_after_the_day_to_answer_by(camps: CampsHarness) -> None:
    camps.time_goes_by(timedelta(days=30))

    assert camps.answer("take_fewer_seats", "prt_2", LEADER_2, seats=3)["ok"]["seats"] == 3
    assert camps.answer("leave_waitlist", "prt_2", LEADER_2)["ok"]["state"] == "left_waitlist"


@pytest.mark.usefixtures("camp")
def test_nobody_leaves_a_waitlist_for_another_partner(camps: CampsHarness) -> None:
    assert camps.answer("leave_waitlist", "prt_3", LEADER_2)["fault"]["code"] == "not_found"


# --- taking fewer ---


def test_a_partner_that_takes_what_is_free_is_asked_at_once(camps: CampsHarness, camp: dict[str, Any]) -> None:
    camps.answer("take_fewer_seats", "prt_2", LEADER_2, seats=2)
    camps.pass_on()

    assert states(camps) == ["issued", "issued", "waitlisted"]
    assert camps.invitation_of("prt_2")["seats"] == 2
    assert camps.seats(camp)["free"] == 0


@pytest.mark.usefixtures("camp")
def test_who_takes_fewer_overtakes_nobody(camps: CampsHarness) -> None:
    camps.answer("take_fewer_seats", "prt_3", seats=1)
    camps.pass_on()

    assert states(camps) == ["issued", "waitlisted", "waitlisted"]


@pytest.mark.usefixtures("camp")
def test_fewer_seats_are_fewer(camps: CampsHarness) -> None:
    refused = camps.answer("take_fewer_seats", "prt_2", LEADER_2, seats=4)["fault"]

    assert (refused["code"], refused["message"]) == ("not_fewer_seats", "1 to 3 seats are expected; got 4")


# --- being offered fewer ---


def test_staff_offers_who_is_next_what_is_free(camps: CampsHarness, camp: dict[str, Any]) -> None:
    offer_fewer(camps, "prt_2")

    (promoted,) = camps.published("camps.waitlist.promoted")
    assert (promoted["data"]["seats"], promoted["data"]["waited_for"]) == (2, 4)
    assert promoted["data"]["offer_until"] == "2026-06-03T09:00:00.000Z"
    assert states(camps) == ["issued", "issued", "waitlisted"]
    assert camps.seats(camp)["free"] == 0


@pytest.mark.usefixtures("camp")
def test_nobody_is_offered_fewer_seats_before_who_is_next(camps: CampsHarness) -> None:
    assert offer_fewer(camps, "prt_3")["fault"]["code"] == "not_next_in_line"


@pytest.mark.usefixtures("camp")
def test_no_more_is_offered_than_is_free(camps: CampsHarness) -> None:
    refused = offer_fewer(camps, "prt_2", seats=3)["fault"]

    assert (refused["code"], refused["message"]) == ("not_that_many_free", "1 to 2 seats are expected; got 3")


@pytest.mark.usefixtures("camp")
def test_a_paused_partner_is_offered_no_fewer_seats_and_the_one_behind_it_is(camps: CampsHarness) -> None:
    camps.pause("prt_2")

    assert offer_fewer(camps, "prt_2")["fault"]["code"] == "not_next_in_line"
    assert offer_fewer(camps, "prt_3")["ok"]["state"] == "issued"


def test_who_is_offered_fewer_may_wait_on_for_all_in_its_place(camps: CampsHarness, camp: dict[str, Any]) -> None:
    offer_fewer(camps, "prt_2")

    waits = camps.answer("wait_on", "prt_2", LEADER_2)["ok"]
    camps.pass_on()

    assert (waits["state"], waits["seats"]) == ("waitlisted", 4)
    assert place(camps, "prt_2")["ok"]["position"] == 1
    assert camps.seats(camp)["free"] == 2


@pytest.mark.usefixtures("camp")
def test_who_comes_with_fewer_has_nothing_to_wait_for(camps: CampsHarness) -> None:
    offer_fewer(camps, "prt_2")
    camps.answer("accept_invitation", "prt_2", LEADER_2)

    assert camps.answer("wait_on", "prt_2", LEADER_2)["fault"]["code"] == "nothing_to_wait_for"


@pytest.mark.usefixtures("camp")
def test_an_offer_of_fewer_that_nobody_was_told_of_waits_again_for_all(camps: CampsHarness) -> None:
    offer_fewer(camps, "prt_2")

    camps.time_goes_by(timedelta(days=2))

    invitation = camps.invitation_of("prt_2")
    assert (invitation["state"], invitation["seats"], invitation["waited_for"]) == ("waitlisted", 4, None)


def test_an_offer_of_fewer_that_is_not_taken_goes_to_the_next_that_fits(
    camps: CampsHarness, camp: dict[str, Any]
) -> None:
    camps.answer("take_fewer_seats", "prt_3", seats=2)
    offer_fewer(camps, "prt_2")
    camps.deliver("prt_2")

    camps.time_goes_by(timedelta(days=2))

    assert states(camps) == ["issued", "expired", "issued"]
    assert camps.seats(camp)["free"] == 0


@pytest.mark.usefixtures("camp")
def test_nothing_is_offered_by_hand_once_the_camp_has_begun(
    camps: CampsHarness, after_the_summer_camp_began: datetime
) -> None:
    camps.it_becomes(after_the_summer_camp_began)

    assert offer_fewer(camps, "prt_2")["fault"]["code"] == "camp_has_begun"


# --- what is seen ---


def test_staff_sees_who_is_next_what_it_lacks_and_since_when(camps: CampsHarness, camp: dict[str, Any]) -> None:
    shown = waitlist(camps, camp)

    waiting = [(each["position"], each["partner_id"], each["partner_name"], each["seats"]) for each in shown["waiting"]]
    assert waiting == [(1, "prt_2", "Region prt_2", 4), (2, "prt_3", "Region prt_3", 4)]
    assert shown["next_invitation_id"] == camps.invitation_of("prt_2")["id"]
    assert (shown["free"], shown["missing"], shown["stuck_since"]) == (2, 2, "2026-06-01T09:00:00.000Z")


def test_who_is_passed_over_is_seen_and_is_not_next(camps: CampsHarness, camp: dict[str, Any]) -> None:
    camps.pause("prt_2")

    shown = waitlist(camps, camp)

    assert [each["passed_over"] for each in shown["waiting"]] == [["partner_paused"], []]
    assert shown["next_invitation_id"] == camps.invitation_of("prt_3")["id"]


def test_it_is_stuck_since_the_first_time_and_not_once_the_seats_are_offered(
    camps: CampsHarness, camp: dict[str, Any]
) -> None:
    camps.time_goes_by(timedelta(hours=5))
    camps.answer("take_fewer_seats", "prt_2", LEADER_2, seats=3)
    camps.pass_on()
    assert waitlist(camps, camp)["stuck_since"] == "2026-06-01T09:00:00.000Z"

    offer_fewer(camps, "prt_2")

    assert waitlist(camps, camp)["stuck_since"] is None


def test_nobody_is_alarmed_by_seats_that_stayed_free_at_a_camp_that_has_begun(
    camps: CampsHarness, camp: dict[str, Any], after_the_summer_camp_began: datetime
) -> None:
    camps.close_waitlists()
    assert camps.ledger(camp)["stuck_since"] is not None
    camps.it_becomes(after_the_summer_camp_began)

    camps.close_waitlists()

    assert camps.ledger(camp)["stuck_since"] is None


def test_a_waitlist_is_the_institutes_and_a_place_the_partners(camps: CampsHarness, camp: dict[str, Any]) -> None:
    assert camps.call("show_waitlist", LEADER_2, camp_id=camp["id"])["fault"]["code"] == "needs_every_organisation"
    assert place(camps, "prt_2")["ok"]["position"] == 1
    assert place(camps, "prt_3")["fault"]["code"] == "not_found"
