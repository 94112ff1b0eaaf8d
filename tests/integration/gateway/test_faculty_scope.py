"""Faculty see the partners whose engagements they lead."""

from typing import Any

import pytest

from tests.integration.gateway.gateway_client import GatewayClient
from tests.integration.gateway.sample_data import a_coach, an_admitted_partner, its_active_engagement, its_engagement


@pytest.fixture
def coached(client: GatewayClient) -> Any:
    """A partner whose engagement is led by a coach of its own."""
    coach_id = a_coach(client)["id"]
    partner = an_admitted_partner(client)
    path = f"/v1/engagements/{its_active_engagement(client, partner, coach_id)['id']}"
    return {"partner": partner, "coach_id": coach_id, "path": path}


def test_they_see_what_is_of_a_partner_they_coach(client: GatewayClient, coached: Any) -> None:
    coach = client.as_("*", "faculty", person=coached["coach_id"])

    assert coach.get(coached["path"]).status == 200
    assert coach.get(f"/v1/partners/{coached['partner']['id']}").status == 200
    assert coach.get(f"/v1/partners/{coached['partner']['id']}/page").body["engagements"]["items"]
    assert [each["id"] for each in coach.get("/v1/partners").body["items"]] == [coached["partner"]["id"]]


def test_what_is_of_others_is_not_there_for_them(client: GatewayClient, coached: Any) -> None:
    other = an_admitted_partner(client)
    coach = client.as_("*", "faculty", person=coached["coach_id"])

    assert coach.get(f"/v1/partners/{other['id']}").problem["status"] == 404
    assert coach.get(f"/v1/partners/{other['id']}/page").problem["status"] == 404
    assert coach.get(f"/v1/engagements/{its_engagement(client, other)['id']}").problem["status"] == 404


@pytest.mark.parametrize("person", [None, "per_nobody", "prt_1"])
def test_faculty_who_coach_nobody_see_nobody(client: GatewayClient, coached: Any, person: str | None) -> None:
    idle = client.as_("*", "faculty", person=person)

    assert idle.get("/v1/partners").body["items"] == []
    assert idle.get(coached["path"]).problem["status"] == 404


def test_one_of_staff_who_also_coaches_sees_everything(client: GatewayClient, coached: Any) -> None:
    both = client.as_("*", "faculty", "programme_staff", person="per_nobody")

    assert both.get(coached["path"]).status == 200


def test_an_auditor_who_also_coaches_reads_everything_and_changes_what_they_coach(
    client: GatewayClient, coached: Any
) -> None:
    other = its_engagement(client, an_admitted_partner(client))
    both = client.as_("*", "auditor", "faculty", person=coached["coach_id"])
    milestone = {"kind": "spread", "title": "Half of all wards", "due_on": "2099-12-01"}

    assert both.get(f"/v1/engagements/{other['id']}").status == 200
    assert both.post("/v1/milestones", {**milestone, "engagement_id": other["id"]}).problem["status"] == 422
    theirs = {**milestone, "engagement_id": coached["path"].rpartition("/")[2]}
    assert both.post("/v1/milestones", theirs).status == 201
