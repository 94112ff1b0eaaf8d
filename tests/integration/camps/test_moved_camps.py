"""A camp is postponed, or moved: who was to come is asked anew, and nothing goes to others meanwhile."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.integration.camps.harness import CampsHarness
from tests.integration.camps.test_camp_life import PARTNER_1, told

Answer = dict[str, Any]
JULY = {"starts_on": "2026-07-20", "ends_on": "2026-07-22"}
AUGUST = {"starts_on": "2026-08-03", "ends_on": "2026-08-05"}


def changes(camps: CampsHarness) -> list[tuple[str, str, str]]:
    rows = [row["data"] for row in camps.published("camps.invitation.camp_changed")]
    return [(each["partner_id"], each["state"], each["starts_on"]) for each in rows]


def one_that_comes_and_one_that_waits(camps: CampsHarness) -> Answer:
    camp = camps.inviting(capacity=4)
    camps.person()
    camps.invite("prt_1", "prt_2")
    camps.answer("accept_invitation", "prt_1", seats=4)
    return camp


def test_who_was_to_come_is_asked_anew_and_comes_or_loses_its_seats_to_who_waits(camps: CampsHarness) -> None:
    camp = one_that_comes_and_one_that_waits(camps)

    told(camps, "change_camp", camp, **JULY)

    assert changes(camps) == [("prt_1", "reconfirm", "2026-07-20"), ("prt_2", "waitlisted", "2026-07-20")]
    assert (camps.seats(camp)["held"], camps.seats(camp)["confirmed"], camps.seats(camp)["free"]) == (4, 0, 0)
    camps.deliver("prt_1")
    camps.it_becomes(datetime(2026, 6, 30, 4, 0, tzinfo=UTC))
    camps.time_goes_by(timedelta(0))
    assert camps.invitation_of("prt_1")["state"] == "expired"
    assert camps.invitation_of("prt_2")["state"] == "issued"


def test_who_reconfirms_is_expected_as_before(camps: CampsHarness) -> None:
    camp = one_that_comes_and_one_that_waits(camps)
    told(camps, "change_camp", camp, **JULY)

    camps.answer("accept_invitation", "prt_1", PARTNER_1)

    assert camps.invitation_of("prt_1")["state"] == "accepted"
    assert [row["data"]["seats"] for row in camps.published("camps.invitation.accepted")] == [4, 4]
    told(camps, "change_camp", camp, place="Cambridge")
    assert camps.invitation_of("prt_1")["state"] == "accepted"


def test_a_letter_of_before_says_nothing_of_whether_somebody_was_asked_anew(camps: CampsHarness) -> None:
    camp = one_that_comes_and_one_that_waits(camps)
    told(camps, "change_camp", camp, **JULY)
    (asked,) = [row for row in camps.published("camps.invitation.camp_changed") if row["data"]["partner_id"] == "prt_1"]
    about = {"about_kind": "invitation", "about_id": camps.invitation_of("prt_1")["id"], "state": "sent"}

    camps.hear("keep_delivery_state", delivery_id="dlv_old", about_sequence=asked["sequence"] - 1, **about)
    assert camps.invitation_of("prt_1")["delivery"]["state"] == "none"
    camps.hear("keep_delivery_state", delivery_id="dlv_new", about_sequence=asked["sequence"], **about)

    assert camps.invitation_of("prt_1")["delivery"]["state"] == "sent"


def test_a_form_that_was_shown_before_the_move_is_no_answer_for_the_new_days(camps: CampsHarness) -> None:
    camp = one_that_comes_and_one_that_waits(camps)
    form = camps.call("show_reply_form", PARTNER_1, token=camps.token())["ok"]
    told(camps, "change_camp", camp, **JULY)

    late = camps.call("answer_by_link", PARTNER_1, token=camps.token(), nonce=form["nonce"], answer="accepted", seats=4)

    assert late["fault"]["code"] == "form_outdated"
    form = camps.call("show_reply_form", PARTNER_1, token=camps.token())["ok"]
    assert (form["state"], form["answers"]) == ("reconfirm", ["accepted", "tentative", "declined"])
    anew = {"token": camps.token(), "nonce": form["nonce"], "answer": "accepted", "seats": 4}
    assert camps.call("answer_by_link", PARTNER_1, **anew)["ok"]["state"] == "accepted"


def test_while_a_camp_is_postponed_nobody_answers_and_nothing_is_offered_or_lost(camps: CampsHarness) -> None:
    camp = one_that_comes_and_one_that_waits(camps)

    assert told(camps, "postpone_camp", camp, reason="Elections that week")["ok"]["state"] == "postponed"

    form = camps.call("show_reply_form", PARTNER_1, token=camps.token())["ok"]
    assert (form["answers"], form["postponement"]["reason"]) == ([], "Elections that week")
    assert camps.answer("decline_invitation", "prt_1")["fault"]["code"] == "answers_rest"
    asked = {"camp_id": camp["id"], "partner_id": "prt_1", "reason": "They are the host"}
    assert camps.call("issue_invitation", **asked)["fault"]["code"] == "camp_postponed"
    told(camps, "change_camp", camp, capacity=8)
    camps.deliver("prt_1")
    camps.it_becomes(datetime(2026, 9, 1, tzinfo=UTC))
    camps.time_goes_by(timedelta(0))
    assert [camps.invitation_of(each)["state"] for each in ("prt_1", "prt_2")] == ["accepted", "waitlisted"]


def test_a_reason_found_while_it_is_postponed_waits_and_is_applied_when_it_invites_again(camps: CampsHarness) -> None:
    camp = camps.inviting(capacity=8)
    told(camps, "postpone_camp", camp, reason="Elections that week")
    camps.admit("prt_1")
    camps.reach("mst_1", "prt_1")
    assert camps.all("list_invitations") == []

    told(camps, "reschedule_camp", camp, **AUGUST, answer_by="2026-07-20")
    camps.apply_pending_reasons()

    assert camps.invitation_of("prt_1")["state"] == "issued"


def test_with_its_new_days_all_are_told_once_and_free_seats_go_to_who_waits(camps: CampsHarness) -> None:
    camp = one_that_comes_and_one_that_waits(camps)
    told(camps, "postpone_camp", camp, reason="Elections that week")
    told(camps, "change_camp", camp, capacity=8)

    rescheduled = told(camps, "reschedule_camp", camp, **AUGUST, answer_by="2026-07-20")["ok"]

    assert (rescheduled["state"], rescheduled["anchor_revision"]) == ("inviting", 1)
    assert rescheduled["postponement"] is None
    assert changes(camps)[-2:] == [("prt_1", "reconfirm", "2026-08-03"), ("prt_2", "waitlisted", "2026-08-03")]
    assert [camps.invitation_of(each)["state"] for each in ("prt_1", "prt_2")] == ["reconfirm", "issued"]
    assert camps.invitation_of("prt_1")["answer_until"] == "2026-07-21T04:00:00.000Z"
