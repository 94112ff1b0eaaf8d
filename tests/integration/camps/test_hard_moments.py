"""Two organisers at once, seats that go round, and what comes too late or cannot be: each is settled once, for all.

Other hard moments are shown elsewhere: hours that clocks leave out or show twice in unit/camps/test_camp_hours; a
partner that is invited twice in test_manual_invitations; offers and a freeze in test_freezing; addresses that cannot be
written to in notifications/test_unwritable_letters; what people wrote with line ends, markup or turned text, and a text
that lacks something, in unit/notifications/test_templates; a command that is given twice, and otherwise, in
gateway/test_idempotency; a broker that is away, a process that dies and a clock that jumps in integration/chassis.
"""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from tests.integration.camps.harness import PERIODS, SUMMER, CampsHarness
from tests.integration.camps.test_camp_life import the_calendar_turns_to
from tests.integration.camps.test_concurrency import at_once

ANSWERS_OVER = datetime(2026, 6, 30, 4, 0, tzinfo=UTC)
LEADER_1, LEADER_2 = ({"subject": "leader", "organisation": f"prt_{each}", "roles": ["partner_lead"]} for each in "12")
BO = {"name": "Bo", "email": "bo@region.example", "role": "Improver"}
Answer = dict[str, Any]


@pytest.fixture
def camp(camps: CampsHarness) -> Answer:
    """A camp with four seats: one partner has them, three wait."""
    camp = camps.inviting(capacity=4)
    camps.invite("prt_1", "prt_2", "prt_3", "prt_4")
    return camp


CANNOT_BE = {
    "a zone that nobody knows": ("announce_camp", {"zone": "Mars/Olympus"}, "invalid_fields", "/zone"),
    "an end before the start": ("announce_camp", {"ends_on": "2026-07-12"}, "ends_before_it_starts", "/ends_on"),
    "an end at the hour of the start": (
        "announce_camp",
        {"ends_on": "2026-07-13", "opens_at": "17:00"},
        "ends_before_it_starts",
        "/closes_at",
    ),
    "days that have passed": (
        "announce_camp",
        {"starts_on": "2026-05-04", "ends_on": "2026-05-06"},
        "camp_in_the_past",
        "/starts_on",
    ),
    "answers due when it has begun": (
        "open_invitations",
        {"answer_by": "2026-07-13"},
        "answer_by_out_of_range",
        "/answer_by",
    ),
    "a freeze while answers are due": (
        "open_invitations",
        {"answer_by": "2026-06-29", "freezes_on": "2026-06-29"},
        "freezes_on_out_of_range",
        "/freezes_on",
    ),
}
"""What is asked, with which code it is refused, and where that stands."""


def promoted(camps: CampsHarness) -> list[str]:
    return [row["data"]["partner_id"] for row in camps.published("camps.waitlist.promoted")]


def declines_for_good(camps: CampsHarness, partner_id: str) -> None:
    camps.answer("decline_invitation", partner_id)
    camps.time_goes_by(PERIODS.grace)


def organisers(camps: CampsHarness, operation: str, camp: Answer, **said: Any) -> list[Answer]:
    """Let two organisers who see the same version do the same, from forms of their own, at once."""
    now = camps.call("show_camp", camp_id=camp["id"])["ok"]
    ends: list[Answer] = []

    def does() -> None:
        ends.append(camps.call(operation, camp_id=now["id"], version=now["version"], **said))

    at_once([does, does])
    return ends


def test_who_was_promoted_accepts_and_declines_is_not_offered_the_seat_again_nor_anyone_twice(
    camps: CampsHarness, camp: Answer
) -> None:
    declines_for_good(camps, "prt_1")
    camps.answer("accept_invitation", "prt_2")
    declines_for_good(camps, "prt_2")
    camps.answer("accept_invitation", "prt_3")
    declines_for_good(camps, "prt_3")
    declines_for_good(camps, "prt_4")

    camps.pass_on(again=True)
    camps.time_goes_by(PERIODS.offer)

    assert promoted(camps) == ["prt_2", "prt_3", "prt_4"]
    assert {camps.invitation_of(f"prt_{number}")["state"] for number in range(1, 5)} == {"declined"}
    assert camps.seats(camp)["free"] == 4


