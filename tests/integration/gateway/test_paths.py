"""Paths and methods: what is unknown is refused, and what there is is told."""

import pytest

from tests.integration.gateway.gateway_client import GatewayClient
from tests.integration.gateway.sample_data import a_partner


@pytest.mark.parametrize("path", ["/v1/", "/v1/partner", "/v1/partners/", "/v1//partners", "/v2/partners"])
def test_an_unknown_path_is_a_404(client: GatewayClient, path: str) -> None:
    refused = client.get(path)

    assert refused.problem["status"] == 404
    assert refused.problem["instance"] == path


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("DELETE", "/v1/partners", {"GET", "HEAD", "OPTIONS", "POST"}),
        ("PUT", "/v1/partners/prt_1", {"GET", "HEAD", "OPTIONS", "PATCH"}),
        ("GET", "/v1/partners/prt_1/transitions", {"OPTIONS", "POST"}),
        ("POST", "/livez", {"GET", "HEAD", "OPTIONS"}),
    ],
)
def test_a_405_names_the_methods_there_are(client: GatewayClient, method: str, path: str, allow: set[str]) -> None:
    refused = client.ask(method, path)

    assert refused.problem["status"] == 405
    assert set(refused.headers["Allow"].split(", ")) == allow


def test_a_405_of_a_page_is_a_page(client: GatewayClient) -> None:
    answer = client.say("DELETE /rsvp/inv_1.seal HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")

    headers, _, page = answer.partition("\r\n\r\n")
    assert headers.startswith("HTTP/1.1 405")
    assert "Allow: GET, HEAD, OPTIONS, POST\r\n" in headers
    assert "Content-Type: text/html" in headers
    assert "open the link in your letter again" in page


def test_head_says_what_get_says_without_a_body(client: GatewayClient) -> None:
    partner = a_partner(client)
    for path in (f"/v1/partners/{partner['id']}", "/v1/partners", "/livez"):
        get, head = client.get(path), client.ask("HEAD", path)

        assert (head.status, head.body) == (200, None)
        assert head.headers["ETag"] == get.headers["ETag"]
        assert head.headers["Content-Length"] == get.headers["Content-Length"]


@pytest.mark.parametrize(
    ("path", "allow", "patch"),
    [
        ("/v1/partners", "GET, HEAD, OPTIONS, POST", None),
        ("/v1/partners/prt_1", "GET, HEAD, OPTIONS, PATCH", "application/merge-patch+json, application/json"),
        ("/v1/partners/prt_1/transitions", "OPTIONS, POST", None),
        ("/livez", "GET, HEAD, OPTIONS", None),
    ],
)
def test_options_needs_no_token(client: GatewayClient, path: str, allow: str, patch: str | None) -> None:
    told = GatewayClient(port=client.port, token="").ask("OPTIONS", path)

    assert (told.status, told.body) == (204, None)
    assert (told.headers["Allow"], told.headers["Accept-Patch"]) == (allow, patch)


def test_options_of_an_unknown_path_is_a_404(client: GatewayClient) -> None:
    assert client.ask("OPTIONS", "/v1/partner").problem["status"] == 404


@pytest.mark.parametrize(
    ("method", "path", "cache"),
    [
        ("GET", "/v1/partners", "private, no-cache"),
        ("GET", "/v1/partners/prt_none", "no-store"),
        ("POST", "/v1/partners", "no-store"),
        ("OPTIONS", "/v1/partners", "no-store"),
        ("GET", "/livez", "no-store"),
    ],
)
def test_responses_forbid_sniffing_scripts_and_frames(
    client: GatewayClient, method: str, path: str, cache: str
) -> None:
    headers = client.ask(method, path).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["Cache-Control"] == cache
