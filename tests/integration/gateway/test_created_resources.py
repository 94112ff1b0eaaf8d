"""What a client and the gateway say to each other when all is well."""

from tests.integration.gateway.gateway_client import GatewayClient
from tests.integration.gateway.sample_data import (
    PARTNER,
    a_coach,
    a_partner,
    an_admitted_partner,
    its_active_engagement,
)

CRITERIA = (
    "reach", "committed_leaders", "aligned_mission", "population_health", "improvement_experience", "desire_to_test",
    "willingness_to_share",
)  # fmt: skip


def test_a_created_resource_has_a_location_and_a_version(client: GatewayClient) -> None:
    created = client.post("/v1/partners", {**PARTNER, "name": "Cincinnati Children’s Hospital Medical Center"})

    assert created.status == 201
    assert created.headers["ETag"].startswith('"1.')
    found = client.get(created.headers["Location"])
    assert found.status == 200
    assert found.headers["ETag"] == created.headers["ETag"]
    assert found.body == created.body
    assert found.body["name"] == "Cincinnati Children’s Hospital Medical Center"


def test_a_milestone_is_planned_and_reached_by_the_partner_itself(client: GatewayClient) -> None:
    coach_id = a_coach(client)["id"]
    partner = an_admitted_partner(client)
    engagement = its_active_engagement(client, partner, coach_id)
    lead = client.as_(partner["id"], "partner_lead")

    planned = lead.post(
        "/v1/milestones",
        {"engagement_id": engagement["id"], "kind": "spread", "title": "Half of all wards", "due_on": "2099-06-01"},
    )
    path = planned.headers["Location"]
    reached = lead.move(path, "reached", version=1, reached_on="2026-05-01", evidence="Seen")

    assert planned.status == 201
    assert reached.status == 200
    assert reached.headers["ETag"].startswith('"2.')
    assert lead.get(path).body["state"] == "reached"
    assert lead.get(path).body["evidence"][0]["confirmed_by"] == "someone"


def test_a_created_assessment_has_a_location_and_an_invalid_verdict_is_named(client: GatewayClient) -> None:
    path = f"/v1/partners/{a_partner(client)['id']}/assessments"
    judgements = [{"characteristic": code, "verdict": "strong", "evidence": "Seen"} for code in CRITERIA]

    created = client.post(path, {"judgements": judgements})
    refused = client.post(path, {"judgements": [*judgements[:6], {**judgements[6], "verdict": "4"}]})

    assert client.get(created.headers["Location"]).body == created.body
    assert client.get(path).body["items"] == [created.body]
    assert [error["pointer"] for error in refused.problem["errors"]] == ["/judgements/6/verdict"]