def test_a_no_taken_back_after_the_seats_have_gone_takes_them_from_nobody(camps: CampsHarness, camp: Answer) -> None:
    declines_for_good(camps, "prt_1")

    late = camps.answer("undo_answer", "prt_1")["fault"]

    assert late["code"] == "nothing_to_undo"
    assert (camps.invitation_of("prt_2")["state"], promoted(camps)) == ("issued", ["prt_2"])


def test_two_organisers_who_freeze_at_once_freeze_it_once(camps: CampsHarness, camp: Answer) -> None:
    camps.it_becomes(ANSWERS_OVER)

    ends = organisers(camps, "freeze_camp", camp)

    assert sum("ok" in each for each in ends) == 1
    assert len(camps.published("camps.camp.frozen")) == 1


def test_two_organisers_who_cancel_at_once_tell_each_partner_once(camps: CampsHarness, camp: Answer) -> None:
    camps.answer("accept_invitation", "prt_1")

    ends = organisers(camps, "cancel_camp", camp, reason="A storm")

    assert sum("ok" in each for each in ends) == 1
    told = [row["data"]["partner_id"] for row in camps.published("camps.invitation.withdrawn")]
    assert sorted(told) == ["prt_1", "prt_2", "prt_3", "prt_4"]
    assert len(camps.published("camps.camp.cancelled")) == 1


def test_an_answer_at_once_with_the_cancellation_leaves_nobody_at_a_camp_that_does_not_take_place(
    camps: CampsHarness, camp: Answer
) -> None:
    at_once([
        partial(camps.answer, "accept_invitation", "prt_1"),
        partial(organisers, camps, "cancel_camp", camp, reason="A storm"),
        partial(camps.answer, "leave_waitlist", "prt_2", reason="They told us"),
    ])  # fmt: skip

    assert camps.ledger(camp)["allocations"] == {}
    assert camps.ledger(camp)["waitlist"] == []
    assert not {each["state"] for each in camps.all("list_invitations")} & {"accepted", "issued", "waitlisted"}


def test_seats_freed_after_the_camp_has_begun_go_to_nobody(
    camps: CampsHarness, camp: Answer, after_the_summer_camp_began: datetime
) -> None:
    camps.answer("accept_invitation", "prt_1")
    camps.it_becomes(after_the_summer_camp_began)

    camps.answer("withdraw_invitation", "prt_1", reason="They went home")
    camps.pass_on()
    camps.time_goes_by(timedelta(hours=1))

    assert (promoted(camps), camps.seats(camp)["free"]) == ([], 4)


@pytest.mark.parametrize("what", CANNOT_BE)
def test_what_cannot_be_is_refused_where_it_stands_with_what_would_be_right(camps: CampsHarness, what: str) -> None:
    operation, said, code, pointer = CANNOT_BE[what]
    if operation == "announce_camp":
        asked = SUMMER | said
    else:
        announced = camps.announce()
        asked = {"camp_id": announced["id"], "version": announced["version"], **said}

    fault = camps.call(operation, **asked)["fault"]

    assert (fault["code"], fault["fields"][0]["pointer"]) == (code, pointer)
    assert "expected" in fault["fields"][0]["detail"]


def test_a_second_camp_of_a_season_fewer_seats_than_are_taken_and_more_than_are_kept_are_refused_with_how_it_stands(
    camps: CampsHarness, camp: Answer
) -> None:
    now = camps.call("show_camp", camp_id=camp["id"])["ok"]

    second = camps.call("announce_camp", **SUMMER)["fault"]
    fewer = {"capacity": 3, "seats_per_invitation": 1}
    smaller = camps.call("change_camp", camp_id=camp["id"], version=now["version"], **fewer)["fault"]
    more = camps.answer("accept_invitation", "prt_1", seats=5)["fault"]

    assert {each["kind"] for each in (second, smaller, more)} == {"conflict"}
    assert (
        "4 seats or more are expected, for so many are taken (0 confirmed, 4 held, 0 in grace); got 3"
        in (smaller["message"])
    )
    assert more["message"] == "1 to 4 seats are expected; got 5"


