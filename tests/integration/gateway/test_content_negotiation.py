"""What the gateway reads, and speaks."""

import pytest

from tests.integration.gateway.gateway_client import GatewayClient
from tests.integration.gateway.sample_data import PARTNER


def test_a_wrong_member_is_pointed_at(client: GatewayClient) -> None:
    refused = client.post("/v1/partners", {**PARTNER, "zone": "Nowhere", "colour": "red", "focus_areas": ["a", "B"]})

    assert refused.problem["status"] == 422
    assert {error["pointer"] for error in refused.problem["errors"]} == {"/zone", "/colour", "/focus_areas/1"}


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"name": NaN}', b'{"name": 1, "name": 2}', b'{"name": "\\u0000"}', b"\xff"]
)
def test_what_is_no_strict_json_is_not_understood(client: GatewayClient, body: bytes) -> None:
    assert client.post("/v1/partners", body).problem["status"] == 400


@pytest.mark.parametrize("type", ["datetime", "uuid", "nothing"])
def test_no_member_of_a_body_is_interpreted_on_its_way(client: GatewayClient, type: str) -> None:
    refused = client.post("/v1/partners", {**PARTNER, "name": {"__type__": type, "__value__": "x"}})

    assert refused.problem["status"] == 422
    assert refused.problem["errors"][0]["pointer"] == "/name"


def test_only_json_is_read(client: GatewayClient) -> None:
    assert client.post("/v1/partners", PARTNER, Content_Type="text/plain").problem["status"] == 415
    assert client.post("/v1/partners", PARTNER, Content_Encoding="gzip").problem["status"] == 415


def test_only_json_is_spoken(client: GatewayClient) -> None:
    assert client.get("/v1/partners", Accept="text/html").problem["status"] == 406
    assert client.get("/v1/partners", Accept="text/html, */*;q=0.1").status == 200
    assert client.get("/v1/partners", Accept="application/json; charset=utf-8").status == 200
    assert client.get("/v1/partners", Accept="application/json;v=2;q=0.5, text/html").status == 200
    assert client.get("/v1/partners", Accept="application/json;charset=utf-8;q=0").problem["status"] == 406


@pytest.mark.parametrize("field", ["command_id", "route", "said"])
def test_no_field_of_a_form_is_interpreted_on_its_way(client: GatewayClient, field: str) -> None:
    form = f"{field}=x&answer=declined"
    head = "Host: a\r\nContent-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n"

    answer = client.say(f"POST /rsvp/inv_1.seal HTTP/1.1\r\n{head}Content-Length: {len(form)}\r\n\r\n{form}")

    assert answer.startswith("HTTP/1.1 503")  # camps, which would refuse it, is not there
