"""A command that comes again has one effect and one answer."""

from uuid import uuid4

import pytest

from tests.integration.gateway.gateway_client import GatewayClient
from tests.integration.gateway.sample_data import ADMISSION, LEADER, PARTNER, a_partner


@pytest.fixture
def key() -> str:
    return uuid4().hex


def test_the_same_key_and_body_have_one_effect_and_one_answer(client: GatewayClient, key: str) -> None:
    answers = [client.post("/v1/partners", PARTNER, Idempotency_Key=key) for _ in range(3)]

    assert {answer.status for answer in answers} == {201}
    assert len({answer.body["id"] for answer in answers}) == 1


def test_the_same_key_with_another_body_is_refused(client: GatewayClient, key: str) -> None:
    client.post("/v1/partners", PARTNER, Idempotency_Key=key)

    refused = client.post("/v1/partners", {**PARTNER, "name": "Another"}, Idempotency_Key=key)

    assert refused.problem["status"] == 422
    assert refused.problem["code"] == "command_id_reused"


def test_a_transition_repeated_with_its_key_gets_the_first_answer(client: GatewayClient, key: str) -> None:
    partner = a_partner(client)
    client.post("/v1/people", {**LEADER, "partner_id": partner["id"]})
    asked = f"/v1/partners/{partner['id']}/transitions", {"to": "admitted", **ADMISSION}

    first, second = (client.post(*asked, If_Match='"1"', Idempotency_Key=key) for _ in range(2))

    assert (first.status, second.status) == (200, 200)
    assert first.body == second.body


def test_a_key_that_is_none_is_not_understood(client: GatewayClient) -> None:
    assert client.post("/v1/partners", PARTNER, Idempotency_Key="a b").problem["status"] == 400


def test_without_a_key_two_requests_are_two(client: GatewayClient) -> None:
    assert a_partner(client)["id"] != a_partner(client)["id"]


def test_a_repeat_is_told_from_the_first(client: GatewayClient, key: str) -> None:
    first, second = (client.post("/v1/partners", PARTNER, Idempotency_Key=key) for _ in range(2))

    assert (first.headers["Idempotent-Replayed"], second.headers["Idempotent-Replayed"]) == (None, "true")
    assert second.headers["Location"] == first.headers["Location"]
    assert second.headers["ETag"] == first.headers["ETag"]


def test_what_was_refused_is_no_first_answer(client: GatewayClient, key: str) -> None:
    path = f"/v1/partners/{a_partner(client)['id']}"
    client.patch(path, {"kind": "another"}, If_Match='"7"', Idempotency_Key=key)

    patched = client.patch(path, {"kind": "another"}, If_Match='"1"', Idempotency_Key=key)

    assert (patched.status, patched.headers["Idempotent-Replayed"]) == (200, None)
