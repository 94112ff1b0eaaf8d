"""A service is stopped while it works: what it had begun it finishes, and nobody does it a second time."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.connection.api import Refused
from cli.local.instance import Instance, instance_running
from cli.local.process import append_to
from tests.journeys.background_load import BackgroundLoad
from tests.journeys.platform_driver import PlatformDriver
from tests.waiting import eventually

ACCEPTED_BETWEEN_STOPS = 30
GRACE_SECONDS = 8.0
SERVICES = ("engagements", "camps", "notifications", "partners")


@pytest.fixture
def folder_of_its_own(tmp_path: Path) -> Path:
    return tmp_path / "instance"


@pytest.fixture
def platform(folder_of_its_own: Path, tmp_path: Path) -> Iterator[PlatformDriver]:
    """An instance of its own with two replicas of every service."""
    log = append_to(tmp_path / "instance.log")
    with instance_running(
        folder=folder_of_its_own, described_in=tmp_path / "run.json",
        print_from=lambda who, line: log(f"{who}: {line}"),
        given={}, replicas=dict.fromkeys(SERVICES, 2), also={"STOP_DEADLINE_SECONDS": str(GRACE_SECONDS)},
    ) as instance:  # fmt: skip
        yield PlatformDriver(instance)


def stop_one(instance: Instance, name: str) -> None:
    """Send SIGTERM to one process, and return when another has taken its place."""
    pid = instance.parts.supervisor.pids()[name]
    os.kill(pid, signal.SIGTERM)
    eventually(lambda: not Path(f"/proc/{pid}/stat").exists() or _is_zombie(pid), within=GRACE_SECONDS + 5)
    eventually(lambda: instance.parts.supervisor.pids().get(name, pid) != pid)


def _is_zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def more_is_accepted(load: BackgroundLoad) -> None:
    """Wait until there has been some load again since the last stop."""
    before = load.answers["accepted"]
    eventually(lambda: load.answers["accepted"] >= before + ACCEPTED_BETWEEN_STOPS)


def said_in_logs(folder: Path, words: str) -> list[str]:
    lines = (line for path in (folder / "logs").glob("*.log") for line in path.read_text().splitlines())
    return [line for line in lines if words in line]


def is_ready(platform: PlatformDriver) -> bool:
    try:
        return bool(platform.api.get("/readyz")["status"] == "ready")
    except Refused:
        return False


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_services_stopped_one_after_another_under_load_lose_nothing_and_do_nothing_twice(
    platform: PlatformDriver, folder_of_its_own: Path
) -> None:
    load = BackgroundLoad(platform)
    with load.running():
        for name in (f"{service}{replica}" for replica in ("", ".2") for service in SERVICES):
            more_is_accepted(load)
            stop_one(platform.instance, name)
            eventually(lambda: is_ready(platform))
        more_is_accepted(load)

    assert set(load.answers) == {"accepted"}, load.answers
    reached = sorted(load.reached)
    eventually(lambda: sorted(milestones_followed_up(platform)) == reached)
    assert said_in_logs(folder_of_its_own, '"duplicate_suppressed"') == []
    assert said_in_logs(folder_of_its_own, '"command_repeated"') == []
    assert said_in_logs(folder_of_its_own, '"stop_deadline_passed"') == []


def milestones_followed_up(platform: PlatformDriver) -> list[str]:
    """What notifications wrote down, not what was sent to it."""
    return [row["milestone_id"] for row in platform.rows("follow_ups")]
