"""The institute's staff enters what happened before as history."""

from typing import Any
from uuid import uuid4

from pymongo.database import Database

from tests.integration.gateway.gateway_client import GatewayClient
from tests.integration.gateway.sample_data import LEADER, PARTNER, a_partner


def test_what_staff_enters_as_history_is_said_to_be_that(
    client: GatewayClient, partners_database: Database[dict[str, Any]]
) -> None:
    people = [{**LEADER, "role": "coach", "email": f"{uuid4().hex}@x.example"} for _ in range(2)]

    history, news = client.post("/v1/people", people[0], Entered_As="history"), client.post("/v1/people", people[1])

    rows = [partners_database["outbox"].find_one({"subject": each.body["id"]}) for each in (history, news)]
    assert [row and row["entered_as_history"] for row in rows] == [True, False]


def test_another_way_to_enter_something_is_not_understood(client: GatewayClient) -> None:
    refused = client.post("/v1/partners", PARTNER, Entered_As="news")

    assert (refused.problem["status"], refused.problem["code"]) == (400, "malformed_header")
    assert "Entered-As" in refused.problem["detail"]


def test_a_partners_own_people_do_not_enter_history(client: GatewayClient) -> None:
    partner = a_partner(client)
    leader, coach = client.as_(partner["id"], "partner_lead"), client.as_("*", "faculty")
    milestone = {"engagement_id": "eng_none", "kind": "spread", "title": "Ours", "due_on": "2099-06-01"}

    refused = [who.post("/v1/milestones", milestone, Entered_As="history") for who in (leader, coach)]

    assert [(each.problem["status"], each.problem["code"]) for each in refused] == [(403, "role_missing")] * 2


def test_the_same_key_does_not_make_news_of_history(client: GatewayClient) -> None:
    key = uuid4().hex
    first = client.post("/v1/partners", PARTNER, Idempotency_Key=key, Entered_As="history")

    again = client.post("/v1/partners", PARTNER, Idempotency_Key=key, Entered_As="history")
    otherwise = client.post("/v1/partners", PARTNER, Idempotency_Key=key)

    assert (again.headers["Idempotent-Replayed"], again.body["id"]) == ("true", first.body["id"])
    assert (otherwise.problem["status"], otherwise.problem["code"]) == (422, "command_id_reused")


def test_to_read_needs_no_right_to_enter_history(client: GatewayClient) -> None:
    assert client.as_("*", "auditor").get("/v1/partners", Entered_As="history").status == 200
