"""An instance is filled with the thirteen partners of the page, also by somebody who is interrupted again and again."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from cli.connection.api import Api, Response
from cli.connection.instance_address import RunningInstance, local_instance
from cli.demo import seeds
from cli.local.instance import instance_running
from cli.local.process import append_to

MOST_CHANGES = 100


class Interrupted(Exception):
    """Somebody pressed Ctrl-C."""


class OneChange(Api):
    """Speaks to the gateway until it has changed one thing."""

    changed = False

    def call(
        self, method: str, path: str, *, body: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None
    ) -> Response:
        if method != "GET":
            if self.changed:
                raise Interrupted
            vars(self)["changed"] = True
        return super().call(method, path, body=body, headers=headers)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[RunningInstance]:
    """The platform with nobody in it."""
    log, described_in = append_to(tmp_path / "instance.log"), tmp_path / "run.json"
    with instance_running(
        folder=tmp_path / "instance",
        described_in=described_in,
        given={},
        print_from=lambda who, line: log(f"{who}: {line}"),
    ):
        running = local_instance(described_in)
        yield running
        running.client.close()


def fill_until_interrupted(instance: RunningInstance) -> None:
    api = OneChange(gateway=instance.gateway, token=instance.token)
    seeds.load(api, trace_of=instance.trace_of, print_from=lambda *_: None)


def names(things: list[Any], member: str) -> Counter[str]:
    return Counter(thing[member] for thing in things)


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_however_often_seeding_is_interrupted_everybody_is_there_once(empty: RunningInstance) -> None:
    page, api = seeds.read(), empty.api
    for _ in range(MOST_CHANGES):
        with suppress(Interrupted):
            fill_until_interrupted(empty)
            break
        assert seeds.is_empty(api) or seeds.is_half_filled(api)

    assert not seeds.is_half_filled(api)
    partners = api.get("/v1/partners", limit=100)["items"]
    assert {partner["state"] for partner in partners} == {"admitted"}
    assert names(partners, "name") == names(page["partners"], "name")
    leaders = [leader for partner in page["partners"] for leader in partner["leaders"]]
    assert names(api.get("/v1/people", limit=100)["items"], "email") == names(page["coaches"] + leaders, "email")
    assert [camp["state"] for camp in api.get("/v1/camps")["items"]] == ["inviting"]
