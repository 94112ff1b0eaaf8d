"""Journey 6, its first steps: an invitation is answered through the gateway, and seats are freed."""

from typing import Any

import pytest

from cli.connection.api import Api, Refused
from tests.journeys.platform_driver import PlatformDriver
from tests.waiting import eventually


@pytest.fixture
def invitation(platform: PlatformDriver) -> Any:
    """The invitation of a partner that reached a milestone, and has been sent the letter about it."""
    partner = platform.invited_partner()
    eventually(lambda: platform.delivery_of_the_invitation(partner["id"]) == "sent")
    return platform.invitations(partner["id"])[0]


def answer(api: Api, invitation: Any, **said: Any) -> Any:
    """Answer it as it is now; it has another version as soon as the letter about the answer before was sent."""
    path = f"/v1/invitations/{invitation['id']}"
    while True:
        seen = f'"{api.get(path)["version"]}"'
        try:
            return api.post(f"{path}/answers", said, If_Match=seen).body
        except Refused as refused:
            if refused.status != 412:
                raise


def test_a_leader_comes_with_fewer_then_not_at_all_and_takes_that_back(
    platform: PlatformDriver, invitation: Any
) -> None:
    leader = platform.as_leader_of(invitation["partner_id"])

    accepted = answer(leader, invitation, answer="accepted", seats=3)
    declined = answer(leader, invitation, answer="declined", reason="Our board meets")
    undone = answer(leader, invitation, answer="undone")

    assert [each["state"] for each in (accepted, declined, undone)] == ["accepted", "declined", "accepted"]
    (freed,) = platform.rows("outbox", subject=invitation["id"], type="camps.seats.freed")
    assert freed["data"]["seats"] == 1
    eventually(lambda: platform.rows("inbox", reaction="camps.offer_freed_seats", event_id=freed["_id"]))


def test_an_answer_is_about_a_version_and_of_a_known_kind(platform: PlatformDriver, invitation: Any) -> None:
    path = f"/v1/invitations/{invitation['id']}/answers"

    with pytest.raises(Refused) as without:
        platform.api.post(path, {"answer": "accepted"})
    with pytest.raises(Refused) as unknown:
        answer(platform.api, invitation, answer="perhaps")

    assert without.value.status == 428
    assert unknown.value.status == 422
