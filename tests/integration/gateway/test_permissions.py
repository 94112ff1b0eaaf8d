"""Who may do what, and what each may see."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.integration.gateway.gateway_client import GatewayClient
from tests.integration.gateway.sample_data import LEADER, a_partner, an_admitted_partner, its_engagement


@pytest.fixture
def partner(client: GatewayClient) -> Iterator[Any]:
    yield a_partner(client)


def test_a_stranger_is_asked_who_they_are(client: GatewayClient) -> None:
    refused = GatewayClient(port=client.port, token="x").get("/v1/partners")

    assert refused.problem["status"] == 401
    assert refused.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("role", ["partner_lead", "partner_editor", "partner_viewer", "auditor", "faculty"])
def test_a_missing_role_is_named(client: GatewayClient, partner: Any, role: str) -> None:
    organisation = partner["id"] if role.startswith("partner_") else "*"

    refused = client.as_(organisation, role).post("/v1/people", LEADER)

    assert refused.problem["status"] == 403
    assert "programme_staff" in refused.problem["detail"]


@pytest.mark.parametrize("role", ["programme_staff", "faculty", "auditor"])
def test_a_role_of_the_institute_opens_nothing_within_an_organisation(
    client: GatewayClient, partner: Any, role: str
) -> None:
    refused = client.as_(partner["id"], "partner_lead", role).get(f"/v1/partners/{partner['id']}")

    assert (refused.problem["status"], refused.problem["code"]) == (401, "roles_contradict")
    assert f"{role} can be held for the whole programme (*) only" in refused.problem["detail"]


@pytest.mark.parametrize("role", ["partner_viewer", "integrator"])
def test_everybody_reads_their_own_and_nobody_elses(client: GatewayClient, partner: Any, role: str) -> None:
    other = a_partner(client)
    reader = client.as_(partner["id"], role)

    assert reader.get(f"/v1/partners/{partner['id']}").status == 200
    assert reader.get(f"/v1/partners/{other['id']}").problem["status"] == 404
    assert [each["id"] for each in reader.get("/v1/partners").body["items"]] == [partner["id"]]


def test_what_is_anothers_looks_like_what_is_not_there(client: GatewayClient, partner: Any) -> None:
    other = a_partner(client)
    reader = client.as_(partner["id"], "partner_viewer")

    hidden, missing = reader.get(f"/v1/partners/{other['id']}"), reader.get("/v1/partners/prt_none")

    assert (hidden.problem["status"], missing.problem["status"]) == (404, 404)
    assert hidden.problem["code"] == missing.problem["code"]


def test_another_partners_engagement_is_not_planned_for(client: GatewayClient, partner: Any) -> None:
    engagement = its_engagement(client, an_admitted_partner(client))
    milestone = {"engagement_id": engagement["id"], "kind": "spread", "title": "Ours", "due_on": "2099-06-01"}

    refused = client.as_(partner["id"], "partner_lead").post("/v1/milestones", milestone)

    assert refused.problem["status"] == 422
    assert refused.problem["errors"][0]["pointer"] == "/engagement_id"
