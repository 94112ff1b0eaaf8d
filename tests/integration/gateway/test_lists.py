"""Lists: filters, orders, pages, and how they are asked for."""

import pytest

from tests.integration.gateway.gateway_client import GatewayClient
from tests.integration.gateway.sample_data import PARTNER, a_partner


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("colour=red", "colour"),
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=ten", "limit"),
        ("limit=1e1", "limit"),
        ("country=Sweden", "country"),
        ("state=gone", "state"),
        ("cursor=***", "cursor"),
        ("sort=name", "sort"),
        ("sort=", "sort"),
        ("updated_since=yesterday", "updated_since"),
        ("updated_since=2026-06-01", "updated_since"),
    ],
)
def test_a_wrong_parameter_is_named(client: GatewayClient, query: str, parameter: str) -> None:
    refused = client.get(f"/v1/partners?{query}")

    assert refused.problem["status"] == 400
    assert [error["parameter"] for error in refused.problem["errors"]] == [parameter]


@pytest.mark.parametrize("query", ["state=admitted&state=proposed", "state=%FF", "limit=1&limit=1", "state=a%00b"])
def test_a_query_that_can_be_read_in_two_ways_is_refused(client: GatewayClient, query: str) -> None:
    refused = client.get(f"/v1/partners?{query}")

    assert refused.problem["status"] == 400
    assert refused.problem["code"] == "malformed_query"


def test_what_the_path_says_is_no_parameter(client: GatewayClient) -> None:
    refused = client.get("/v1/partners/prt_1?partner_id=prt_2")

    assert refused.problem["errors"][0]["parameter"] == "partner_id"


def test_a_command_takes_no_parameters(client: GatewayClient) -> None:
    refused = client.post("/v1/partners?dry_run=1", PARTNER)

    assert refused.problem["status"] == 400
    assert refused.problem["errors"][0]["parameter"] == "dry_run"


def test_a_page_links_to_the_next_until_there_is_none(client: GatewayClient) -> None:
    ids = {a_partner(client, country="QA", subdivision=None)["id"] for _ in range(5)}
    path, seen = "/v1/partners?country=QA&limit=2", []

    while path:
        page = client.get(path)
        seen += [each["id"] for each in page.body["items"]]
        link = page.headers["Link"]
        assert bool(link) == bool(page.body["next_cursor"])
        path = link.removeprefix("<").partition(">")[0] if link else ""

    assert set(seen) == ids
    assert len(seen) == 5


@pytest.mark.parametrize("id", ["nonsense", "eng_1", "prt_1%2Fx", "%20"])
def test_what_cannot_be_an_id_is_not_there(client: GatewayClient, id: str) -> None:
    assert client.get(f"/v1/partners/{id}").problem["status"] == 404


@pytest.fixture
def three(client: GatewayClient) -> list[str]:
    """Three partners, of which the first changed last."""
    made = [a_partner(client, country="PG", subdivision=None) for _ in range(3)]
    client.patch(f"/v1/partners/{made[0]['id']}", {"kind": "changed last"}, If_Match="*")
    return [partner["id"] for partner in made]


def test_a_list_is_in_the_order_asked_for(client: GatewayClient, three: list[str]) -> None:
    newest = client.get("/v1/partners?sort=-updated_at&limit=3")

    assert [each["id"] for each in newest.body["items"]] == [three[0], three[2], three[1]]


def test_only_what_changed_since_is_asked_for(client: GatewayClient, three: list[str]) -> None:
    newest = client.get("/v1/partners?sort=-updated_at&limit=1").body["items"][0]

    since = client.get(f"/v1/partners?updated_since={newest['updated_at']}&country=PG")

    assert [each["id"] for each in since.body["items"]] == [three[0]]


@pytest.mark.parametrize(
    "query",
    [
        "country=SE&cursor={cursor}",
        "country=PG&sort=-id&cursor={cursor}",
        "country=PG&state=proposed&cursor={cursor}",
        "cursor={cursor}",
        "country=PG&cursor={cursor}x",
        "country=PG&cursor=A{cursor}",
    ],
)
def test_a_cursor_is_good_for_its_own_list_alone(client: GatewayClient, three: list[str], query: str) -> None:
    cursor = client.get("/v1/partners?country=PG&limit=1").body["next_cursor"]

    refused = client.get(f"/v1/partners?{query.format(cursor=cursor)}")

    assert refused.problem["status"] == 400
    assert [error["parameter"] for error in refused.problem["errors"]] == ["cursor"]
    assert client.get(f"/v1/partners?country=PG&limit=2&cursor={cursor}").status == 200


def test_a_cursor_is_good_for_its_own_organisation_alone(client: GatewayClient, three: list[str]) -> None:
    cursor = client.get("/v1/partners?limit=1").body["next_cursor"]

    refused = client.as_(three[0], "partner_viewer").get(f"/v1/partners?limit=1&cursor={cursor}")

    assert [error["parameter"] for error in refused.problem["errors"]] == ["cursor"]


@pytest.mark.parametrize("name", ["token", "access_token", "api_key", "key"])
def test_a_secret_in_the_query_is_refused_and_not_repeated(client: GatewayClient, name: str) -> None:
    refused = client.get(f"/v1/partners?{name}=topsecret")

    assert refused.problem["code"] == "credential_in_query"
    assert "topsecret" not in str(refused.body)


@pytest.mark.parametrize(("wanted", "status"), [("true", 200), ("false", 200), ("True", 400), ("1", 400), ("", 400)])
def test_a_parameter_that_is_true_or_false_is_written_so(client: GatewayClient, wanted: str, status: int) -> None:
    assert client.get(f"/v1/engagements?awaits_coach={wanted}").status == status
