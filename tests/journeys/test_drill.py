"""A drill: four things go wrong on the real parts, each is noticed, and what docs/operations.md says mends it."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
import yaml
from kombu import Connection

from cli.connection.instance_address import RunningInstance
from cli.connection.services import path_of, services
from cli.local.environment import plain_environment
from cli.local.instance import Instance, instance_running
from cli.local.parts import Parts, parts_running
from cli.local.ports import HOST, free_port
from cli.local.process import REPOSITORY, append_to
from cli.operations.dead_letters import discarded, listed
from tests.journeys.platform_driver import PlatformDriver
from tests.monitoring import OPS, PrometheusClient, prometheus_running, prometheus_tools
from tests.waiting import eventually

pytestmark = pytest.mark.slow
NOTICED_WITHIN = MENDED_WITHIN = 60
NAME = re.compile(r"\b(?:partnerships|rabbitmq|process)_[a-z_]+\b")


@pytest.fixture(scope="module")
def broker_ops_address() -> str:
    return f"{HOST}:{free_port()}"


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory, broker_ops_address: str) -> Iterator[Parts]:
    """Parts of its own: the broker is measured, and the database will be frozen."""
    prometheus_tools()  # rather no parts than parts that nobody can watch
    folder = tmp_path_factory.mktemp("drill")
    log = append_to(folder / "parts.log")
    print_from = lambda who, line: log(f"{who}: {line}")  # noqa: E731  as short as what it does
    with parts_running(
        folder=folder / "parts", print_from=print_from, broker_ops_address=broker_ops_address
    ) as running:
        yield running


@pytest.fixture(scope="module")
def instance(parts: Parts, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    folder = tmp_path_factory.mktemp("drill-instance")
    log = append_to(folder / "instance.log")
    print_from = lambda who, line: log(f"{who}: {line}")  # noqa: E731  as short as what it does
    given = {"amqp_uri": parts.amqp_uri, "mongo_uri": parts.mongo_uri, "smtp_uri": parts.smtp_uri}
    with instance_running(
        folder=folder, described_in=folder / "run.json", print_from=print_from, given=given
    ) as running:
        yield running


@pytest.fixture(scope="module")
def prometheus(
    instance: Instance, broker_ops_address: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PrometheusClient]:
    folder = tmp_path_factory.mktemp("watchtower") / "prometheus"
    with prometheus_running(folder, processes=instance.ops, broker_ops_address=broker_ops_address) as client:
        yield client


@pytest.fixture
def on_the_command_line(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    """`./partnerships …` speaks to this instance."""
    said = instance.describe()
    running = RunningInstance(**{name: said[name] for name in RunningInstance.__dataclass_fields__})  # type: ignore[arg-type]
    monkeypatch.setattr("cli.operations.dead_letters.running_instance", lambda: running)


def assert_it_fires(prometheus: PrometheusClient, alert: str, **labels: str) -> None:
    """Fail unless an alert fires in time."""
    eventually(lambda: prometheus.firing(alert, **labels), within=NOTICED_WITHIN)


def assert_it_ends(prometheus: PrometheusClient, alert: str) -> None:
    """Fail unless an alert is over in time."""
    eventually(lambda: prometheus.silent(alert), within=MENDED_WITHIN)


def test_a_consumer_is_killed(prometheus: PrometheusClient, instance: Instance) -> None:
    program = instance.parts.supervisor.stop("camps")
    PlatformDriver(instance).admitted_partner()
    assert_it_fires(prometheus, "QueueWithoutConsumer", queue="camps.inbox")
    assert_it_fires(prometheus, "ProcessAway", instance=instance.ops["camps"])

    instance.parts.supervisor.start(program)

    assert_it_ends(prometheus, "QueueWithoutConsumer")
    assert_it_ends(prometheus, "ProcessAway")


def test_the_relay_is_stopped(prometheus: PrometheusClient, instance: Instance, parts: Parts) -> None:
    platform = PlatformDriver(instance)
    with Connection(parts.amqp_uri) as connection:
        connection.channel().exchange_delete("partners.events")
    partner = platform.admitted_partner()
    assert_it_fires(prometheus, "OutboxStuck", service="partners")

    program = instance.parts.supervisor.stop("partners")
    prepare = [sys.executable, "-W", "ignore", "-m", "chassis", "--prepare", *map(path_of, services().values())]
    given = {"AMQP_URI": parts.amqp_uri, "MONGO_URI": parts.mongo_uri, "SMTP_URI": parts.smtp_uri}
    subprocess.run(prepare, cwd=REPOSITORY, env=plain_environment(also=given), check=True)

    instance.parts.supervisor.start(program)
    assert_it_ends(prometheus, "OutboxStuck")
    assert platform.engagement_of(partner["id"])  # nothing that waited was lost


def test_a_message_is_given_up(prometheus: PrometheusClient, instance: Instance, on_the_command_line: None) -> None:
    PlatformDriver(instance).publish_dead_letter("camps")
    assert_it_fires(prometheus, "DeadLetters", service="camps")

    line, count = listed("camps")
    assert count == "1 dead letters are open"
    (dead_letter_id,) = re.findall(r"ded_\w+", line)
    list(discarded("camps", dead_letter_id, reason="a drill"))

    eventually(lambda: prometheus.is_empty('partnerships_dead_letters_open{service="camps"} > 0'), within=MENDED_WITHIN)


def test_the_primary_is_away(prometheus: PrometheusClient, parts: Parts) -> None:
    database = parts.supervisor.pids()["mongod"]
    os.kill(database, signal.SIGSTOP)
    try:
        for service in services():
            assert_it_fires(prometheus, "NoPrimary", service=service)
    finally:
        os.kill(database, signal.SIGCONT)

    assert_it_ends(prometheus, "NoPrimary")


def test_rules_and_dashboard_ask_only_for_what_is_measured(prometheus: PrometheusClient) -> None:
    rules = yaml.safe_load((OPS / "alerts.yml").read_text())["groups"][0]["rules"]
    panels = json.loads((OPS / "dashboard.json").read_text())["panels"]
    shown = [target["expr"] for panel in panels for target in panel.get("targets", [])]
    asked = [rule["expr"] for rule in rules] + shown

    assert {name for query in asked for name in NAME.findall(query)} - prometheus.measures() == set()
    assert not prometheus.is_empty('partnerships_waiting{service="notifications", collection="letters"}')
    assert not prometheus.is_empty('partnerships_needs_staff{service="notifications", collection="reachabilities"}')
    for query in shown:
        prometheus.is_empty(query.replace("$__rate_interval", "1m").replace("$service", ".*"))
