"""The whole platform with two processes of each service, for the journeys in which some of them are killed."""

from collections.abc import Iterator

import pytest

from cli.connection.services import services
from cli.local.instance import Instance, instance_running
from cli.local.process import append_to
from tests.conftest import LETTERS


@pytest.fixture(scope="package")
def replicas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """The whole platform, each service in two processes; one of them may be killed at any time."""
    folder = tmp_path_factory.mktemp("two_replicas")
    log = append_to(folder / "instance.log")
    quick = {"RETRY_STEPS_SECONDS": "[1, 2, 3]", "REQUESTS_PER_SECOND": "10000", "DUE_LOOP_SECONDS": "1", **LETTERS}
    with instance_running(
        folder=folder,
        described_in=folder / "run.json",
        print_from=lambda who, line: log(f"{who}: {line}"),
        given={},
        also=quick,
        replicas=dict.fromkeys(services(), 2),
    ) as running:
        yield running
