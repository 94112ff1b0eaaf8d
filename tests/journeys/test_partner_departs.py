"""Journey 5, its end: a partner departs → everything that is open is closed everywhere."""

from typing import Any

import pytest

from cli.connection.api import Refused
from tests.journeys.platform_driver import PlatformDriver
from tests.waiting import eventually


@pytest.fixture
def partner(platform: PlatformDriver) -> Any:
    """A partner with a milestone reached, another planned, and its leader invited."""
    partner = platform.invited_partner()
    engagement = platform.engagement_of(partner["id"])
    platform.planned_milestone(engagement["id"])
    platform.reach(platform.planned_milestone(engagement["id"], kind="spread"))
    eventually(lambda: platform.api.get("/v1/sessions", partner_id=partner["id"], state="proposed")["items"])
    eventually(lambda: platform.letters(category="welcome", about_id=partner["id"], state="sent"))
    return partner


def depart(platform: PlatformDriver, partner: Any) -> Any:
    path = f"/v1/partners/{partner['id']}"
    version = platform.api.get(path)["version"]
    return platform.api.transition(path, "departed", version=version, reason="Merged with its neighbour")


def graduate(platform: PlatformDriver, partner: Any) -> Any:
    path = f"/v1/partners/{partner['id']}"
    version = platform.api.get(path)["version"]
    return platform.api.transition(path, "graduated", version=version, reason="Infections are halved everywhere")


def states(platform: PlatformDriver, path: str, partner: Any) -> set[str]:
    return {each["state"] for each in platform.api.get(path, partner_id=partner["id"])["items"]}


def test_when_a_partner_departs_everything_open_is_closed_everywhere(platform: PlatformDriver, partner: Any) -> None:
    eventually(lambda: len(platform.api.get("/v1/follow-ups", partner_id=partner["id"])["items"]) == 2)

    depart(platform, partner)

    closed = {
        "/v1/engagements": {"closed"}, "/v1/milestones": {"reached", "dropped"}, "/v1/invitations": {"withdrawn"},
        "/v1/sessions": {"withdrawn"}, "/v1/follow-ups": {"cancelled"},
    }  # fmt: skip
    for path, ends in closed.items():
        assert eventually(lambda path=path, ends=ends: states(platform, path, partner) == ends), path


def test_who_was_told_of_the_invitation_is_told_that_it_ends_with_the_partnership(
    platform: PlatformDriver, partner: Any
) -> None:
    eventually(lambda: platform.delivery_of_the_invitation(partner["id"]) == "sent")

    depart(platform, partner)

    (goodbye,) = eventually(lambda: platform.letters(category="farewell", about_id=partner["id"], state="sent"))
    assert "What was still open, coaching, sessions and invitations, has ended" in goodbye["body"]
    assert "Thank you and goodbye, " in platform.subjects_to(goodbye["to"])


def test_nothing_is_begun_with_a_partner_that_has_departed(platform: PlatformDriver, partner: Any) -> None:
    engagement = platform.engagement_of(partner["id"])
    depart(platform, partner)
    eventually(lambda: states(platform, "/v1/engagements", partner) == {"closed"})

    with pytest.raises(Refused) as refused:
        platform.planned_milestone(engagement["id"])

    assert refused.value.status == 409


def test_who_comes_back_is_admitted_anew_welcomed_back_once_and_begins_anew(
    platform: PlatformDriver, partner: Any
) -> None:
    (leader,) = platform.api.get("/v1/people", partner_id=partner["id"])["items"]
    departed = depart(platform, partner)
    eventually(lambda: states(platform, "/v1/engagements", partner) == {"closed"})

    back = platform.admit(departed)

    eventually(lambda: states(platform, "/v1/engagements", partner) == {"closed", "draft"})
    eventually(lambda: platform.subjects_to(leader["email"]).count("Welcome back, ") == 1)
    assert platform.subjects_to(leader["email"]).count("Welcome, ") == 1
    assert [each["reason"] for each in back["history"]][1] == "Merged with its neighbour"
    assert len(back["earlier_admissions"]) == 1
    camp = platform.camp_inviting()
    eventually(lambda: platform.rows("eligible_partners", _id=partner["id"])[0]["departed"] is False)
    assert camp["state"] == "inviting"


def test_who_graduates_is_congratulated_once_ends_as_after_a_departure_and_becomes_faculty(
    platform: PlatformDriver, partner: Any
) -> None:
    (leader,) = platform.api.get("/v1/people", partner_id=partner["id"])["items"]

    graduate(platform, partner)

    closed = {"/v1/engagements": {"closed"}, "/v1/milestones": {"reached", "dropped"}, "/v1/invitations": {"withdrawn"}}
    for path, ends in closed.items():
        assert eventually(lambda path=path, ends=ends: states(platform, path, partner) == ends), path
    (letter,) = eventually(lambda: platform.letters(category="graduation", about_id=partner["id"], state="sent"))
    assert "Infections are halved everywhere" in letter["body"]
    assert platform.letters(category="farewell", about_id=partner["id"]) == []
    alumni = platform.api.get("/v1/partners", state="graduated")["items"]
    assert partner["id"] in [each["id"] for each in alumni]
    nominated = {"person_id": leader["id"], "topics": ["infections"], "reason": "Their hospitals did it"}
    assert platform.api.post("/v1/faculty", nominated).body["provenance"]["partner_id"] == partner["id"]
