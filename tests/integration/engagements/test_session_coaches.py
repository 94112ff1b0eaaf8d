"""A coach leaves who holds a session of an engagement that another one leads: the session waits for a successor."""

from typing import Any

import pytest

from tests.integration.engagements.harness import Answer, EngagementsHarness

AGREED = {"held_at": "2026-06-20T14:00:00+02:00", "zone": "Europe/Stockholm"}
OTHER = {"person_id": "per_other", "partner_id": None}
DESCRIBED = {**OTHER, "name": "Ada per_other", "zone": "America/Chicago"}


@pytest.fixture
def session(engagements: EngagementsHarness) -> Answer:
    """A session with `per_other`, of an engagement that `per_coach` leads."""
    engagement = engagements.active()
    for coach in ("per_other", "per_third"):
        engagements.person(coach)
    return scheduled(engagements, engagement, coach_id="per_other")


def scheduled(engagements: EngagementsHarness, engagement: Answer, **with_whom: str) -> Answer:
    return engagements.command("schedule_coaching", engagement_id=engagement["id"], **AGREED, **with_whom)


def leave(engagements: EngagementsHarness, *, sequence: int = 2) -> None:
    engagements.hear("keep_departure", **OTHER, left_on="2026-05-29", sequence=sequence)


def waits_since(engagements: EngagementsHarness, session: Answer) -> str | None:
    """Since when it waits, of which its own view and the lists agree."""
    seen = engagements.call("show_coaching_session", session_id=session["id"])["ok"]
    waiting = engagements.call("list_coaching_sessions", awaits_coach=True)["ok"]["items"]
    others = engagements.call("list_coaching_sessions", awaits_coach=False)["ok"]["items"]
    found: str | None = seen["coach_left_on"]
    assert [bool(waiting), bool(others)] == [found is not None, found is None]
    return found


def do(engagements: EngagementsHarness, operation: str, session: Answer, **asked: Any) -> Answer:
    version = engagements.call("show_coaching_session", session_id=session["id"])["ok"]["version"]
    return engagements.command(operation, session_id=session["id"], version=version, **asked)


def test_a_session_whose_coach_leaves_says_so_until_it_is_handed_over(
    engagements: EngagementsHarness, session: Answer
) -> None:
    assert waits_since(engagements, session) is None

    leave(engagements)

    assert waits_since(engagements, session) == "2026-05-29"
    (said,) = engagements.said("coaching.coach_left")
    assert (said["subject"], said["data"]["coach_id"]) == (session["id"], "per_other")
    assert (said["data"]["held_at"], said["data"]["left_on"]) == ("2026-06-20T12:00:00.000Z", "2026-05-29")
    do(engagements, "hand_over_coaching", session, coach_id="per_third")
    assert waits_since(engagements, session) is None


def test_a_session_whose_coach_coaches_no_more_waits_since_the_day_that_is_heard(
    engagements: EngagementsHarness, session: Answer
) -> None:
    engagements.hear("keep_person", **DESCRIBED, role="librarian", sequence=2)

    assert waits_since(engagements, session) == "2026-06-01"


def test_a_session_whose_coach_is_back_waits_no_longer(engagements: EngagementsHarness, session: Answer) -> None:
    leave(engagements)

    engagements.hear("keep_person", **DESCRIBED, role="coach", sequence=3)

    assert waits_since(engagements, session) is None
    assert [each["subject"] for each in engagements.said("coaching.coach_returned")] == [session["id"]]


def test_a_session_that_was_said_to_be_held_waits_when_that_is_taken_back(
    engagements: EngagementsHarness, session: Answer
) -> None:
    do(engagements, "hold_coaching", session, held_on="2026-05-20")
    leave(engagements)
    assert waits_since(engagements, session) is None

    do(engagements, "retract_coaching", session, reason="It was another session")

    assert waits_since(engagements, session) == "2026-05-29"


def test_the_sessions_of_who_leads_the_engagement_wait_with_it_and_are_not_asked_for_apart(
    engagements: EngagementsHarness,
) -> None:
    session = scheduled(engagements, engagements.active())

    engagements.hear("keep_departure", person_id="per_coach", partner_id=None, left_on="2026-05-29", sequence=2)

    assert waits_since(engagements, session) is None
    assert engagements.said("coaching.coach_left") == []
    assert len(engagements.said("engagement.coach_left")) == 1
