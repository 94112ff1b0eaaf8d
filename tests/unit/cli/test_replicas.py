"""How many processes of what: as the command line says it."""

import pytest

from cli.local.errors import CannotStart
from cli.local.replicas import processes, read


def names(**replicas: int) -> list[str]:
    return [name for name, _ in processes(replicas)]


def test_each_service_and_the_gateway_run_once_unless_more_is_asked_for() -> None:
    assert names() == ["camps", "engagements", "notifications", "partners", "gateway"]


def test_replicas_are_numbered_and_run_the_same() -> None:
    started = dict(processes({"camps": 3, "gateway": 2}))

    assert [name for name in started if name.startswith("camps")] == ["camps", "camps.2", "camps.3"]
    assert started["camps.3"] == started["camps"] == "services.camps.service:CampsService"
    assert started["gateway.2"] == started["gateway"]


def test_options_are_read() -> None:
    assert read(["camps=2", "gateway=3"]) == {"camps": 2, "gateway": 3}
    assert read([]) == {}


@pytest.mark.parametrize("option", ["camp=2", "=2", "2", "rabbitmq=2"])
def test_what_is_no_service_is_answered_with_those_there_are(option: str) -> None:
    with pytest.raises(CannotStart, match=f"--replicas {option}: one of camps, engagements, .*gateway is expected"):
        read([option])


@pytest.mark.parametrize("option", ["camps", "camps=", "camps=two", "camps=0", "camps=-1", "camps=21", "camps=²"])
def test_what_is_no_number_of_processes_is_answered_with_what_is_one(option: str) -> None:
    with pytest.raises(CannotStart, match=f"--replicas {option}: a number from 1 to 20 is expected"):
        read([option])
