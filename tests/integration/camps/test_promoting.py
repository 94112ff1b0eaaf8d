"""Seats become free, and those who wait are asked: in order, once, and in time."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.integration.camps.harness import CampsHarness

GRACE, OFFER = timedelta(hours=2), timedelta(days=2)


@pytest.fixture
def camp(camps: CampsHarness) -> dict[str, Any]:
    """A camp with eight seats: two partners are invited, three wait."""
    camp = camps.inviting(capacity=8)
    camps.invite("prt_1", "prt_2", "prt_3", "prt_4", "prt_5")
    return camp


def states(camps: CampsHarness) -> list[str]:
    return [camps.invitation_of(f"prt_{number}")["state"] for number in range(1, 6)]


def test_freed_seats_are_offered_to_the_first_who_waits(camps: CampsHarness, camp: dict[str, Any]) -> None:
    camps.answer("decline_invitation", "prt_2")
    camps.time_goes_by(GRACE)

    assert states(camps) == ["issued", "declined", "issued", "waitlisted", "waitlisted"]
    (promoted,) = camps.published("camps.waitlist.promoted")
    assert promoted["data"]["partner_id"] == "prt_3"
    assert promoted["data"]["offer_until"] == "2026-06-03T11:00:00.000Z"
    assert promoted["causation_id"] == camps.published("camps.seats.freed")[0]["_id"]
    assert (camps.seats(camp)["held"], camps.seats(camp)["waiting"]) == (8, 2)


def test_the_news_of_freed_seats_redelivered_changes_nothing(camps: CampsHarness, camp: dict[str, Any]) -> None:
    camps.answer("decline_invitation", "prt_2")
    camps.time_goes_by(GRACE)
    before = camps.ledger(camp)

    camps.pass_on(again=True)

    assert camps.ledger(camp) == before


def test_seats_given_up_piece_by_piece_are_offered_when_the_first_can_have_all(
    camps: CampsHarness, camp: dict[str, Any]
) -> None:
    camps.answer("accept_invitation", "prt_1", seats=2)
    camps.pass_on()
    assert camps.seats(camp)["free"] == 2

    camps.answer("accept_invitation", "prt_2", seats=2)
    camps.pass_on()

    assert states(camps) == ["accepted", "accepted", "issued", "waitlisted", "waitlisted"]
    assert camps.seats(camp)["free"] == 0


def test_an_offer_is_taken_by_accepting_it(camps: CampsHarness, camp: dict[str, Any]) -> None:
    camps.answer("decline_invitation", "prt_1")
    camps.time_goes_by(GRACE)

    assert camps.answer("accept_invitation", "prt_3")["ok"]["state"] == "accepted"
    camps.time_goes_by(OFFER)

    assert states(camps) == ["declined", "issued", "accepted", "waitlisted", "waitlisted"]


def test_an_offer_that_is_not_taken_goes_to_the_next(camps: CampsHarness, camp: dict[str, Any]) -> None:
    camps.answer("decline_invitation", "prt_1")
    camps.time_goes_by(GRACE)
    camps.deliver("prt_3")

    camps.time_goes_by(OFFER)

    assert states(camps) == ["declined", "issued", "expired", "issued", "waitlisted"]
    assert [row["data"]["partner_id"] for row in camps.published("camps.invitation.expired")] == ["prt_3"]
    assert [row["data"]["partner_id"] for row in camps.published("camps.waitlist.promoted")] == ["prt_3", "prt_4"]


def test_an_offer_ends_at_the_latest_when_the_camp_begins(camps: CampsHarness, camp: dict[str, Any]) -> None:
    camps.answer("decline_invitation", "prt_1")
    camps.it_becomes(datetime(2026, 7, 12, 9, 0, tzinfo=UTC))
    camps.time_goes_by(timedelta(0))

    (promoted,) = camps.published("camps.waitlist.promoted")

    assert promoted["data"]["offer_until"] == "2026-07-13T13:00:00.000Z"


def test_nothing_is_offered_once_the_camp_has_begun(
    camps: CampsHarness, camp: dict[str, Any], after_the_summer_camp_began: datetime
) -> None:
    camps.answer("decline_invitation", "prt_1")
    camps.it_becomes(after_the_summer_camp_began)
    camps.time_goes_by(timedelta(0))

    assert len(camps.published("camps.seats.freed")) == 1
    assert camps.published("camps.waitlist.promoted") == []
    assert camps.seats(camp)["free"] == 4
