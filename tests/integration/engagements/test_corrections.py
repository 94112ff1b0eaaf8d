"""What was done by mistake has a way back, with a reason; and what ends takes everything that is open with it."""

from datetime import UTC, datetime

from tests.integration.engagements.harness import Answer, EngagementsHarness

DEPARTURE = {"partner_id": "prt_1", "reason": "Merged", "departed_on": "2026-09-30"}


def session_of(engagements: EngagementsHarness, engagement: Answer) -> Answer:
    asked = {"held_at": "2026-06-10T12:00:00.000Z", "zone": "Europe/Stockholm"}
    return engagements.command("schedule_coaching", engagement_id=engagement["id"], **asked)


def close(engagements: EngagementsHarness, engagement: Answer) -> Answer:
    asked = {"engagement_id": engagement["id"], "version": engagement["version"], "reason": "All is reached"}
    return engagements.command("close_engagement", **asked)


def reopen(engagements: EngagementsHarness, engagement: Answer) -> Answer:
    asked = {"engagement_id": engagement["id"], "version": engagement["version"], "reason": "It was the other one"}
    return engagements.command("reopen_engagement", **asked)


def test_an_engagement_closed_by_mistake_is_open_again_with_what_was_dropped_by_that_and_nothing_else(
    engagements: EngagementsHarness,
) -> None:
    engagement = engagements.active()
    by_itself = engagements.move("drop_milestone", engagements.planned(engagement), reason="Two wards merged")
    open_one = engagements.planned(engagement)

    again = reopen(engagements, close(engagements, engagement))

    assert (again["state"], again["closed_on"]) == ("active", None)
    assert [(turn["to"], turn["statement"]["reason"]) for turn in again["transitions"]] == [
        ("closed", "All is reached"), ("active", "It was the other one"),
    ]  # fmt: skip
    assert engagements.seen(open_one)["state"] == "planned"
    assert engagements.seen(open_one)["overdue_at"] == "2026-09-02T05:00:00.000Z"
    assert engagements.seen(by_itself)["state"] == "dropped"
    assert [row["subject"] for row in engagements.said("milestone.restored")] == [open_one["id"]]


def test_an_engagement_whose_coach_left_while_it_was_closed_waits_for_a_successor(
    engagements: EngagementsHarness,
) -> None:
    closed = close(engagements, engagements.active())
    engagements.hear("keep_departure", sequence=2, person_id="per_coach", partner_id=None, left_on="2026-05-31")

    assert reopen(engagements, closed)["coach_left_on"] == "2026-05-31"


def test_what_ended_with_its_partner_is_not_reopened(engagements: EngagementsHarness) -> None:
    engagement = engagements.active()
    engagements.hear("close_with_partner", sequence=2, **DEPARTURE)

    asked = {"engagement_id": engagement["id"], "version": None, "reason": "They are back"}
    fault = engagements.call("reopen_engagement", **asked)["fault"]

    assert (fault["kind"], fault["code"]) == ("conflict", "partner_has_departed")


def test_sessions_still_to_be_held_are_cancelled_when_the_partner_departs(engagements: EngagementsHarness) -> None:
    session = session_of(engagements, engagements.active())

    engagements.hear("close_with_partner", sequence=2, **DEPARTURE)

    now = engagements.call("show_coaching_session", session_id=session["id"])["ok"]
    assert (now["state"], now["transitions"][0]["statement"]["reason"]) == ("cancelled", "Merged")
    (said,) = engagements.said("coaching.cancelled")
    assert (said["data"]["reason"], said["data"]["with_engagement"]) == ("Merged", True)


def test_a_session_is_moved_cancelled_and_told_with_the_reason(engagements: EngagementsHarness) -> None:
    session = session_of(engagements, engagements.active())
    later = {"held_at": "2026-06-17T08:30:00.000Z", "zone": "America/Chicago"}

    moved = engagements.command("move_coaching", session_id=session["id"], version=1, reason="A strike", **later)
    engagements.command("cancel_coaching", session_id=session["id"], version=moved["version"], reason="She is ill")

    assert (moved["held_at"], moved["zone"]) == tuple(later.values())
    assert [row["data"]["reason"] for row in engagements.said("coaching.moved")] == ["A strike"]
    (cancelled,) = engagements.said("coaching.cancelled")
    assert (cancelled["data"]["reason"], cancelled["data"]["with_engagement"]) == ("She is ill", False)


def test_what_was_said_to_be_held_is_taken_back(engagements: EngagementsHarness) -> None:
    session = session_of(engagements, engagements.active())
    held = engagements.command("hold_coaching", session_id=session["id"], version=1, held_on="2026-05-29", notes=None)

    asked = {"session_id": session["id"], "version": held["version"], "reason": "It was the other region"}
    again = engagements.command("retract_coaching", **asked)

    assert (again["state"], again["held_on"]) == ("scheduled", None)
    assert [row["data"]["reason"] for row in engagements.said("coaching.retracted")] == ["It was the other region"]


def test_the_day_of_a_statement_is_the_partners(engagements: EngagementsHarness) -> None:
    milestone = engagements.planned(engagements.active(zone="America/Chicago"))
    engagements.it_becomes(datetime(2026, 6, 2, 4, 59, tzinfo=UTC))  # 23:59 on 1 June in Chicago

    asked = {"milestone_id": milestone["id"], "version": 1, "reached_on": "2026-06-02", "evidence": "A shift"}
    fault = engagements.call("reach_milestone", **asked)["fault"]

    assert (fault["kind"], fault["code"], fault["fields"][0]["pointer"]) == ("invalid", "in_the_future", "/reached_on")
    assert "A day up to 2026-06-01 is expected; got '2026-06-02'" in fault["message"]
