"""How a request can be followed."""

import json
from typing import Any
from uuid import uuid4

from pymongo.database import Database

from tests.integration.gateway.conftest import SystemUnderTest
from tests.integration.gateway.gateway_client import GatewayClient
from tests.integration.gateway.sample_data import LEADER
from tests.waiting import eventually

TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


def test_a_clients_request_id_goes_all_the_way(
    client: GatewayClient, system: SystemUnderTest, partners_database: Database[dict[str, Any]]
) -> None:
    id = f"mine.{uuid4().hex}"

    answer = client.post(
        "/v1/people", {**LEADER, "role": "coach", "email": f"{id}@x.example"}, X_Request_Id=id, traceparent=TRACE
    )

    assert answer.headers["X-Request-Id"] == id
    row = partners_database["outbox"].find_one({"correlation_id": id})
    assert row is not None
    assert row["actor"] == "someone"
    assert row["traceparent"].split("-")[1] == TRACE.split("-")[1]


def test_a_request_id_that_could_do_harm_is_replaced(client: GatewayClient) -> None:
    answer = client.get("/v1/partners", X_Request_Id="a b")

    assert answer.headers["X-Request-Id"].startswith("req_")


def test_every_request_is_one_line_in_the_log(client: GatewayClient, system: SystemUnderTest) -> None:
    client.get("/v1/partners/prt_none", X_Request_Id="logged.once")

    lines = eventually(lambda: system.gateway.logged("logged.once"))

    assert len(lines) == 1
    line = json.loads(lines[0])
    assert line["method"] == "GET"
    assert line["path"] == "/v1/partners/prt_none"
    assert line["status"] == 404
    assert line["subject"] == "someone"
    assert line["ms"] > 0
    assert client.token not in lines[0]
