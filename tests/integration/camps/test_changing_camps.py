"""A camp is changed or cancelled: whoever is invited, attends or waits is told, and seats and reasons follow."""

from typing import Any

from tests.integration.camps.harness import SUMMER, WINTER, CampsHarness

PARTNER_1 = {"subject": "leader", "organisation": "prt_1", "roles": ["partner_lead"]}
Answer = dict[str, Any]


def change(camps: CampsHarness, camp: Answer, **changes: Any) -> Answer:
    now = camps.call("show_camp", camp_id=camp["id"])["ok"]
    return camps.call("change_camp", camp_id=camp["id"], version=now["version"], **changes)


def cancel(camps: CampsHarness, camp: Answer, reason: str = "A storm has closed the place") -> Answer:
    now = camps.call("show_camp", camp_id=camp["id"])["ok"]
    return camps.call("cancel_camp", camp_id=camp["id"], version=now["version"], reason=reason)


def told(camps: CampsHarness) -> list[Answer]:
    return [row["data"] for row in camps.published("camps.invitation.camp_changed")]


def test_whoever_is_asked_comes_or_waits_is_told_what_is_otherwise_now(camps: CampsHarness) -> None:
    camp = camps.inviting(capacity=8)
    asked, comes, waits = camps.invite("prt_1", "prt_2", "prt_3")
    camps.answer("accept_invitation", "prt_2", seats=4)

    changed = change(camps, camp, starts_on="2026-07-20", ends_on="2026-07-22", place="Cambridge")["ok"]

    assert (changed["starts_on"], changed["place"]) == ("2026-07-20", "Cambridge")
    assert [(each["invitation_id"], each["state"]) for each in told(camps)] == [
        (asked["id"], "issued"), (comes["id"], "reconfirm"), (waits["id"], "waitlisted"),
    ]  # fmt: skip
    assert told(camps)[0]["before"]["starts_on"] == "2026-07-13"
    assert (told(camps)[0]["starts_on"], told(camps)[0]["place"]) == ("2026-07-20", "Cambridge")
    (said,) = camps.published("camps.camp.rescheduled")
    assert said["data"]["before"]["place"] == "Boston"


def test_the_sequence_told_is_that_of_the_event_which_asked(camps: CampsHarness) -> None:
    camp = camps.inviting()
    camps.invite("prt_1")

    change(camps, camp, place="Cambridge")

    (asked,) = camps.published("camps.invitation.issued")
    assert told(camps)[0]["told_sequence"] == asked["sequence"]


def test_who_answered_no_and_can_take_it_back_is_told_and_who_cannot_is_not(camps: CampsHarness) -> None:
    camp = camps.inviting()
    camps.invite("prt_1", "prt_2")
    camps.answer("decline_invitation", "prt_1")
    camps.answer("withdraw_invitation", "prt_2", reason="The camp is smaller")

    change(camps, camp, place="Cambridge")

    assert [(each["partner_id"], each["state"]) for each in told(camps)] == [("prt_1", "declined")]


def test_who_waits_is_not_told_of_another_day_to_answer_by(camps: CampsHarness) -> None:
    camp = camps.inviting(capacity=4)
    camps.invite("prt_1", "prt_2")

    change(camps, camp, answer_by="2026-06-20")

    assert [(each["partner_id"], each["answer_by"]) for each in told(camps)] == [("prt_1", "2026-06-20")]
    assert camps.invitation_of("prt_1")["answer_until"] == "2026-06-21T04:00:00.000Z"


def test_who_had_answered_has_time_to_answer_again_when_the_day_to_answer_by_is_over(camps: CampsHarness) -> None:
    camp = camps.inviting(answer_by="2026-06-01")
    camps.invite("prt_1")
    camps.answer("accept_invitation", "prt_1")
    camps.it_becomes(camps.store.clock().replace(day=10))
    assert camps.answer("decline_invitation", "prt_1", PARTNER_1)["fault"]["code"] == "answers_are_over"

    change(camps, camp, starts_on="2026-07-20", ends_on="2026-07-22")

    assert told(camps)[0]["offer_until"] == "2026-06-12T09:00:00.000Z"
    assert camps.answer("decline_invitation", "prt_1", PARTNER_1)["ok"]["state"] == "declined"


def test_more_seats_give_who_comes_no_more_time_to_answer(camps: CampsHarness) -> None:
    camp = camps.inviting(answer_by="2026-06-01")
    camps.invite("prt_1")
    camps.answer("accept_invitation", "prt_1")
    camps.it_becomes(camps.store.clock().replace(day=10))
    before = camps.invitation_of("prt_1")

    change(camps, camp, capacity=124)

    assert camps.invitation_of("prt_1") == before


def test_more_seats_are_offered_to_who_waits(camps: CampsHarness) -> None:
    camp = camps.inviting(capacity=4)
    camps.invite("prt_1", "prt_2", "prt_3")

    change(camps, camp, capacity=8)

    assert [camps.invitation_of(each)["state"] for each in ("prt_2", "prt_3")] == ["issued", "waitlisted"]
    assert (camps.seats(camp)["capacity"], told(camps)) == (8, [])


def test_fewer_seats_than_are_taken_are_refused_with_the_numbers(camps: CampsHarness) -> None:
    camp = camps.inviting(capacity=12)
    camps.invite("prt_1", "prt_2")
    camps.answer("accept_invitation", "prt_2", seats=3)

    fault = change(camps, camp, capacity=6)["fault"]

    assert (fault["kind"], fault["code"]) == ("conflict", "fewer_seats_than_taken")
    assert "7 seats or more" in fault["message"]
    assert "3 confirmed, 4 held, 0 in grace" in fault["message"]
    assert change(camps, camp, capacity=7)["ok"]["capacity"] == 7
    assert camps.seats(camp)["free"] == 0


