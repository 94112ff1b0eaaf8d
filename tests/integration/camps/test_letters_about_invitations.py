"""How the letters about an invitation fare, as notifications tells."""

from datetime import timedelta
from typing import Any

import pytest

from chassis.domain.errors import NotYetKnown
from tests.integration.camps.harness import CampsHarness


@pytest.fixture
def invitation(camps: CampsHarness) -> dict[str, Any]:
    camps.admit("prt_1")
    camps.inviting()
    camps.reach(partner_id="prt_1")
    (invitation,) = camps.all("list_invitations")
    return invitation


def tell(
    camps: CampsHarness, delivery_id: str, state: str, *, of: str, about_kind: str = "invitation", **said: int
) -> None:
    camps.hear(
        "keep_delivery_state", delivery_id=delivery_id, partner_id="prt_1", category="invitation",
        about_kind=about_kind, about_id=of, state=state, **said,
    )  # fmt: skip


def shown(camps: CampsHarness, invitation: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = camps.call("show_invitation", invitation_id=invitation["id"])["ok"]
    return answer


def test_an_invitation_shows_each_of_its_letters_and_the_best_of_them(
    camps: CampsHarness, invitation: dict[str, Any]
) -> None:
    assert invitation["delivery"] == {"state": "none", "letters": {}}

    tell(camps, "dlv_1", "failed", of=invitation["id"])
    tell(camps, "dlv_2", "sent", of=invitation["id"])

    assert shown(camps, invitation)["delivery"] == {"state": "sent", "letters": {"dlv_1": "failed", "dlv_2": "sent"}}


def test_late_doubt_does_not_unsettle_a_letter(camps: CampsHarness, invitation: dict[str, Any]) -> None:
    tell(camps, "dlv_1", "sent", of=invitation["id"])
    tell(camps, "dlv_1", "uncertain", of=invitation["id"])

    assert shown(camps, invitation)["delivery"]["state"] == "sent"


def test_news_that_are_none_leave_the_invitation_as_it_is(camps: CampsHarness, invitation: dict[str, Any]) -> None:
    tell(camps, "dlv_1", "uncertain", of=invitation["id"])
    before = shown(camps, invitation)

    tell(camps, "dlv_1", "uncertain", of=invitation["id"])

    assert shown(camps, invitation) == before


@pytest.mark.parametrize(("about_kind", "about_id"), [("partner", "prt_1"), ("milestone", "mst_1"), ("else", "x_1")])
def test_letters_about_other_things_are_ignored(
    camps: CampsHarness, invitation: dict[str, Any], about_kind: str, about_id: str
) -> None:
    tell(camps, "dlv_1", "sent", of=about_id, about_kind=about_kind)
    tell(camps, "dlv_1", "bounced", of=about_id, about_kind=about_kind)

    assert shown(camps, invitation) == invitation


def test_news_of_an_invitation_not_stored_here_wait(camps: CampsHarness) -> None:
    with pytest.raises(NotYetKnown):
        tell(camps, "dlv_1", "sent", of="inv_nowhere")


def test_what_is_issued_anew_does_not_expire_by_the_letters_of_before(
    camps: CampsHarness, invitation: dict[str, Any]
) -> None:
    (first,) = camps.published("camps.invitation.issued")
    camps.hear("withdraw_reason", sequence=2, milestone_id="mst_1", partner_id="prt_1")
    camps.reach(partner_id="prt_1", sequence=3)

    tell(camps, "dlv_1", "sent", of=invitation["id"], about_sequence=first["sequence"])
    camps.time_goes_by(timedelta(days=30))

    assert (shown(camps, invitation)["state"], shown(camps, invitation)["delivery"]["state"]) == ("issued", "none")


def test_what_is_issued_anew_and_delivered_expires_in_its_time(camps: CampsHarness, invitation: dict[str, Any]) -> None:
    camps.hear("withdraw_reason", sequence=2, milestone_id="mst_1", partner_id="prt_1")
    camps.reach(partner_id="prt_1", sequence=3)
    again = camps.published("camps.invitation.issued")[-1]

    tell(camps, "dlv_2", "sent", of=invitation["id"], about_sequence=again["sequence"])
    camps.time_goes_by(timedelta(days=30))

    assert shown(camps, invitation)["state"] == "expired"
