"""An initiative stands at 2.5 for 90 days → its coach is asked to coach it → its score moves → the coach is told."""

from typing import Any

import pytest

from tests.journeys.initiatives import planned_cycle, started_initiative
from tests.journeys.platform_driver import PlatformDriver
from tests.waiting import eventually


@pytest.fixture
def initiative(platform: PlatformDriver) -> Any:
    """An initiative under way, of a partner of its own."""
    return initiative_of(platform)


def initiative_of(platform: PlatformDriver) -> Any:
    proposed = platform.proposed()
    leader = platform.person("leader", partner_id=proposed["id"])
    platform.admit(proposed)
    return started_initiative(platform.api, platform.active_engagement(proposed["id"]), sponsor_id=leader["id"])


def seen(platform: PlatformDriver, initiative: Any) -> Any:
    return platform.api.get(f"/v1/initiatives/{initiative['id']}")


def score(platform: PlatformDriver, initiative: Any, to: str = "scored", **given: Any) -> Any:
    version = seen(platform, initiative)["version"]
    return platform.api.transition(f"/v1/initiatives/{initiative['id']}", to, version=version,
                                   **{"justification": "As the chart shows"} | given)  # fmt: skip


def letters(platform: PlatformDriver, initiative: Any, category: str) -> list[Any]:
    return [each for each in platform.letters(about_id=initiative["id"]) if each["category"] == category]


def sent(platform: PlatformDriver, initiative: Any, category: str) -> Any:
    def found() -> Any:
        return [each for each in letters(platform, initiative, category) if each["state"] == "sent"]

    return eventually(found)


def follow_ups(platform: PlatformDriver, initiative: Any) -> list[Any]:
    found: list[Any] = platform.api.get("/v1/follow-ups", initiative_id=initiative["id"])["items"]
    return found


def slots(platform: PlatformDriver, initiative: Any) -> list[tuple[str, str]]:
    """The speaking slots of its partner: about which initiative, and whether they stand."""
    found = platform.api.get("/v1/sessions", partner_id=initiative["partner_id"])["items"]
    return [(each["initiative_id"], each["state"]) for each in found]


def test_the_coach_of_what_stands_still_is_asked_and_told_when_it_moves(
    platform: PlatformDriver, initiative: Any
) -> None:
    coach_id = platform.api.get(f"/v1/engagements/{initiative['engagement_id']}")["lead_coach_id"]
    score(platform, initiative, month="2026-02", assessor_role="faculty", score="2.5")

    (asked,) = sent(platform, initiative, "initiative_stalled")
    assert asked["recipient_id"] == coach_id
    assert seen(platform, initiative)["stalled_on"]
    (planned,) = eventually(lambda: follow_ups(platform, initiative))
    assert (planned["coach_id"], planned["state"], planned["milestone_id"]) == (coach_id, "planned", None)
    score(platform, initiative, month="2026-03", assessor_role="faculty", score="3.0")

    (told,) = sent(platform, initiative, "initiative_moved_on")
    assert told["recipient_id"] == coach_id
    assert "It stands at 3.0 now" in told["body"]
    address = platform.api.get(f"/v1/people/{coach_id}")["email"]
    assert platform.subjects_to(address).count("Fewer infections") == 2
    assert seen(platform, initiative)["stalled_on"] is None
    eventually(lambda: [each["state"] for each in follow_ups(platform, initiative)] == ["cancelled"])


def test_a_coaching_session_answers_what_a_coach_was_asked_for_because_of_a_stall(
    platform: PlatformDriver, initiative: Any
) -> None:
    score(platform, initiative, month="2026-02", assessor_role="faculty", score="2.5")
    eventually(lambda: follow_ups(platform, initiative))
    agreed = {"held_at": "2030-06-10T14:00:00+02:00", "zone": "Europe/Stockholm"}
    session = platform.api.post("/v1/coaching-sessions", {"engagement_id": initiative["engagement_id"], **agreed}).body
    today = seen(platform, initiative)["stalled_on"]

    platform.api.transition(f"/v1/coaching-sessions/{session['id']}", "held", version=1, held_on=today)

    eventually(lambda: [each["state"] for each in follow_ups(platform, initiative)] == ["completed"])


def test_what_faculty_scores_high_is_shared_at_a_camp_as_long_as_it_is(
    platform: PlatformDriver, initiative: Any
) -> None:
    platform.camp_inviting()
    platform.reach(platform.planned_milestone(initiative["engagement_id"]))
    eventually(lambda: platform.invitations(initiative["partner_id"]))

    score(platform, initiative, month="2026-02", assessor_role="faculty", score="4.0")
    eventually(lambda: slots(platform, initiative) == [(initiative["id"], "proposed")])
    score(platform, initiative, "score_corrected", month="2026-02", assessor_role="faculty", score="3.5",
          reason="Two wards, not ten")  # fmt: skip

    eventually(lambda: slots(platform, initiative) == [(initiative["id"], "withdrawn")])


def test_the_coach_is_told_that_a_team_and_faculty_see_it_differently_and_that_it_is_settled(
    platform: PlatformDriver, initiative: Any
) -> None:
    score(platform, initiative, month="2026-10", assessor_role="self", score="3.5")
    score(platform, initiative, month="2026-10", assessor_role="faculty", score="2.0")
    (told,) = sent(platform, initiative, "initiative_scores_differ")
    assert "two views of “Fewer infections” in October 2026" in told["subject"]

    score(platform, initiative, "score_corrected", month="2026-10", assessor_role="self", score="2.5", reason="A typo")

    (settled,) = sent(platform, initiative, "initiative_scores_agree")
    assert settled["recipient_id"] == told["recipient_id"]


def test_a_change_is_tested_with_a_prediction_and_adopted_over_http(platform: PlatformDriver, initiative: Any) -> None:
    cycle = planned_cycle(platform.api, initiative)
    path, today = f"/v1/pdsa-cycles/{cycle['id']}", initiative["started_on"]
    platform.api.transition(path, "doing", version=1, started_on=today)
    platform.api.transition(path, "studying", version=2, done_on=today, as_planned=True, observations="All went well")
    judged = [{"question": 1, "match": "matched", "result": "Ten of ten"}]
    platform.api.transition(path, "judged", version=3, judgements=judged)
    platform.api.transition(path, "acted", version=4, decision="adopt", learning="It works")

    page = platform.api.get(f"/v1/initiatives/{initiative['id']}/page")

    assert (page["calibration"]["share_matched"], page["cycles"][0]["state"]) == ("1.00", "acted")
    assert page["initiative"]["id"] == initiative["id"]
