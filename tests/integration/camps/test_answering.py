"""Partners answer their invitations: the rules of answers, on the real database."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.persistence.claims import MAX_PER_TICK
from tests.integration.camps.harness import STAFF, CampsHarness

LEADER = {"subject": "leader", "organisation": "prt_1", "roles": ["partner_lead"]}
EDITOR = LEADER | {"subject": "editor", "roles": ["partner_editor"]}
STRANGER = LEADER | {"organisation": "prt_2"}


@pytest.fixture
def camp(camps: CampsHarness) -> dict[str, Any]:
    """A camp to which `prt_1` is invited, with four seats."""
    camp = camps.inviting(capacity=10)
    camps.invite("prt_1")
    return camp


@pytest.mark.parametrize("who", [LEADER, EDITOR, STAFF], ids=["leader", "editor", "staff"])
def test_a_partners_own_people_and_staff_answer(camps: CampsHarness, camp: dict[str, Any], who: dict[str, Any]) -> None:
    accepted = camps.answer("accept_invitation", "prt_1", who, seats=3)["ok"]

    assert (accepted["state"], accepted["seats"]) == ("accepted", 3)
    assert accepted["answer"] == {
        "by": who["subject"], "via": "api", "at": "2026-06-01T09:00:00.000Z", "reason": None,
    }  # fmt: skip
    assert camps.seats(camp) == {
        "camp_id": camp["id"], "capacity": 10, "held": 0, "confirmed": 3, "in_grace": 0, "free": 7, "waiting": 0,
    }  # fmt: skip
    assert [row["data"]["seats"] for row in camps.published("camps.seats.freed")] == [1]


@pytest.mark.parametrize("operation", ["accept_invitation", "answer_tentatively", "decline_invitation", "undo_answer"])
def test_nobody_answers_for_another_partner(camps: CampsHarness, camp: dict[str, Any], operation: str) -> None:
    assert camps.answer(operation, "prt_1", STRANGER)["fault"]["kind"] == "not_found"
    assert camps.invitation_of("prt_1")["state"] == "issued"


def test_an_invitation_is_answered_by_who_has_seen_its_latest_version(
    camps: CampsHarness, camp: dict[str, Any]
) -> None:
    invitation = camps.invitation_of("prt_1")

    fault = camps.call("accept_invitation", invitation_id=invitation["id"], version=invitation["version"] + 1)["fault"]

    assert fault["kind"] == "stale"


def test_the_same_answer_twice_changes_nothing(camps: CampsHarness, camp: dict[str, Any]) -> None:
    first = camps.answer("accept_invitation", "prt_1")["ok"]

    assert camps.answer("accept_invitation", "prt_1")["ok"] == first
    assert len(camps.published("camps.invitation.accepted")) == 1


def test_after_the_day_to_answer_by_only_staff_answers(camps: CampsHarness, camp: dict[str, Any]) -> None:
    camps.it_becomes(datetime(2026, 6, 30, 4, 0, tzinfo=UTC))

    fault = camps.answer("accept_invitation", "prt_1", LEADER)["fault"]

    assert (fault["kind"], fault["code"]) == ("conflict", "answers_are_over")
    assert camps.answer("accept_invitation", "prt_1", STAFF)["ok"]["state"] == "accepted"


def test_when_the_day_to_answer_by_is_over_what_is_unanswered_and_delivered_expires(camps: CampsHarness) -> None:
    camp = camps.inviting(capacity=8)
    camps.invite("prt_1", "prt_2", "prt_3")
    camps.deliver("prt_1")

    camps.time_goes_by(datetime(2026, 6, 30, 4, 0, tzinfo=UTC) - camps.store.clock())

    assert [camps.invitation_of(each)["state"] for each in ("prt_1", "prt_2", "prt_3")] == [
        "expired", "issued", "issued",
    ]  # fmt: skip
    assert camps.published("camps.waitlist.promoted")[0]["data"]["partner_id"] == "prt_3"
    assert camps.seats(camp)["free"] == 0


def test_many_that_did_not_arrive_stand_in_nobodys_way(camps: CampsHarness) -> None:
    camps.inviting(capacity=100)
    camps.invite(*(f"prt_{number}" for number in range(MAX_PER_TICK + 1)))
    last = f"prt_{MAX_PER_TICK}"
    camps.deliver(last)

    camps.time_goes_by(datetime(2026, 6, 30, 4, 0, tzinfo=UTC) - camps.store.clock())

    assert camps.invitation_of(last)["state"] == "expired"


def test_nobody_comes_with_more_than_it_was_offered(camps: CampsHarness, camp: dict[str, Any]) -> None:
    fault = camps.answer("accept_invitation", "prt_1", seats=5)["fault"]

    assert (fault["kind"], fault["code"]) == ("conflict", "more_seats_than_offered")
    assert fault["message"] == "1 to 4 seats are expected; got 5"


def test_a_no_can_be_taken_back_until_its_grace_is_over(camps: CampsHarness, camp: dict[str, Any]) -> None:
    camps.answer("accept_invitation", "prt_1", seats=3)
    camps.answer("decline_invitation", "prt_1", LEADER, reason="Our board meets")
    assert camps.seats(camp)["in_grace"] == 3
    camps.time_goes_by(timedelta(hours=1, minutes=59))

    undone = camps.answer("undo_answer", "prt_1", LEADER)["ok"]
    camps.time_goes_by(timedelta(days=1))

    assert (undone["state"], undone["seats"]) == ("accepted", 3)
    assert camps.seats(camp)["confirmed"] == 3
    assert [row["data"]["state"] for row in camps.published("camps.invitation.answer_undone")] == ["accepted"]


def test_when_its_grace_is_over_the_seats_of_a_no_are_free_once(camps: CampsHarness, camp: dict[str, Any]) -> None:
    camps.answer("decline_invitation", "prt_1", reason="Our board meets")

    for _ in range(2):
        camps.time_goes_by(timedelta(hours=2))

    (freed,) = camps.published("camps.seats.freed")
    assert freed["data"] == {"camp_id": camp["id"], "invitation_id": camps.invitation_of("prt_1")["id"], "seats": 4}
    assert camps.seats(camp)["free"] == 10
    assert camps.answer("undo_answer", "prt_1", LEADER)["fault"]["code"] == "nothing_to_undo"
    assert camps.answer("accept_invitation", "prt_1", LEADER)["fault"]["code"] == "nothing_to_answer"
