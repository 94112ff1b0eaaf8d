"""2.13: what is asked of a process whose workers are all busy; its health on the chassis is in `test_health`."""

import urllib.request
from typing import Any

import pytest

from cli.local.ports import free_port
from tests.integration.chassis.broker_client import Broker
from tests.integration.chassis.cures.service_processes import Host
from tests.waiting import eventually

WORKERS = 2
AT_ONCE_SECONDS = 0.8
"""Less than any of the work takes."""
SCOPE = {"subject": "anna", "organisation": "*", "roles": ["staff"]}


def keep_busy(broker: Broker, database: Any) -> None:
    for number in range(3 * WORKERS):
        broker.happen(text=f"x{number}", mood="slow")
    eventually(lambda: database["begun"].count_documents({}) == WORKERS)


def test_2_13_a_question_is_answered_while_every_reaction_is_at_work(host: Host, broker: Broker, database: Any) -> None:
    host.run("Troubled", WORKERS=WORKERS)
    keep_busy(broker, database)

    answer = broker.ask("troubled.ping", arguments={}, scope=SCOPE, cause={"correlation_id": "req_1"})

    assert answer["result"] == {"ok": {"service": "troubled"}}
    assert database["done"].count_documents({}) == 0


def test_2_13_stock_nameko_tells_its_health_when_a_worker_is_free(host: Host, broker: Broker, database: Any) -> None:
    port = free_port()
    service = host.run_stock("StockTroubled", max_workers=WORKERS, WEB_SERVER_ADDRESS=f"127.0.0.1:{port}")
    keep_busy(broker, database)

    with pytest.raises(TimeoutError):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=AT_ONCE_SECONDS)
    service.process.kill()
