"""Journey 10: somebody changes address or leaves → everything open is re-routed or stopped."""

from typing import Any
from uuid import uuid4

import pytest

from tests.journeys.platform_driver import Programme
from tests.waiting import eventually


@pytest.fixture
def partner(programme: Programme) -> Any:
    """A partner whose only leader knows of its invitation."""
    partner = programme.invited_partner()
    eventually(lambda: programme.delivery_of_the_invitation(partner["id"]) == "sent")
    return partner


@pytest.fixture
def leader(programme: Programme, partner: Any) -> Any:
    (leader,) = programme.api.get("/v1/people", partner_id=partner["id"])["items"]
    return leader


def withdraw_the_invitation(programme: Programme, partner: Any) -> None:
    (invitation,) = programme.invitations(partner["id"])
    programme.api.transition(
        f"/v1/invitations/{invitation['id']}", "withdrawn", version=invitation["version"], reason="The camp is smaller"
    )


def test_who_moves_is_written_to_at_the_new_address_only(programme: Programme, partner: Any, leader: Any) -> None:
    moved_to, before = f"{uuid4().hex[:10]}@moved.example", programme.subjects_to(leader["email"])

    headers = {"If_Match": f'"{leader["version"]}"', "Content_Type": "application/merge-patch+json"}
    programme.api.call("PATCH", f"/v1/people/{leader['id']}", body={"email": moved_to}, headers=headers)
    eventually(lambda: programme.heard_of("notifications.re_route_letters", leader["id"]))
    withdraw_the_invitation(programme, partner)

    eventually(lambda: "Withdrawn: your invitation" in programme.subjects_to(moved_to))
    assert programme.subjects_to(leader["email"]) == before


def test_who_leaves_is_never_written_to_again_and_nothing_breaks_because_of_it(
    programme: Programme, partner: Any, leader: Any
) -> None:
    before = programme.subjects_to(leader["email"])
    again = programme.planned_milestone(programme.engagement_of(partner["id"])["id"], kind="spread")

    programme.api.transition(f"/v1/people/{leader['id']}", "left", version=leader["version"])
    eventually(lambda: programme.heard_of("notifications.stop_letters", leader["id"]))
    withdraw_the_invitation(programme, partner)
    programme.reach(again, request_id=f"after-{leader['id']}")

    eventually(lambda: programme.heard("notifications.congratulate_the_leaders", f"after-{leader['id']}"))
    eventually(lambda: programme.follow_ups(again["id"]))
    assert programme.subjects_to(leader["email"]) == before
