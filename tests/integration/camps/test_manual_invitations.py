"""Staff invites by hand, and issues again what was closed."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.integration.camps.harness import PERIODS, WINTER, CampsHarness

LEADER = {"subject": "leader", "organisation": "prt_1", "roles": ["partner_lead"]}
WHY = "They asked to learn from others"


def issue(camps: CampsHarness, camp: dict[str, Any], partner_id: str = "prt_1", **said: Any) -> dict[str, Any]:
    return camps.call("issue_invitation", camp_id=camp["id"], partner_id=partner_id, reason=WHY, **said)


def reissue(camps: CampsHarness, partner_id: str = "prt_1", **said: Any) -> dict[str, Any]:
    return camps.answer("reissue_invitation", partner_id, reason="There is room now", **said)


def test_a_partner_is_invited_by_hand_for_a_reason_that_is_said(camps: CampsHarness) -> None:
    camps.admit("prt_1")
    camp = camps.inviting()

    invitation = issue(camps, camp, seats=2)["ok"]

    (said,) = camps.published("camps.invitation.issued")
    assert (invitation["state"], invitation["seats"], camps.seats(camp)["held"]) == ("issued", 2, 2)
    assert [(reason["kind"], reason["title"]) for reason in said["data"]["reasons"]] == [("staff", WHY)]


def test_an_invitation_by_hand_survives_that_its_partners_milestones_are_reopened(camps: CampsHarness) -> None:
    camps.admit("prt_1")
    camp = camps.inviting()
    issue(camps, camp)
    camps.reach("mst_1", "prt_1")

    camps.reopen("mst_1", "prt_1")

    assert camps.invitation_of("prt_1")["state"] == "issued"


def test_after_the_day_to_answer_by_who_is_invited_by_hand_has_a_time_of_its_own(camps: CampsHarness) -> None:
    camps.admit("prt_1")
    camp = camps.inviting(answer_by="2026-06-29")
    camps.it_becomes(datetime(2026, 7, 1, 9, 0, tzinfo=UTC))

    assert issue(camps, camp)["ok"]["offer_until"] == "2026-07-03T09:00:00.000Z"
    assert camps.answer("accept_invitation", "prt_1", LEADER)["ok"]["state"] == "accepted"


def test_several_are_invited_at_once_with_a_result_for_each(camps: CampsHarness) -> None:
    camps.admit("prt_1", "prt_2", "prt_3", "prt_4")
    camp = camps.inviting(capacity=8)
    issue(camps, camp, "prt_1")
    camps.pause("prt_3")
    rows = ["prt_1", "prt_2", "prt_2", "prt_unknown", "prt_3", "prt_4"]

    results = camps.call("issue_invitations", camp_id=camp["id"], partner_ids=rows, reason=WHY)["ok"]["results"]

    assert [(each["partner_id"], each["state"] or each["code"]) for each in results] == [
        ("prt_1", "already_invited"),
        ("prt_2", "issued"),
        ("prt_unknown", "unknown_reference"),
        ("prt_3", "partner_not_invitable"),
        ("prt_4", "waitlisted"),
    ]
    assert results[3]["message"] == "partner prt_3 is paused: it can be invited once it is resumed"


@pytest.mark.parametrize(("begun", "code"), [(False, "invitations_not_open"), (True, "camp_has_begun")])
def test_nobody_is_invited_before_a_camp_invites_or_once_it_has_begun(
    camps: CampsHarness, after_the_summer_camp_began: datetime, begun: bool, code: str
) -> None:
    camps.admit("prt_1")
    camp = camps.announce()
    if begun:
        camps.open(camp)
        camps.it_becomes(after_the_summer_camp_began)

    assert issue(camps, camp)["fault"]["code"] == code


def test_more_seats_than_there_are_and_unknown_camps_are_refused_where_they_stand(camps: CampsHarness) -> None:
    camps.admit("prt_1")
    camp = camps.inviting(capacity=8)

    faults = [issue(camps, camp, seats=9)["fault"], issue(camps, {"id": "cmp_unknown"})["fault"]]

    assert [(each["kind"], each["fields"][0]["pointer"]) for each in faults] == [
        ("invalid", "/seats"),
        ("invalid", "/camp_id"),
    ]


def test_an_unknown_partner_is_refused_where_it_stands(camps: CampsHarness) -> None:
    fault = issue(camps, camps.inviting(capacity=8), "prt_unknown")["fault"]

    assert (fault["code"], [each["pointer"] for each in fault["fields"]]) == ("unknown_reference", ["/partner_id"])


def test_inviting_by_hand_is_for_the_institute(camps: CampsHarness) -> None:
    camp = camps.inviting()
    asked = {"camp_id": camp["id"], "partner_id": "prt_1", "reason": WHY}

    assert camps.call("issue_invitation", LEADER, **asked)["fault"]["code"] == "needs_every_organisation"


def test_what_was_withdrawn_is_issued_again_on_purpose_with_its_sessions(camps: CampsHarness) -> None:
    camp = camps.inviting()
    camps.invite("prt_1")
    camps.reach("mst_more", "prt_1")
    camps.answer("withdraw_invitation", "prt_1", reason="The camp is smaller")
    refused = issue(camps, camp)["fault"]
    assert (refused["code"], "it is withdrawn: issue that again" in refused["message"]) == ("already_invited", True)

    again = reissue(camps)["ok"]

    assert (again["state"], again["withdrawal"], camps.seats(camp)["held"]) == ("issued", None, 4)
    assert [reason["title"] for reason in again["reasons"]][-1] == "There is room now"
    assert [each["state"] for each in camps.all("list_sessions")] == ["proposed"]
    assert len(camps.published("camps.invitation.issued")) == 2


def test_a_session_whose_milestone_was_reopened_meanwhile_is_not_proposed_again(camps: CampsHarness) -> None:
    camps.inviting()
    camps.invite("prt_1")
    camps.reach("mst_more", "prt_1", sequence=1)
    camps.answer("withdraw_invitation", "prt_1", reason="The camp is smaller")
    camps.reopen("mst_more", "prt_1", sequence=2)

    reissue(camps)

    assert [each["state"] for each in camps.all("list_sessions")] == ["withdrawn"]


@pytest.mark.parametrize("within_the_grace", [True, False])
def test_after_a_no_it_is_issued_again_behind_those_who_wait(camps: CampsHarness, within_the_grace: bool) -> None:
    camp = camps.inviting(capacity=4)
    camps.invite("prt_1", "prt_2")
    camps.answer("decline_invitation", "prt_1")
    if not within_the_grace:
        camps.time_goes_by(PERIODS.grace)

    again = reissue(camps)["ok"]
    camps.pass_on()

    assert again["state"] == "waitlisted"
    assert camps.invitation_of("prt_2")["state"] == "issued"
    assert (camps.seats(camp)["held"], camps.seats(camp)["waiting"]) == (4, 1)


def test_what_is_asked_already_is_not_issued_again(camps: CampsHarness) -> None:
    camps.inviting()
    camps.invite("prt_1")

    assert reissue(camps)["fault"]["code"] == "already_invited"


def test_an_invitation_to_the_next_camp_is_no_hindrance(camps: CampsHarness) -> None:
    camps.admit("prt_1")
    summer = camps.inviting()
    winter = camps.inviting(**WINTER, answer_by="2026-11-01")

    assert [issue(camps, each)["ok"]["state"] for each in (winter, summer)] == ["issued", "issued"]
