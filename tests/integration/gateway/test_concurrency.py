"""Many clients that want the same thing at the same time."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from cli.local.ports import free_port
from tests.integration.gateway.conftest import SystemUnderTest, service_running
from tests.integration.gateway.gateway_client import GatewayClient
from tests.integration.gateway.sample_data import PARTNER, a_partner

LONG_ENOUGH_ANYWHERE = "30"


@pytest.fixture(scope="module")
def client(system: SystemUnderTest) -> Iterator[GatewayClient]:
    """A gateway that no machine is too slow for."""
    port = free_port()
    own = {"WEB_SERVER_ADDRESS": f"127.0.0.1:{port}", "RPC_DEADLINE_SECONDS": LONG_ENOUGH_ANYWHERE}
    with service_running("gateway", system.settings | own):
        yield GatewayClient(port=port, token=system.client.token)


def test_32_clients_with_one_key_have_one_effect_and_identical_answers(client: GatewayClient) -> None:
    key, wanted = uuid4().hex, {**PARTNER, "country": "WS", "subdivision": None}

    with ThreadPoolExecutor(32) as clients:
        said = list(clients.map(lambda _: client.post("/v1/partners", wanted, Idempotency_Key=key), range(32)))

    assert {answer.status for answer in said} == {201}
    assert all(answer.body == said[0].body for answer in said)
    assert len({(answer.headers["ETag"], answer.headers["Location"]) for answer in said}) == 1
    assert sorted(answer.headers["Idempotent-Replayed"] or "" for answer in said) == ["", *["true"] * 31]
    assert client.get("/v1/partners?country=WS").body["items"] == [said[0].body]


def test_of_100_updates_of_one_version_at_once_one_happens(client: GatewayClient) -> None:
    path = f"/v1/partners/{a_partner(client)['id']}"
    tag = client.get(path).headers["ETag"]

    with ThreadPoolExecutor(100) as clients:
        said = list(clients.map(lambda n: client.patch(path, {"name": f"Name {n}"}, If_Match=tag), range(100)))

    assert Counter(answer.status for answer in said) == {200: 1, 412: 99}
    (won,) = [answer for answer in said if answer.status == 200]
    assert client.get(path).body == won.body
    assert {answer.headers["ETag"] for answer in said if answer.status == 412} == {won.headers["ETag"]}
