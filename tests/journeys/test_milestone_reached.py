"""Journey 1: milestone reached → follow-up planned and invitation issued → letters delivered → state back."""

from typing import Any

import pytest

from cli.connection.api import Refused
from tests.journeys.platform_driver import PlatformDriver
from tests.waiting import eventually


@pytest.fixture
def partner(platform: PlatformDriver) -> Any:
    return platform.admitted_partner()


@pytest.fixture
def milestone(platform: PlatformDriver, partner: Any) -> Any:
    """A milestone of its active engagement, while a camp is inviting."""
    platform.camp_inviting()
    return platform.planned_milestone(platform.active_engagement(partner["id"])["id"])


def leader_of(platform: PlatformDriver, partner: Any) -> str:
    return platform.api.get("/v1/people", partner_id=partner["id"])["items"][0]["email"]


def test_a_milestone_reached_makes_the_coach_coach_and_the_camp_invite(
    platform: PlatformDriver, partner: Any, milestone: Any
) -> None:
    platform.reach(milestone)

    (follow_up,) = eventually(lambda: platform.follow_ups(milestone["id"]))
    (invitation,) = eventually(lambda: platform.invitations(partner["id"]))
    assert follow_up["partner_id"] == partner["id"]
    assert follow_up["state"] == "planned"
    assert invitation["state"] == "issued"
    assert [reason["id"] for reason in invitation["reasons"]] == [milestone["id"]]
    eventually(lambda: platform.delivery_of_the_invitation(partner["id"]) == "sent")


def test_everybody_concerned_gets_one_letter_and_only_one(
    platform: PlatformDriver, partner: Any, milestone: Any
) -> None:
    leader = leader_of(platform, partner)

    platform.reach(milestone)

    eventually(lambda: platform.delivery_of_the_invitation(partner["id"]) == "sent")
    eventually(lambda: len(platform.letters(partner_id=partner["id"], state="sent")) == 6)
    subjects = [str(mail["Subject"]) for mail in platform.mails_to(leader)]
    assert len(subjects) == 4  # welcome, who coaches, milestone, invitation; the other two go to the coach
    assert any("Summer Camp" in subject for subject in subjects)


def test_every_consequence_carries_the_request_and_its_cause(
    platform: PlatformDriver, partner: Any, milestone: Any
) -> None:
    request_id = f"journey-{milestone['id']}"

    platform.reach(milestone, request_id=request_id)

    eventually(lambda: platform.delivery_of_the_invitation(partner["id"]) == "sent")
    eventually(lambda: len(platform.events_caused_by(request_id)) >= 6)
    said = {row["_id"]: row for row in platform.events_caused_by(request_id)}
    types = sorted(row["type"] for row in said.values())
    assert types == [
        "camps.invitation.issued",
        "engagements.milestone.reached",
        "notifications.delivery.settled",  # to the leader: the milestone
        "notifications.delivery.settled",  # to the leader: the invitation
        "notifications.delivery.settled",  # to the coach
        "notifications.follow_up.planned",
    ]
    first = next(row for row in said.values() if row["type"] == "engagements.milestone.reached")
    assert first["causation_id"] is None
    assert all(row["causation_id"] in said for row in said.values() if row is not first)


def test_a_leader_may_say_so_of_their_own_milestone(platform: PlatformDriver, partner: Any, milestone: Any) -> None:
    reached = platform.reach(milestone, api=platform.as_leader_of(partner["id"]))

    assert reached["state"] == "reached"
    assert reached["evidence"][0]["confirmed_by"] == "a leader"


def test_a_second_milestone_brings_a_speaking_slot_and_no_second_invitation(
    platform: PlatformDriver, partner: Any, milestone: Any
) -> None:
    second = platform.planned_milestone(milestone["engagement_id"], kind="spread")
    platform.reach(milestone)
    eventually(lambda: platform.invitations(partner["id"]))

    platform.reach(second)

    (session,) = eventually(lambda: platform.api.get("/v1/sessions", partner_id=partner["id"])["items"])
    (invitation,) = platform.invitations(partner["id"])
    assert session["milestone_id"] == second["id"]
    assert sorted(reason["id"] for reason in invitation["reasons"]) == sorted([milestone["id"], second["id"]])


@pytest.mark.parametrize("service", ["engagements", "camps", "notifications", "partners", "gateway"])
def test_a_service_killed_mid_story_changes_nothing_in_the_outcome(
    platform: PlatformDriver, partner: Any, milestone: Any, service: str
) -> None:
    platform.reach(milestone)
    with platform.killed(service):
        pass

    def outcome() -> bool:
        try:
            (invitation,) = platform.invitations(partner["id"])
            letters = platform.letters(partner_id=partner["id"])
            follow_ups = platform.follow_ups(milestone["id"])
        except (Refused, OSError, ValueError):
            return False
        settled = all(letter["state"] in ("sent", "uncertain") for letter in letters)
        return (
            settled
            and len(letters) == 6
            and len(follow_ups) == 1
            and invitation["delivery"]["state"] in ("sent", "uncertain")
        )

    eventually(outcome)
    assert len(platform.mails_to(leader_of(platform, partner))) <= 4
