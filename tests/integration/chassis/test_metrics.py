"""What a process measures of its work: names and labels that dashboards and alerts rely on."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from chassis.backup import snapshot
from cli.local.ports import free_port
from dev.chaos.proxy import Proxy, port_of
from tests.integration.chassis.broker_client import BrokerClient
from tests.integration.chassis.conftest import SAMPLE_SERVICE, ServiceProcess, service_running
from tests.integration.chassis.metrics_page import MetricsPage
from tests.integration.chassis.test_rpc_server import ask
from tests.waiting import eventually

DONE, AGE = "partnerships_entrypoint_total", "partnerships_event_age_seconds"
BACKUP_AGE = "partnerships_backup_age_seconds"
WORKERS_OF_NAMEKO = 2 * 3 + 8
"""Decision 4, row 2.13: one pool for calls, for events and for timers."""


@pytest.fixture
def address() -> str:
    return f"127.0.0.1:{free_port()}"


@pytest.fixture
def broker_proxy(amqp_uri: str) -> Iterator[Proxy]:
    with Proxy(to=port_of(amqp_uri)).running() as between:
        yield between


@pytest.fixture
def sample_service(
    settings: dict[str, str], broker: BrokerClient, database: Any, address: str, broker_proxy: Proxy
) -> Iterator[ServiceProcess]:
    own = {
        **settings,
        "AMQP_URI": broker_proxy.instead_of(settings["AMQP_URI"]),
        "OPS_ADDRESS": address,
        "WORKERS": "3",
    }
    with service_running("sample", ["-m", "chassis", SAMPLE_SERVICE], own, '"started"') as started:
        yield started


def test_calls_are_counted_by_how_they_ended_and_timed(
    sample_service: ServiceProcess, broker: BrokerClient, address: str
) -> None:
    ask(broker, "write", command_id="a", text="hello")
    ask(broker, "write", command_id="b", text=" ")
    ask(broker, "break_down")

    metrics = MetricsPage(address)
    call = {"service": "sample", "kind": "rpc", "entrypoint": "sample.write"}
    assert metrics(DONE, **call, outcome="ok") == 1
    assert metrics(DONE, **call, outcome="invalid") == 1
    assert metrics(DONE, entrypoint="sample.break_down", outcome="broken") == 1
    assert metrics("partnerships_entrypoint_duration_seconds_count", **call) == 2


def test_reactions_are_counted_and_the_age_of_what_they_heard_is_told(
    sample_service: ServiceProcess, broker: BrokerClient, address: str, database: Any
) -> None:
    event_id = broker.publish_event(text="x")
    eventually(lambda: MetricsPage(address)(DONE, kind="event", outcome="ok") == 2)  # two reactions hear it
    broker.publish_event(id=event_id, text="x")
    eventually(lambda: MetricsPage(address)("partnerships_duplicates_total", service="sample") == 2)

    metrics = MetricsPage(address)
    assert metrics(DONE, entrypoint="sample.take_note", kind="event", outcome="duplicate") == 1
    assert metrics(f"{AGE}_count", entrypoint="sample.take_note") == 1


def test_what_failed_is_counted_where_it_went(
    sample_service: ServiceProcess, broker: BrokerClient, address: str
) -> None:
    assert MetricsPage(address)("partnerships_dead_letters_total", service="sample") == 0  # so that one is an increase

    broker.publish_event(text="x", mood="refused")
    eventually(lambda: MetricsPage(address)("partnerships_dead_letters_total", service="sample") == 1)
    broker.publish_event(text="y", mood="early")
    eventually(lambda: (MetricsPage(address)("partnerships_retries_total", service="sample") or 0) >= 1)

    metrics = MetricsPage(address)
    assert metrics("partnerships_dead_letters_open") == 1
    assert metrics("partnerships_dead_letters_oldest_seconds") > 0
    assert metrics(DONE, entrypoint="sample.take_note", outcome="failed") >= 2


def test_a_backup_is_as_old_as_the_instant_it_is_of_and_before_the_first_as_the_oldest_event(
    sample_service: ServiceProcess, broker: BrokerClient, address: str, database: Any, tmp_path: Path
) -> None:
    assert MetricsPage(address)(BACKUP_AGE, service="sample") == 0

    ask(broker, "write", command_id="a", text="hello")
    eventually(lambda: (MetricsPage(address)(BACKUP_AGE) or 0) > 0)

    an_hour_ago = datetime.now(UTC) - timedelta(hours=1)
    snapshot.take({"sample": database}, tmp_path / "kept", at=an_hour_ago, versions={}, print_line=lambda _: None)
    assert 3600 <= (MetricsPage(address)(BACKUP_AGE) or 0) < 3660


def test_the_outbox_and_the_connections_are_told(
    sample_service: ServiceProcess, broker: BrokerClient, address: str, broker_proxy: Proxy
) -> None:
    eventually(lambda: MetricsPage(address)("partnerships_broker_connected") == 3)
    quiet = MetricsPage(address)
    assert (quiet("partnerships_outbox_pending"), quiet("partnerships_outbox_oldest_seconds")) == (0, 0)
    assert quiet("partnerships_broker_reconnects_total") == 0
    assert (quiet("partnerships_workers_busy"), quiet("partnerships_workers_max")) == (0, WORKERS_OF_NAMEKO)
    assert quiet("partnerships_build_info", service="sample", version="0.1.0") == 1

    broker.delete_exchange("sample.events")
    ask(broker, "write", command_id="a", text="hello")
    eventually(lambda: (MetricsPage(address)("partnerships_outbox_oldest_seconds") or 0) > 0.5)
    assert MetricsPage(address)("partnerships_outbox_pending") == 1

    broker_proxy.refuse()
    eventually(lambda: MetricsPage(address)("partnerships_broker_connected") == 0)
    broker_proxy.mend()
    eventually(lambda: MetricsPage(address)("partnerships_broker_connected") == 3)
    assert MetricsPage(address)("partnerships_broker_reconnects_total") == 3
