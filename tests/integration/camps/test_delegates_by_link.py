"""Who leads a partner says by the link in their letter who comes: once for each form, as long as the link is good."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.integration.camps.harness import CampsHarness

BO = {"action": "name", "name": "Bo", "email": "bo@region.example", "role": "Nurse"}


@pytest.fixture
def token(camps: CampsHarness) -> str:
    """The link of the leader of `prt_1`, which comes to a camp with two people."""
    camps.inviting(capacity=10, mode="hybrid")
    camps.invite("prt_1")
    camps.person()
    camps.answer("accept_invitation", "prt_1", seats=2)
    return camps.token()


def form(camps: CampsHarness, token: str) -> dict[str, Any]:
    return camps.call("show_delegates_form", token=token)["ok"]


def send(camps: CampsHarness, token: str, *, nonce: str | None = None, **said: Any) -> Any:
    nonce = nonce or form(camps, token)["nonce"]
    return camps.call("change_delegates_by_link", token=token, nonce=nonce, **said)


def test_somebody_is_named_confirmed_substituted_and_withdrawn(camps: CampsHarness, token: str) -> None:
    assert send(camps, token, **BO, language="sv", attends="remote")["ok"] == {"coming": 1}
    (bo,) = form(camps, token)["delegates"]
    send(camps, token, action="confirm", delegate_id=bo["id"])
    confirmed = form(camps, token)["delegates"]
    send(camps, token, action="substitute", delegate_id=bo["id"], name="Cy", email="cy@region.example")
    (cy,) = form(camps, token)["delegates"]
    send(camps, token, action="withdraw", delegate_id=cy["id"])

    assert confirmed == [{"id": bo["id"], "name": "Bo", "role": "Nurse", "attends": "remote", "state": "confirmed"}]
    assert (cy["name"], cy["role"]) == ("Cy", "Nurse")
    assert form(camps, token)["delegates"] == []
    assert [each["language"] for each in camps.all("list_delegates")] == ["sv", "en"]


def test_what_somebody_needs_is_stated_and_not_shown_again(camps: CampsHarness, token: str) -> None:
    send(camps, token, **BO)
    (bo,) = form(camps, token)["delegates"]

    send(camps, token, action="needs", delegate_id=bo["id"], diet="Vegetarian")

    assert "Vegetarian" not in str(form(camps, token))
    (needs,) = camps.all("list_needs", camp_id=camps.invitation_of("prt_1")["camp_id"])
    assert (needs["diet"], needs["access"]) == ("Vegetarian", None)


def test_a_form_is_good_for_one_change_and_until_the_next_answer(camps: CampsHarness, token: str) -> None:
    nonce = form(camps, token)["nonce"]
    send(camps, token, nonce=nonce, **BO)

    again = send(camps, token, nonce=nonce, **(BO | {"email": "cy@region.example"}))["fault"]
    shown = form(camps, token)["nonce"]
    camps.answer("answer_tentatively", "prt_1")

    late = send(camps, token, nonce=shown, **(BO | {"email": "cy@region.example"}))["fault"]

    assert (again["code"], late["code"]) == ("form_outdated", "form_outdated")
    assert len(camps.all("list_delegates")) == 1


def test_looking_changes_nothing(camps: CampsHarness, token: str) -> None:
    send(camps, token, **BO)
    before = {name: list(camps.store.database[name].find()) for name in ("delegates", "invitations", "camps")}

    assert form(camps, token) == form(camps, token)

    assert before == {name: list(camps.store.database[name].find()) for name in before}


def test_a_link_that_has_ended_says_nothing_and_changes_nothing(camps: CampsHarness, token: str) -> None:
    nonce = form(camps, token)["nonce"]
    camps.leave()

    assert camps.call("show_delegates_form", token=token)["fault"]["kind"] == "gone"
    assert send(camps, token, nonce=nonce, **BO)["fault"]["kind"] == "gone"


def test_nobody_elses_delegate_is_changed_by_a_link(camps: CampsHarness, token: str) -> None:
    camps.invite("prt_2")
    invitation = camps.answer("accept_invitation", "prt_2", seats=1)["ok"]
    somebody = {"name": "Di", "email": "di@other.example", "role": "Nurse"}
    theirs = camps.command("name_delegate", invitation_id=invitation["id"], **somebody)

    fault = send(camps, token, action="withdraw", delegate_id=theirs["id"])["fault"]

    assert fault["fields"][0]["pointer"] == "/delegate_id"
    assert camps.call("show_delegate", delegate_id=theirs["id"])["ok"]["state"] == "named"


def test_once_the_camp_is_frozen_the_page_offers_nothing_and_takes_nothing(camps: CampsHarness, token: str) -> None:
    camps.it_becomes(datetime(2026, 7, 1, 9, 0, tzinfo=UTC))
    camp = camps.call("show_camp", camp_id=camps.invitation_of("prt_1")["camp_id"])["ok"]
    camps.command("freeze_camp", camp_id=camp["id"], version=camp["version"])

    assert form(camps, token)["is_open"] is False
    assert send(camps, token, **BO)["fault"]["code"] == "camp_frozen"


def test_who_is_named_without_a_role_is_asked_for_it(camps: CampsHarness, token: str) -> None:
    without = {name: value for name, value in BO.items() if name != "role"}

    assert send(camps, token, **without)["fault"]["fields"][0]["pointer"] == "/role"
