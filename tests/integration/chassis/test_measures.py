"""What a process measures of its work: names and labels that dashboards and alerts rely on."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from chassis.backup import snapshot
from cli.local.ports import free_port
from tests.integration.chassis.broker_client import Broker
from tests.integration.chassis.conftest import LITTLE, Running, running
from tests.integration.chassis.metrics_page import Scraped
from tests.integration.chassis.test_answering import ask
from tests.integration.gateway.tcp_proxy import Wire
from tests.waiting import eventually

DONE, AGE = "partnerships_entrypoint_total", "partnerships_event_age_seconds"
BACKUP_AGE = "partnerships_backup_age_seconds"
WORKERS_OF_NAMEKO = 2 * 3 + 4
"""Decision 4, cure 2.13: one pool for calls, for events and for timers."""


@pytest.fixture
def address() -> str:
    return f"127.0.0.1:{free_port()}"


@pytest.fixture
def wire(amqp_uri: str) -> Iterator[Wire]:
    with Wire(amqp_uri) as between:
        yield between


@pytest.fixture
def little(settings: dict[str, str], broker: Broker, database: Any, address: str, wire: Wire) -> Iterator[Running]:
    own = {**settings, "AMQP_URI": wire.uri, "OPS_ADDRESS": address, "WORKERS": "3"}
    with running("little", ["-m", "chassis", LITTLE], own, '"started"') as started:
        yield started


def test_calls_are_counted_by_how_they_ended_and_timed(little: Running, broker: Broker, address: str) -> None:
    ask(broker, "write", command_id="a", text="hello")
    ask(broker, "write", command_id="b", text=" ")
    ask(broker, "break_down")

    scraped = Scraped(address)
    call = {"service": "little", "kind": "rpc", "entrypoint": "little.write"}
    assert scraped(DONE, **call, outcome="ok") == 1
    assert scraped(DONE, **call, outcome="invalid") == 1
    assert scraped(DONE, entrypoint="little.break_down", outcome="broken") == 1
    assert scraped("partnerships_entrypoint_duration_seconds_count", **call) == 2


def test_reactions_are_counted_and_the_age_of_what_they_heard_is_told(
    little: Running, broker: Broker, address: str, database: Any
) -> None:
    event_id = broker.happen(text="x")
    eventually(lambda: Scraped(address)(DONE, kind="event", outcome="ok") == 2)  # two reactions hear it
    broker.happen(id=event_id, text="x")
    eventually(lambda: Scraped(address)("partnerships_duplicates_total", service="little") == 2)

    scraped = Scraped(address)
    assert scraped(DONE, entrypoint="little.take_note", kind="event", outcome="duplicate") == 1
    assert scraped(f"{AGE}_count", entrypoint="little.take_note") == 1


def test_what_failed_is_counted_where_it_went(little: Running, broker: Broker, address: str) -> None:
    assert Scraped(address)("partnerships_dead_letters_total", service="little") == 0  # so that one is an increase

    broker.happen(text="x", mood="refused")
    eventually(lambda: Scraped(address)("partnerships_dead_letters_total", service="little") == 1)
    broker.happen(text="y", mood="early")
    eventually(lambda: (Scraped(address)("partnerships_retries_total", service="little") or 0) >= 1)

    scraped = Scraped(address)
    assert scraped("partnerships_dead_letters_open") == 1
    assert scraped("partnerships_dead_letters_oldest_seconds") > 0
    assert scraped(DONE, entrypoint="little.take_note", outcome="failed") >= 2


def test_a_backup_is_as_old_as_the_instant_it_is_of_and_before_the_first_as_the_oldest_event(
    little: Running, broker: Broker, address: str, database: Any, tmp_path: Path
) -> None:
    assert Scraped(address)(BACKUP_AGE, service="little") == 0

    ask(broker, "write", command_id="a", text="hello")
    eventually(lambda: (Scraped(address)(BACKUP_AGE) or 0) > 0)

    an_hour_ago = datetime.now(UTC) - timedelta(hours=1)
    snapshot.take({"little": database}, tmp_path / "kept", at=an_hour_ago, versions={}, print_line=lambda _: None)
    assert 3600 <= (Scraped(address)(BACKUP_AGE) or 0) < 3660


def test_the_outbox_and_the_connections_are_told(little: Running, broker: Broker, address: str, wire: Wire) -> None:
    eventually(lambda: Scraped(address)("partnerships_broker_connected") == 3)
    quiet = Scraped(address)
    assert (quiet("partnerships_outbox_pending"), quiet("partnerships_outbox_oldest_seconds")) == (0, 0)
    assert quiet("partnerships_broker_reconnects_total") == 0
    assert (quiet("partnerships_workers_busy"), quiet("partnerships_workers_max")) == (0, WORKERS_OF_NAMEKO)
    assert quiet("partnerships_build_info", service="little", version="0.1.0") == 1

    broker.delete_exchange("little.events")
    ask(broker, "write", command_id="a", text="hello")
    eventually(lambda: (Scraped(address)("partnerships_outbox_oldest_seconds") or 0) > 0.5)
    assert Scraped(address)("partnerships_outbox_pending") == 1

    wire.cut()
    eventually(lambda: Scraped(address)("partnerships_broker_connected") == 0)
    wire.mend()
    eventually(lambda: Scraped(address)("partnerships_broker_connected") == 3)
    assert Scraped(address)("partnerships_broker_reconnects_total") == 3