def test_who_accepts_when_its_time_is_over_is_refused_with_where_it_stands(camps: CampsHarness, camp: Answer) -> None:
    camps.deliver("prt_1")
    camps.it_becomes(ANSWERS_OVER)
    late = camps.answer("accept_invitation", "prt_1", LEADER_1)["fault"]
    camps.time_goes_by(timedelta(0))

    expired = camps.answer("accept_invitation", "prt_1", LEADER_1)["fault"]

    assert camps.invitation_of("prt_1")["state"] == "expired"
    assert {each["code"] for each in (late, expired)} == {"answers_are_over"}
    assert "was to be answered before 2026-06-30 04:00" in expired["message"]
    assert "ask the institute" in expired["message"]


def test_the_same_answer_again_says_nothing_new(camps: CampsHarness, camp: Answer) -> None:
    for _ in range(2):
        assert camps.answer("accept_invitation", "prt_1", LEADER_1)["ok"]["state"] == "accepted"

    assert len(camps.published("camps.invitation.accepted")) == 1


def test_a_camp_that_is_broken_off_ends_for_everybody_and_what_was_recorded_of_it_stays(
    camps: CampsHarness, camp: Answer, after_the_summer_camp_began: datetime
) -> None:
    invitation = camps.answer("accept_invitation", "prt_1", seats=1)["ok"]
    bo = camps.command("name_delegate", invitation_id=invitation["id"], **BO)
    the_calendar_turns_to(camps, after_the_summer_camp_began)
    was_there = {"delegate_ids": [bo["id"]], "presence": "present", "on": "2026-07-13"}
    camps.command("record_attendance", camp_id=camp["id"], **was_there)

    (ended,) = [each["ok"] for each in organisers(camps, "cancel_camp", camp, reason="A storm") if "ok" in each]

    assert ended["state"] == "cancelled"
    told = [(row["data"]["partner_id"], row["data"]["reason"]) for row in camps.published("camps.invitation.withdrawn")]
    assert sorted(told) == [(f"prt_{number}", "A storm") for number in range(1, 5)]
    assert [row["data"]["because"] for row in camps.published("camps.delegate.withdrawn")] == ["camp_cancelled"]
    assert [each["presence"] for each in camps.all("list_attendances")] == ["present"]


def test_who_comes_by_name_hears_nothing_while_their_partner_is_asked_anew_and_says_yes_again(
    camps: CampsHarness, camp: Answer
) -> None:
    invitation = camps.answer("accept_invitation", "prt_1", seats=1)["ok"]
    bo = camps.command("name_delegate", invitation_id=invitation["id"], **BO)
    camps.command("confirm_delegate", delegate_id=bo["id"], version=bo["version"])
    now = camps.call("show_camp", camp_id=camp["id"])["ok"]

    camps.command(
        "change_camp", camp_id=camp["id"], version=now["version"], starts_on="2026-07-20", ends_on="2026-07-22"
    )
    asked_anew = camps.invitation_of("prt_1")["state"]
    camps.answer("accept_invitation", "prt_1", seats=1)

    assert (asked_anew, camps.invitation_of("prt_1")["state"]) == ("reconfirm", "accepted")
    said = [each for what in ("named", "confirmed", "withdrawn") for each in camps.published(f"camps.delegate.{what}")]
    assert [row["type"] for row in said] == ["camps.delegate.named", "camps.delegate.confirmed"]


def test_who_walks_in_where_all_seats_have_names_is_refused_with_what_is_possible_and_then_recorded(
    camps: CampsHarness, camp: Answer, after_the_summer_camp_began: datetime
) -> None:
    invitation = camps.answer("accept_invitation", "prt_1", seats=1)["ok"]
    bo = camps.command("name_delegate", invitation_id=invitation["id"], **BO)
    camps.it_becomes(after_the_summer_camp_began)
    di = {"name": "Di", "email": "di@region.example"}

    full = camps.call("name_delegate", invitation_id=invitation["id"], role="Nurse", **di)["fault"]
    instead = camps.command("substitute_delegate", delegate_id=bo["id"], version=bo["version"], **di)

    assert (full["code"], bo["id"] in full["message"]) == ("no_seat_left", True)
    assert "substitute one of them, or withdraw who does not come" in full["message"]
    was_there = {"delegate_ids": [instead["substitute_id"]], "presence": "present", "on": "2026-07-13"}
    (recorded,) = camps.command("record_attendance", camp_id=camp["id"], **was_there)["results"]
    assert recorded["code"] is None
