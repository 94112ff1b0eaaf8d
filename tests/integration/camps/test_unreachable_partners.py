"""Partners nobody can write to: nobody waits for them, and they lose nothing while nobody is there to answer."""

from datetime import timedelta
from typing import Any

import pytest

from tests.integration.camps.harness import CampsHarness

MONTH = timedelta(days=30)
LEADER = {"subject": "asa", "organisation": "prt_1", "roles": ["partner_lead"]}


@pytest.fixture
def full(camps: CampsHarness) -> dict[str, Any]:
    """A camp for four, which one partner has; two others wait for as many, prt_2 before prt_3."""
    camp = camps.inviting(capacity=4)
    camps.invite("prt_1", "prt_2", "prt_3")
    return camp


def lose(camps: CampsHarness, partner_id: str, *, sequence: int = 1) -> None:
    camps.hear("pass_over_while_unreachable", sequence=sequence, partner_id=partner_id, because="nobody_leads")


def find(camps: CampsHarness, partner_id: str, *, sequence: int = 2) -> None:
    camps.hear("call_again_when_reachable", sequence=sequence, partner_id=partner_id)


def states(camps: CampsHarness) -> list[str]:
    return [camps.invitation_of(f"prt_{number}")["state"] for number in (1, 2, 3)]


def free_the_seats(camps: CampsHarness) -> None:
    camps.answer("withdraw_invitation", "prt_1", reason="By mistake")
    camps.pass_on()


@pytest.mark.usefixtures("full")
def test_who_waits_and_cannot_be_written_to_is_passed_over_and_says_so(camps: CampsHarness) -> None:
    lose(camps, "prt_2")

    free_the_seats(camps)

    assert states(camps) == ["withdrawn", "waitlisted", "issued"]
    assert camps.invitation_of("prt_2")["passed_over"] == ["partner_unreachable"]


@pytest.mark.usefixtures("full")
def test_who_can_be_written_to_again_has_kept_its_place(camps: CampsHarness) -> None:
    lose(camps, "prt_2")
    find(camps, "prt_2")

    free_the_seats(camps)

    assert states(camps) == ["withdrawn", "issued", "waitlisted"]


@pytest.mark.usefixtures("full")
def test_who_cannot_be_written_to_when_it_joins_the_waitlist_is_passed_over_at_once(camps: CampsHarness) -> None:
    camps.admit("prt_4")
    lose(camps, "prt_4")

    camps.reach("mst_4", "prt_4")

    assert camps.invitation_of("prt_4")["passed_over"] == ["partner_unreachable"]


@pytest.mark.usefixtures("full")
def test_an_offer_that_nobody_was_told_of_lapses_by_its_own_time_and_the_next_is_asked(camps: CampsHarness) -> None:
    free_the_seats(camps)
    assert states(camps) == ["withdrawn", "issued", "waitlisted"]
    lose(camps, "prt_2")

    camps.time_goes_by(timedelta(days=2))

    assert states(camps) == ["withdrawn", "waitlisted", "issued"]
    assert camps.invitation_of("prt_2")["passed_over"] == ["partner_unreachable"]


@pytest.mark.usefixtures("full")
def test_an_offer_that_was_told_and_not_taken_expires(camps: CampsHarness) -> None:
    free_the_seats(camps)
    camps.deliver("prt_2")

    camps.time_goes_by(timedelta(days=2))

    assert states(camps) == ["withdrawn", "expired", "issued"]


def test_the_time_to_answer_does_not_run_while_nobody_can_be_written_to(camps: CampsHarness) -> None:
    camps.inviting()
    camps.invite("prt_1")
    camps.deliver("prt_1")
    lose(camps, "prt_1")

    camps.time_goes_by(MONTH)

    assert camps.invitation_of("prt_1")["state"] == "issued"


def test_who_can_be_written_to_again_after_the_time_is_asked_once_more_with_time_of_its_own(
    camps: CampsHarness,
) -> None:
    camps.inviting()
    camps.invite("prt_1")
    lose(camps, "prt_1")
    camps.time_goes_by(MONTH)  # it is 1 July, and answers were asked for by 29 June

    find(camps, "prt_1")

    asked = camps.published("camps.invitation.issued")[-1]["data"]
    assert asked["offer_until"] == "2026-07-03T09:00:00.000Z"
    camps.deliver("prt_1")
    assert camps.answer("accept_invitation", "prt_1", LEADER)["ok"]["state"] == "accepted"


def test_who_can_be_written_to_again_in_time_is_not_asked_by_camps_again(camps: CampsHarness) -> None:
    camps.inviting()
    camps.invite("prt_1")
    lose(camps, "prt_1")

    find(camps, "prt_1")

    assert len(camps.published("camps.invitation.issued")) == 1


@pytest.mark.usefixtures("full")
def test_what_is_heard_in_disorder_ends_as_it_was_said_last(camps: CampsHarness) -> None:
    find(camps, "prt_2", sequence=4)
    lose(camps, "prt_2", sequence=3)

    assert camps.invitation_of("prt_2")["passed_over"] == []


@pytest.mark.usefixtures("full")
def test_who_is_paused_when_its_offer_lapses_waits_again_and_is_passed_over(camps: CampsHarness) -> None:
    free_the_seats(camps)
    camps.pause("prt_2")
    lose(camps, "prt_2")

    camps.time_goes_by(timedelta(days=2))

    assert states(camps) == ["withdrawn", "waitlisted", "issued"]
    assert camps.invitation_of("prt_2")["passed_over"] == ["partner_paused", "partner_unreachable"]
