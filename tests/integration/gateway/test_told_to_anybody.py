"""What the gateway tells of itself to whoever comes: where it is described, and how."""

import json
import re
import urllib.request
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from dev.generated.contracts import OPENAPI
from tests.integration.gateway.door import Door


@pytest.fixture
def stranger(door: Door) -> Door:
    return replace(door, token="")


def fetched(door: Door, path: str) -> tuple[str, Mapping[str, str]]:
    with urllib.request.urlopen(f"http://127.0.0.1:{door.port}{path}", timeout=20) as answer:
        return answer.read().decode("utf-8", errors="replace"), answer.headers


def test_the_beginning_links_to_the_description_as_rfc_8631_has_it(stranger: Door) -> None:
    begins = stranger.get("/v1")

    assert begins.status == 200
    assert '</v1/openapi.json>; rel="service-desc"' in begins.headers["Link"]
    assert '</docs>; rel="service-doc"' in begins.headers["Link"]


def test_the_running_gateway_is_described_as_the_committed_file_says(stranger: Door) -> None:
    assert stranger.get("/v1/openapi.json").body == json.loads(OPENAPI.read_text(encoding="utf-8"))


def test_who_has_the_description_does_not_get_it_again(stranger: Door) -> None:
    tag = stranger.get("/v1/openapi.json").headers["ETag"]

    again: Any = stranger.get("/v1/openapi.json", If_None_Match=tag)

    assert (again.status, again.body) == (304, None)


def test_the_page_to_read_loads_nothing_from_elsewhere_and_runs_nothing_inline(stranger: Door) -> None:
    page, headers = fetched(stranger, "/docs")

    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert not re.search(r"<style|<script>|https?://| on[a-z]+=", page)
    for file in re.findall(r'(?:src|href)="([^"]+)"', page):
        content, about = fetched(stranger, file)
        assert content
        assert about["Content-Type"].startswith(("text/css", "text/javascript", "image/png"))


def test_there_is_no_other_file_behind_the_page(stranger: Door) -> None:
    for file in ("index.html", "..", "swagger-ui.css.map"):
        assert stranger.get(f"/docs/{file}").problem["status"] == 404
