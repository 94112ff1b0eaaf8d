"""Coaching sessions on the real database: what is kept, said, and seen by whom."""

from typing import Any

from tests.integration.engagements.harness import EngagementsHarness

AGREED = {"held_at": "2026-05-20T14:00:00+02:00", "zone": "Europe/Stockholm"}
PARTNER_LEAD = {"subject": "lead", "organisation": "prt_1", "roles": ["partner_lead"]}
ANOTHER = PARTNER_LEAD | {"organisation": "prt_2"}


def scheduled(engagements: EngagementsHarness, **shown: Any) -> dict[str, Any]:
    engagement = engagements.active()
    session: dict[str, Any] = engagements.call("schedule_coaching", engagement_id=engagement["id"], **AGREED | shown)[
        "ok"
    ]
    return session


def held(engagements: EngagementsHarness, session: dict[str, Any]) -> dict[str, Any]:
    asked = {"session_id": session["id"], "version": session["version"], "held_on": "2026-05-20"}
    done: dict[str, Any] = engagements.call("hold_coaching", **asked, notes="They fear the winter")["ok"]
    return done


def test_a_session_is_kept_and_said_with_its_instant_in_utc_and_its_zone(engagements: EngagementsHarness) -> None:
    session = scheduled(engagements)

    assert (session["state"], session["coach_id"]) == ("scheduled", "per_coach")
    (said,) = engagements.said("coaching.scheduled")
    assert said["data"] == {
        "session_id": session["id"], "engagement_id": session["engagement_id"], "partner_id": "prt_1",
        "coach_id": "per_coach", "held_at": "2026-05-20T12:00:00.000Z", "zone": "Europe/Stockholm",
        "milestone_id": None,
    }  # fmt: skip


def test_a_session_about_a_milestone_says_which_when_it_was_held(engagements: EngagementsHarness) -> None:
    engagement = engagements.active()
    milestone = engagements.planned(engagement)
    asked = {
        "engagement_id": engagement["id"],
        "milestone_id": milestone["id"],
        "coach_id": engagements.person("per_7"),
    }
    session = engagements.call("schedule_coaching", **asked, **AGREED)["ok"]

    held(engagements, session)

    (said,) = engagements.said("coaching.held")
    assert (said["data"]["milestone_id"], said["data"]["coach_id"]) == (milestone["id"], "per_7")
    assert "winter" not in repr(said)


def test_notes_are_seen_by_the_institute_and_not_by_the_partner(engagements: EngagementsHarness) -> None:
    session = held(engagements, scheduled(engagements))
    asked = {"session_id": session["id"]}

    assert engagements.call("show_coaching_session", **asked)["ok"]["notes"] == "They fear the winter"
    assert engagements.call("show_coaching_session", PARTNER_LEAD, **asked)["ok"] == session | {"notes": None}
    (listed,) = engagements.call("list_coaching_sessions", PARTNER_LEAD)["ok"]["items"]
    assert listed["notes"] is None


def test_another_partner_sees_none_of_it(engagements: EngagementsHarness) -> None:
    session = scheduled(engagements)

    assert engagements.call("show_coaching_session", ANOTHER, session_id=session["id"])["fault"]["kind"] == "not_found"
    assert engagements.call("list_coaching_sessions", ANOTHER)["ok"]["items"] == []


def test_a_milestone_nobody_planned_is_not_found(engagements: EngagementsHarness) -> None:
    engagement = engagements.active()
    asked = {"engagement_id": engagement["id"], "milestone_id": "mst_nowhere"}

    assert engagements.call("schedule_coaching", **asked, **AGREED)["fault"]["kind"] == "invalid"
