"""A lead coach leaves → staff are asked → a successor is named → what is open is theirs, and both are told."""

from typing import Any

import pytest

from tests.journeys.platform_driver import PlatformDriver
from tests.waiting import eventually

SESSION = {"held_at": "2099-09-10T14:00:00+02:00", "zone": "Europe/Stockholm"}


@pytest.fixture
def staff(platform: PlatformDriver) -> Any:
    """Somebody of the institute's staff, of whom all services have heard."""
    return known(platform, platform.person("staff", name="Anna Staff"))


@pytest.fixture
def engagement(platform: PlatformDriver, staff: Any) -> Any:
    """An engagement with a follow-up and a session, both open."""
    engagement = platform.active_engagement(platform.admitted_partner()["id"])
    milestone = platform.planned_milestone(engagement["id"])
    platform.reach(milestone)
    session = platform.api.post("/v1/coaching-sessions", {"engagement_id": engagement["id"], **SESSION}).body
    follow_up = eventually(lambda: platform.follow_ups(milestone["id"]))[0]
    return {**engagement, "session": session["id"], "follow_up": follow_up["id"]}


def known(platform: PlatformDriver, person: Any) -> Any:
    for reaction in ("notifications.register_recipient", "engagements.keep_person"):
        eventually(lambda reaction=reaction: platform.inbox_rows_of_last_event(reaction, person["id"]))
    return person


def leave(platform: PlatformDriver, person_id: str) -> None:
    person = platform.api.get(f"/v1/people/{person_id}")
    platform.api.transition(f"/v1/people/{person_id}", "left", version=person["version"])


def now(platform: PlatformDriver, engagement: Any) -> Any:
    return platform.api.get(f"/v1/engagements/{engagement['id']}")


def replace(platform: PlatformDriver, engagement: Any, coach: Any) -> None:
    platform.api.transition(
        f"/v1/engagements/{engagement['id']}", "lead_coach_replaced", version=now(platform, engagement)["version"],
        coach_id=coach["id"], reason="The coach before has left",
    )  # fmt: skip


def coaches(platform: PlatformDriver, engagement: Any) -> set[str]:
    """Who is to do what is open."""
    session = platform.api.get(f"/v1/coaching-sessions/{engagement['session']}")
    follow_up = platform.api.get(f"/v1/follow-ups/{engagement['follow_up']}")
    return {session["coach_id"], follow_up["coach_id"], now(platform, engagement)["lead_coach_id"]}


def test_when_a_lead_coach_leaves_staff_are_asked_and_the_successor_takes_over_what_is_open(
    platform: PlatformDriver, staff: Any, engagement: Any
) -> None:
    former = platform.api.get(f"/v1/people/{engagement['lead_coach_id']}")
    successor = known(platform, platform.person("coach", name="Coach Adeyemi"))

    leave(platform, former["id"])

    eventually(lambda: "A successor is needed: Coach Okonkwo" in platform.subjects_to(staff["email"]))
    waiting = platform.api.get("/v1/engagements", awaits_coach="true")["items"]
    assert engagement["id"] in [each["id"] for each in waiting]

    replace(platform, engagement, successor)

    eventually(lambda: coaches(platform, engagement) == {successor["id"]})
    eventually(lambda: "You now lead the coaching of" in platform.subjects_to(successor["email"]))
    eventually(lambda: "on 10 September 2099, 14:00" in platform.subjects_to(successor["email"]))
    (takes_over,) = platform.letters(about_id=engagement["id"], category="coaching_taken_over")
    assert "Infections halved" in takes_over["body"]
    assert now(platform, engagement)["coach_left_on"] is None
    assert "now leads the coaching" not in platform.subjects_to(former["email"])


def test_a_coach_who_is_replaced_and_stays_is_told_once(platform: PlatformDriver, engagement: Any) -> None:
    former = platform.api.get(f"/v1/people/{engagement['lead_coach_id']}")
    successor = known(platform, platform.person("coach", name="Coach Adeyemi"))

    replace(platform, engagement, successor)

    eventually(lambda: coaches(platform, engagement) == {successor["id"]})
    eventually(lambda: "Coach Adeyemi now leads the coaching of" in platform.subjects_to(former["email"]))
    eventually(
        lambda: platform.inbox_rows_of_last_event("notifications.tell_the_former_session_coach", engagement["session"])
    )
    assert platform.letters(about_id=engagement["session"], category="session_passed_on") == []
