"""A chart is fetched as a picture: by what is accepted or by its path, drawn by a process beside the service."""

import http.client
import os
import signal
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from tests.journeys.platform_driver import PlatformDriver

SVG = "{http://www.w3.org/2000/svg}"
VALUES = (12, 14, 13, 15, 14, 16, 12, 9, 8, 10, 7, 9, 8)


@pytest.fixture
def measure(platform: PlatformDriver) -> Any:
    engagement = platform.active_engagement(platform.admitted_partner()["id"])
    measure = platform.api.post("/v1/measures", {
        "engagement_id": engagement["id"], "title": "Infections <script>alert(1)</script>", "kind": "outcome",
        "improvement": "decrease", "unit": "infections", "frequency": "monthly",
        "definition": {"numerator": "Infections"},
    }).body  # fmt: skip
    for month, value in enumerate(VALUES):
        on = f"{2024 + month // 12}-{month % 12 + 1:02}-01"
        platform.api.post(f"/v1/measures/{measure['id']}/data-points", {"on": on, "value": value})
    return measure


def fetched(platform: PlatformDriver, path: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    address = urlsplit(platform.api.gateway)
    connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=30)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    with closing(connection):
        connection.request("GET", path, headers={"Authorization": f"Bearer {platform.api.token}", **sent})
        answer = connection.getresponse()
        return answer, answer.read()


def test_the_same_chart_is_a_picture_for_who_accepts_one(platform: PlatformDriver, measure: Any) -> None:
    path = f"/v1/measures/{measure['id']}/run-chart"

    answer, drawn = fetched(platform, path, Accept="image/svg+xml")
    by_its_path, _ = fetched(platform, f"{path}.svg")
    as_json, _ = fetched(platform, path)

    assert (answer.status, answer.getheader("Content-Type")) == (200, "image/svg+xml")
    assert (by_its_path.status, by_its_path.getheader("Content-Type")) == (200, "image/svg+xml")
    assert as_json.getheader("Content-Type") == "application/json"
    assert answer.getheader("X-Content-Type-Options") == "nosniff"
    assert answer.getheader("Content-Security-Policy") == "default-src 'none'; frame-ancestors 'none'; sandbox"
    root = ElementTree.fromstring(drawn)
    assert root.findtext(f"{SVG}title") == "Infections <script>alert(1)</script>"
    assert "Improvement: shift of 6 points below the median" in drawn.decode()


def test_a_driver_diagram_is_a_picture_for_who_accepts_one(platform: PlatformDriver) -> None:
    engagement = platform.active_engagement(platform.admitted_partner()["id"])
    described = {"engagement_id": engagement["id"], "title": "Fewer <script>alert(1)</script>", "level": "regional",
                 "focus_areas": ["safer_care"], "settings": ["health_care"],
                 "intervention_focus": "safe_and_effective_care"}  # fmt: skip
    path = f"/v1/initiatives/{platform.api.post('/v1/initiatives', described).body['id']}/driver-diagram"

    accepted, drawn = fetched(platform, path, Accept="image/svg+xml")
    by_its_path, same = fetched(platform, f"{path}.svg")
    as_json, _ = fetched(platform, path)

    pictures = [(each.status, each.getheader("Content-Type")) for each in (accepted, by_its_path)]
    assert (pictures, drawn) == ([(200, "image/svg+xml")] * 2, same)
    assert as_json.getheader("Content-Type") == "application/json"
    assert accepted.getheader("Content-Security-Policy") == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert ElementTree.fromstring(drawn).findtext(f"{SVG}title") == "Driver diagram: Fewer <script>alert(1)</script>"


def test_who_has_the_picture_is_not_sent_it_again(platform: PlatformDriver, measure: Any) -> None:
    path = f"/v1/measures/{measure['id']}/run-chart.svg"
    first, _ = fetched(platform, path)

    again, content = fetched(platform, path, If_None_Match=str(first.getheader("ETag")))

    assert (again.status, content) == (304, b"")
    assert first.getheader("Vary") == "Accept, Authorization"


@pytest.mark.parametrize(
    ("ending", "accepted", "offered"),
    [
        ("", "text/html", "application/json or image/svg+xml"),
        ("", "image/png", "application/json or image/svg+xml"),
        (".svg", "application/json", "image/svg+xml"),
    ],
)
def test_no_other_type_is_spoken(platform: PlatformDriver, ending: str, accepted: str, offered: str) -> None:
    answer, problem = fetched(platform, f"/v1/measures/msr_1/run-chart{ending}", Accept=accepted)

    assert answer.status == 406
    assert f"Accept: {offered} is expected" in problem.decode()


def test_the_process_that_draws_may_die(platform: PlatformDriver, measure: Any) -> None:
    path = f"/v1/measures/{measure['id']}/run-chart.svg"
    fetched(platform, path)
    for pid in drawing_processes(platform.instance.parts.supervisor.pids()["engagements"]):
        os.kill(pid, signal.SIGKILL)

    answer, _ = fetched(platform, path)

    assert answer.status == 200


def drawing_processes(parent: int) -> list[int]:
    """Give the processes that a service has begun."""
    with open(f"/proc/{parent}/task/{parent}/children") as children:  # noqa: PTH123
        found = [int(pid) for pid in children.read().split()]
    assert found
    return found
