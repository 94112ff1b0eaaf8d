"""What the gateway tells of itself to whoever comes: where it is described, and how."""

import json
import re
import urllib.request
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from dev.generated.contracts import ASYNCAPI, OPENAPI
from tests.integration.gateway.gateway_client import GatewayClient


@pytest.fixture
def stranger(client: GatewayClient) -> GatewayClient:
    return replace(client, token="")


def fetch_json(client: GatewayClient, path: str) -> tuple[str, Mapping[str, str]]:
    with urllib.request.urlopen(f"http://127.0.0.1:{client.port}{path}", timeout=20) as answer:
        return answer.read().decode("utf-8", errors="replace"), answer.headers


def test_the_beginning_links_to_the_description_as_rfc_8631_has_it(stranger: GatewayClient) -> None:
    begins = stranger.get("/v1")

    assert begins.status == 200
    assert '</v1/openapi.json>; rel="service-desc"' in begins.headers["Link"]
    assert '</docs>; rel="service-doc"' in begins.headers["Link"]


def test_whoever_knows_only_the_address_is_led_to_the_page_to_read(stranger: GatewayClient) -> None:
    led = stranger.get("/")

    assert (led.status, led.headers["Location"]) == (302, "/docs")
    page, headers = fetch_json(stranger, "/")
    assert headers["Content-Type"].startswith("text/html")
    assert "swagger-ui" in page


def test_the_running_gateway_is_described_as_the_committed_file_says(stranger: GatewayClient) -> None:
    assert stranger.get("/v1/openapi.json").body == json.loads(OPENAPI.read_text(encoding="utf-8"))


def test_the_beginning_links_to_the_events_too(stranger: GatewayClient) -> None:
    assert '</v1/asyncapi.json>; rel="service-desc"' in stranger.get("/v1").headers["Link"]


def test_the_events_are_described_as_the_committed_file_says(stranger: GatewayClient) -> None:
    assert stranger.get("/v1/asyncapi.json").body == json.loads(ASYNCAPI.read_text(encoding="utf-8"))


def test_the_schema_of_an_event_that_may_leave_is_given_without_who_hears_it(stranger: GatewayClient) -> None:
    text, headers = fetch_json(stranger, "/v1/schemas/engagements.milestone.reached.v1")

    schema = json.loads(text)
    assert headers["Content-Type"] == "application/schema+json"
    assert schema["title"] == "engagements.milestone.reached"
    assert "x-heard-by" not in schema


@pytest.mark.parametrize("name", ["camps.seats.freed.v1", "partners.person.joined.v1", "no.such.v1"])
def test_the_schema_of_an_internal_event_is_not_there(stranger: GatewayClient, name: str) -> None:
    assert stranger.get(f"/v1/schemas/{name}").problem["status"] == 404


@pytest.mark.parametrize(
    "path", ["/v1/openapi.json", "/v1/asyncapi.json", "/v1/schemas/engagements.milestone.reached.v1"]
)
def test_who_has_the_description_does_not_get_it_again(stranger: GatewayClient, path: str) -> None:
    tag = stranger.get(path).headers["ETag"]

    again: Any = stranger.get(path, If_None_Match=tag)

    assert (again.status, again.body) == (304, None)


def test_the_page_to_read_loads_nothing_from_elsewhere_and_runs_nothing_inline(stranger: GatewayClient) -> None:
    page, headers = fetch_json(stranger, "/docs")

    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert not re.search(r"<style|<script>|https?://| on[a-z]+=", page)
    for file in re.findall(r'(?:src|href)="([^"]+)"', page):
        content, about = fetch_json(stranger, file)
        assert content
        assert about["Content-Type"].startswith(("text/css", "text/javascript", "image/png"))


def test_there_is_no_other_file_behind_the_page(stranger: GatewayClient) -> None:
    for file in ("index.html", "..", "swagger-ui.css.map"):
        assert stranger.get(f"/docs/{file}").problem["status"] == 404
