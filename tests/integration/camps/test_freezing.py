"""A freeze closes what is open: whoever waits is told once, and taken back it leaves everybody where they were."""

from datetime import datetime

import pytest

from tests.integration.camps.guests import invite
from tests.integration.camps.harness import PERIODS, CampsHarness
from tests.integration.camps.test_camp_life import the_calendar_turns_to
from tests.integration.camps.test_hard_moments import (
    ANSWERS_OVER,
    LEADER_1,
    LEADER_2,
    Answer,
    declines_for_good,
    organisers,
    promoted,
)


@pytest.fixture
def camp(camps: CampsHarness) -> Answer:
    """A camp with four seats: one partner has them, three wait."""
    camp = camps.inviting(capacity=4)
    camps.invite("prt_1", "prt_2", "prt_3", "prt_4")
    return camp


def closed(camps: CampsHarness) -> list[tuple[str, int, bool]]:
    """Who was told that nothing is offered any more: at which place, and whether an offer ended by that."""
    told = [row["data"] for row in camps.published("camps.waitlist.closed")]
    return [(each["partner_id"], each["position"], each["was_offered"]) for each in told]


def test_at_the_freeze_who_waits_is_told_and_an_offer_that_is_open_ends(camps: CampsHarness, camp: Answer) -> None:
    camps.it_becomes(ANSWERS_OVER)
    camps.answer("decline_invitation", "prt_1")
    camps.time_goes_by(PERIODS.grace)
    camps.deliver("prt_2")

    organisers(camps, "freeze_camp", camp)
    camps.pass_on()

    assert closed(camps) == [("prt_2", 1, True), ("prt_3", 2, False), ("prt_4", 3, False)]
    too_late = camps.answer("accept_invitation", "prt_2", LEADER_2)["fault"]
    assert (too_late["code"], "is waitlisted" in too_late["message"]) == ("nothing_to_answer", True)
    assert (camps.seats(camp)["free"], promoted(camps)) == (4, ["prt_2"])


def test_a_freeze_that_is_taken_back_offers_first_to_whose_offer_had_ended(camps: CampsHarness, camp: Answer) -> None:
    camps.it_becomes(ANSWERS_OVER)
    declines_for_good(camps, "prt_1")
    organisers(camps, "freeze_camp", camp)
    joined = len(camps.published("camps.waitlist.joined"))

    organisers(camps, "unfreeze_camp", camp)

    assert promoted(camps) == ["prt_2", "prt_2"]
    waiting = [row["data"] for row in camps.published("camps.waitlist.joined")[joined:]]
    assert [(each["partner_id"], each["position"]) for each in waiting] == [("prt_3", 1), ("prt_4", 2)]


def test_who_waits_when_a_camp_begins_without_a_freeze_is_told_once(
    camps: CampsHarness, camp: Answer, after_the_summer_camp_began: datetime
) -> None:
    camps.answer("accept_invitation", "prt_1")

    for _ in range(2):
        the_calendar_turns_to(camps, after_the_summer_camp_began)
        camps.close_waitlists()

    assert closed(camps) == [("prt_2", 1, False), ("prt_3", 2, False), ("prt_4", 3, False)]


def test_who_said_yes_and_is_asked_anew_keeps_the_time_that_was_told(camps: CampsHarness, camp: Answer) -> None:
    camps.answer("accept_invitation", "prt_1")
    camps.it_becomes(ANSWERS_OVER)
    now = camps.call("show_camp", camp_id=camp["id"])["ok"]
    days = {"starts_on": "2026-07-20", "ends_on": "2026-07-22"}
    camps.command("change_camp", camp_id=camp["id"], version=now["version"], **days)

    organisers(camps, "freeze_camp", camp)

    assert camps.answer("accept_invitation", "prt_1", LEADER_1)["ok"]["state"] == "accepted"


def test_a_guest_who_waits_is_told_at_the_freeze_by_an_event_that_names_them(camps: CampsHarness, camp: Answer) -> None:
    invite(camps, camp)
    camps.it_becomes(ANSWERS_OVER)

    organisers(camps, "freeze_camp", camp)

    (told,) = camps.published("camps.guest.waitlist_closed")
    assert (told["data"]["name"], told["data"]["was_offered"]) == ("Kim", False)
