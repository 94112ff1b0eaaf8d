"""2.13: what is asked of a process whose workers are all busy; its health on the chassis is in `test_health`."""

import urllib.request
from typing import Any

import pytest

from cli.local.ports import free_port
from tests.integration.chassis.broker_client import BrokerClient
from tests.integration.chassis.nameko_hardening.service_processes import ServiceProcesses
from tests.waiting import eventually

WORKERS = 2
AT_ONCE_SECONDS = 0.8
"""Less than any of the work takes."""
SCOPE = {"subject": "anna", "organisation": "*", "roles": ["staff"]}


def keep_busy(broker: BrokerClient, database: Any) -> None:
    for number in range(3 * WORKERS):
        broker.publish_event(text=f"x{number}", mood="slow")
    eventually(lambda: database["begun"].count_documents({}) == WORKERS)


def test_2_13_a_question_is_answered_while_every_reaction_is_at_work(
    processes: ServiceProcesses, broker: BrokerClient, database: Any
) -> None:
    processes.run("FaultyService", WORKERS=WORKERS)
    keep_busy(broker, database)

    answer = broker.request("faulty.ping", arguments={}, scope=SCOPE, cause={"correlation_id": "req_1"})

    assert answer["result"] == {"ok": {"service": "faulty"}}
    assert database["done"].count_documents({}) == 0


def test_2_13_stock_nameko_tells_its_health_when_a_worker_is_free(
    processes: ServiceProcesses, broker: BrokerClient, database: Any
) -> None:
    port = free_port()
    service = processes.run_stock("StockFaultyService", max_workers=WORKERS, WEB_SERVER_ADDRESS=f"127.0.0.1:{port}")
    keep_busy(broker, database)

    with pytest.raises(TimeoutError):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=AT_ONCE_SECONDS)
    service.process.kill()
