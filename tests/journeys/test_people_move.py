"""Journey 10: somebody changes address or leaves → everything open is re-routed or stopped."""

from typing import Any
from uuid import uuid4

import pytest

from tests.journeys.platform_driver import PlatformDriver
from tests.waiting import eventually


@pytest.fixture
def partner(platform: PlatformDriver) -> Any:
    """A partner whose only leader knows of its invitation."""
    partner = platform.invited_partner()
    eventually(lambda: platform.delivery_of_the_invitation(partner["id"]) == "sent")
    return partner


@pytest.fixture
def leader(platform: PlatformDriver, partner: Any) -> Any:
    (leader,) = platform.api.get("/v1/people", partner_id=partner["id"])["items"]
    return leader


def camp_of(platform: PlatformDriver, partner: Any) -> Any:
    """The camp to which the partner is invited."""
    (invitation,) = platform.invitations(partner["id"])
    return platform.api.get(f"/v1/camps/{invitation['camp_id']}")


def withdraw_the_invitation(platform: PlatformDriver, partner: Any) -> None:
    (invitation,) = platform.invitations(partner["id"])
    platform.api.call(
        "POST",
        f"/v1/invitations/{invitation['id']}/transitions",
        body={"to": "withdrawn", "reason": "The camp is smaller"},
        headers={"If_Match": "*"},  # that nobody can be written to any more may change it at this moment
    )


def test_who_moves_is_written_to_at_the_new_address_only(platform: PlatformDriver, partner: Any, leader: Any) -> None:
    moved_to, before = f"{uuid4().hex[:10]}@moved.example", platform.subjects_to(leader["email"])

    headers = {"If_Match": f'"{leader["version"]}"', "Content_Type": "application/merge-patch+json"}
    platform.api.call("PATCH", f"/v1/people/{leader['id']}", body={"email": moved_to}, headers=headers)
    eventually(lambda: platform.inbox_rows_of_last_event("notifications.re_route_letters", leader["id"]))
    withdraw_the_invitation(platform, partner)

    eventually(lambda: "Withdrawn: your invitation" in platform.subjects_to(moved_to))
    out_of_the_diary = f"For your diary: {camp_of(platform, partner)['title']} can be taken out"
    eventually(lambda: platform.subjects_to(leader["email"]) == f"{before}\n{out_of_the_diary}")


def test_who_leaves_is_never_written_to_again_and_nothing_breaks_because_of_it(
    platform: PlatformDriver, partner: Any, leader: Any
) -> None:
    before = platform.subjects_to(leader["email"])
    again = platform.planned_milestone(platform.engagement_of(partner["id"])["id"], kind="spread")

    platform.api.transition(f"/v1/people/{leader['id']}", "left", version=leader["version"])
    eventually(lambda: platform.inbox_rows_of_last_event("notifications.stop_letters", leader["id"]))
    withdraw_the_invitation(platform, partner)
    platform.reach(again, request_id=f"after-{leader['id']}")

    eventually(lambda: platform.inbox_rows("notifications.congratulate_the_leaders", f"after-{leader['id']}"))
    eventually(lambda: platform.follow_ups(again["id"]))
    assert platform.subjects_to(leader["email"]) == before


def test_who_left_by_mistake_is_written_to_again(platform: PlatformDriver, partner: Any, leader: Any) -> None:
    path = f"/v1/people/{leader['id']}"
    left = platform.api.transition(path, "left", version=leader["version"])
    back = platform.api.transition(path, "returned", version=left["version"], reason="It was somebody else")
    eventually(lambda: platform.inbox_rows_of_last_event("notifications.register_recipient", leader["id"]))
    eventually(lambda: platform.inbox_rows_of_last_event("engagements.keep_person", leader["id"]))

    withdraw_the_invitation(platform, partner)

    assert [each["to"] for each in back["history"]] == ["left", "present"]
    eventually(lambda: "Withdrawn: your invitation" in platform.subjects_to(leader["email"]))