def test_what_is_changed_to_what_it_was_is_no_change(camps: CampsHarness) -> None:
    camp = camps.inviting()

    assert change(camps, camp, place="Boston")["ok"]["version"] == camp["version"]


def test_only_the_institute_changes_and_cancels(camps: CampsHarness) -> None:
    camp = camps.inviting()
    asked = {"camp_id": camp["id"], "version": camp["version"]}

    for operation, said in (("change_camp", {"place": "Cambridge"}), ("cancel_camp", {"reason": "A storm"})):
        assert camps.call(operation, PARTNER_1, **asked, **said)["fault"]["code"] == "needs_every_organisation"


def test_with_a_camp_all_that_is_open_for_it_ends_by_name(camps: CampsHarness) -> None:
    camp = camps.inviting(capacity=8)
    camps.invite("prt_1", "prt_2", "prt_3")
    camps.answer("accept_invitation", "prt_1")
    camps.reach("mst_more", "prt_1")

    cancelled = cancel(camps, camp)["ok"]
    camps.pass_on()

    assert cancelled["state"] == "cancelled"
    assert cancelled["cancellation"] == {
        "reason": "A storm has closed the place", "by": "anna", "at": "2026-06-01T09:00:00.000Z",
    }  # fmt: skip
    assert {each["state"] for each in camps.all("list_invitations")} == {"withdrawn"}
    said = [(row["data"]["partner_id"], row["data"]["kind"], row["data"]["reason"])
            for row in camps.published("camps.invitation.withdrawn")]  # fmt: skip
    assert said == [(f"prt_{each}", "camp_cancelled", "A storm has closed the place") for each in (1, 2, 3)]
    assert [(each["state"], each["withdrawn_because"]) for each in camps.all("list_sessions")] == [
        ("withdrawn", "camp_cancelled")
    ]
    assert camps.seats(camp) == {
        "camp_id": camp["id"], "capacity": 8, "held": 0, "confirmed": 0, "in_grace": 0, "free": 8, "waiting": 0,
    }  # fmt: skip
    assert len(camps.published("camps.camp.cancelled")) == 1


def test_the_page_of_its_link_says_why_an_invitation_is_withdrawn(camps: CampsHarness) -> None:
    camp = camps.inviting()
    camps.person()
    camps.invite("prt_1")
    cancel(camps, camp)

    shown = camps.call("show_reply_form", PARTNER_1, token=camps.token())["ok"]

    assert (shown["state"], shown["answers"]) == ("withdrawn", [])
    assert (shown["withdrawal"]["kind"], shown["withdrawal"]["reason"]) == (
        "camp_cancelled", "A storm has closed the place",
    )  # fmt: skip


def test_nobody_is_invited_to_a_camp_that_was_cancelled(camps: CampsHarness) -> None:
    camp = camps.inviting()
    camps.invite("prt_1", "prt_2")
    cancel(camps, camp)

    again = camps.answer("reissue_invitation", "prt_1", reason="It takes place after all")
    anew = camps.call("issue_invitation", camp_id=camp["id"], partner_id="prt_2", reason="All are asked")
    assert [each["fault"]["code"] for each in (again, anew)] == ["camp_cancelled", "camp_cancelled"]
    camps.reach("mst_more", "prt_1")
    assert camps.invitation_of("prt_1")["state"] == "withdrawn"
    assert cancel(camps, camp)["fault"]["code"] == "camp_cancelled"


def test_what_was_reached_is_a_reason_for_the_next_camp_and_what_staff_said_is_not(camps: CampsHarness) -> None:
    camp = camps.inviting()
    camps.invite("prt_1", "prt_2", "prt_4")
    camps.answer("accept_invitation", "prt_1")
    camps.answer("decline_invitation", "prt_4")
    camps.admit("prt_3")
    camps.command("issue_invitation", camp_id=camp["id"], partner_id="prt_3", reason="You are the host")
    cancel(camps, camp)

    winter = camps.inviting(**WINTER, answer_by="2026-11-01")

    invited = camps.all("list_invitations", camp_id=winter["id"])
    reasons = {each["partner_id"]: [reason["id"] for reason in each["reasons"]] for each in invited}
    assert reasons == {"prt_1": ["mst_prt_1"], "prt_2": ["mst_prt_2"]}


def test_another_camp_of_the_season_may_take_the_place_of_one_that_was_cancelled(camps: CampsHarness) -> None:
    first = camps.announce()
    assert camps.call("announce_camp", **SUMMER)["fault"]["code"] == "already_exists"
    cancel(camps, first)

    second = camps.announce()
    cancel(camps, second)

    assert camps.announce()["state"] == "announced"


def test_a_season_with_a_camp_takes_no_other_by_a_change(camps: CampsHarness) -> None:
    camps.announce()
    winter = camps.announce(**WINTER)

    fault = change(camps, winter, season="summer", starts_on="2026-08-10", ends_on="2026-08-12")["fault"]

    assert fault["code"] == "already_exists"


def test_a_camp_is_in_a_part_of_the_country_of_its_clocks(camps: CampsHarness) -> None:
    camp = camps.announce(subdivision="US-MA")
    to_london = {"camp_id": camp["id"], "version": None, "zone": "Europe/London"}

    refused = camps.call("change_camp", **to_london)["fault"]
    moved = camps.call("change_camp", **to_london, subdivision=None)["ok"]
    elsewhere = camps.call("announce_camp", **(WINTER | {"subdivision": "GB-SCT"}))["fault"]

    assert (camp["subdivision"], moved["subdivision"]) == ("US-MA", None)
    assert [each["fields"][0]["pointer"] for each in (refused, elsewhere)] == ["/subdivision", "/subdivision"]
