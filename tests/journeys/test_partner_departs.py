"""Journey 5, its end: a partner departs → everything that is open is closed everywhere."""

from typing import Any

import pytest

from cli.connection.api import Refused
from tests.journeys.platform_driver import Programme
from tests.waiting import eventually


@pytest.fixture
def partner(programme: Programme) -> Any:
    """A partner with a milestone reached, another planned, and its leader invited."""
    partner = programme.invited_partner()
    engagement = programme.engagement_of(partner["id"])
    programme.planned_milestone(engagement["id"])
    programme.reach(programme.planned_milestone(engagement["id"], kind="spread"))
    eventually(lambda: programme.api.get("/v1/sessions", partner_id=partner["id"], state="proposed")["items"])
    return partner


def depart(programme: Programme, partner: Any) -> Any:
    path = f"/v1/partners/{partner['id']}"
    version = programme.api.get(path)["version"]
    return programme.api.transition(path, "departed", version=version, reason="Merged with its neighbour")


def states(programme: Programme, path: str, partner: Any) -> set[str]:
    return {each["state"] for each in programme.api.get(path, partner_id=partner["id"])["items"]}


def test_when_a_partner_departs_everything_open_is_closed_everywhere(programme: Programme, partner: Any) -> None:
    eventually(lambda: len(programme.api.get("/v1/follow-ups", partner_id=partner["id"])["items"]) == 2)

    depart(programme, partner)

    closed = {
        "/v1/engagements": {"closed"}, "/v1/milestones": {"reached", "dropped"}, "/v1/invitations": {"withdrawn"},
        "/v1/sessions": {"withdrawn"}, "/v1/follow-ups": {"cancelled"},
    }  # fmt: skip
    for path, ends in closed.items():
        assert eventually(lambda path=path, ends=ends: states(programme, path, partner) == ends), path


def test_who_was_told_of_the_invitation_is_told_that_it_holds_no_longer(programme: Programme, partner: Any) -> None:
    (leader,) = programme.api.get("/v1/people", partner_id=partner["id"])["items"]
    eventually(lambda: programme.delivery_of_the_invitation(partner["id"]) == "sent")

    depart(programme, partner)

    eventually(lambda: "Withdrawn: your invitation" in programme.subjects_to(leader["email"]))


def test_nothing_is_begun_with_a_partner_that_has_departed(programme: Programme, partner: Any) -> None:
    engagement = programme.engagement_of(partner["id"])
    depart(programme, partner)
    eventually(lambda: states(programme, "/v1/engagements", partner) == {"closed"})

    with pytest.raises(Refused) as refused:
        programme.planned_milestone(engagement["id"])

    assert refused.value.status == 409
