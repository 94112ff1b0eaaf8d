"""How one process asks another; the numbers are those of decision 4, each shown against stock nameko."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.integration.chassis.broker_client import BrokerClient
from tests.integration.chassis.conftest import STOCK_SETTINGS, ServiceProcess, service_running
from tests.waiting import eventually

MODULE = "tests.integration.chassis.rpc_callers"
MORE_THAN_A_SOCKET_HOLDS = 2_000_000


@pytest.fixture
def caller(settings: dict[str, str], broker: BrokerClient) -> Iterator[ServiceProcess]:
    with service_running("caller", ["-m", "chassis", f"{MODULE}:CallerService"], settings, '"started"') as started:
        yield started


@pytest.fixture
def stock_asking(settings: dict[str, str], broker: BrokerClient, tmp_path: Path) -> Iterator[ServiceProcess]:
    config = tmp_path / "stock.yml"
    config.write_text(STOCK_SETTINGS)
    command = ["-m", "nameko", "run", "--config", str(config), f"{MODULE}:StockCallerService"]
    with service_running("stock_caller", command, settings, "services started: stock_caller") as started:
        yield started


@pytest.fixture
def nobody(broker: BrokerClient) -> Iterator[str]:
    """The queue of a service that does not run."""
    yield broker.declare_for_calls("nobody")
    broker.delete("rpc-nobody")


def ask(broker: BrokerClient, operation: str, **arguments: Any) -> Any:
    scope = {"subject": "anna", "organisation": "*", "roles": ["staff"]}
    cause = {"correlation_id": "req_1"}
    return broker.request(f"caller.{operation}", arguments=arguments, scope=scope, cause=cause)["result"]


def test_long_calls_and_answers_at_once_do_not_spoil_each_other(caller: ServiceProcess, broker: BrokerClient) -> None:
    answer = ask(broker, "ask_many_at_once", times=20, length=MORE_THAN_A_SOCKET_HOLDS)

    assert answer == {"ok": {"unspoiled": 20}}
    assert not caller.logged("Connection to broker lost")


def test_2_12_a_call_nobody_answers_is_late_and_leaves_nothing_behind(
    caller: ServiceProcess, broker: BrokerClient, nobody: str
) -> None:
    answer = ask(broker, "ask_nobody")

    assert answer == {"ok": {"fault": "late", "waiting": 0}}
    eventually(lambda: broker.is_empty(nobody), within=5)


def test_2_12_stock_nameko_keeps_the_call_and_its_caller(
    stock_asking: ServiceProcess, broker: BrokerClient, nobody: str
) -> None:
    answer = broker.request("stock_caller.ask_nobody")

    assert answer["result"] == {"waiting": 1}
    assert broker.length(nobody) == 1


def test_a_call_that_no_queue_takes_comes_back_at_once(caller: ServiceProcess, broker: BrokerClient) -> None:
    assert ask(broker, "ask_nowhere") == {"ok": {"fault": "unavailable", "waiting": 0}}


def test_an_answer_that_is_no_json_is_broken_and_ends_nothing(caller: ServiceProcess, broker: BrokerClient) -> None:
    answers = [ask(broker, "say_what_is_no_json", what=each) for each in ("object", "note", "instant")]

    assert [each["fault"]["kind"] for each in answers] == ["broken"] * 3
    assert "topsecret" not in str(answers)
    assert ask(broker, "echo", text="still there") == {"ok": {"text": "still there"}}
    assert broker.is_empty("rpc-caller")
