"""A real Prometheus, from Debian's package, that watches an instance with thresholds of seconds instead of minutes."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
import yaml

from cli.local.debian import UnpackedPackages
from cli.local.errors import CannotStart
from cli.local.parts import PACKAGES
from cli.local.ports import HOST, free_port
from cli.local.process import REPOSITORY, Process, Program, append_to
from tests.waiting import eventually

OPS = REPOSITORY / "ops"
BRIEF_THRESHOLDS = {"> 60\n": "> 2\n"}
"""Thresholds of the alert rules that are lowered for a test; the others stay as they are."""


def prometheus_tools() -> Mapping[str, Path]:
    """Where `prometheus` and `promtool` are; the test is skipped, in a line, where they cannot be had."""
    packages = UnpackedPackages(folder=PACKAGES, print_line=lambda _: None)
    try:
        packages.have("prometheus")
    except CannotStart as missing:
        pytest.skip(f"Prometheus cannot be had here: {missing}")
    return {name: packages.root / "usr/bin" / name for name in ("prometheus", "promtool")}


class PrometheusClient:
    """Asks Prometheus for alerts, metrics and targets."""

    def __init__(self, address: str) -> None:
        self._address = address

    def is_ready(self) -> bool:
        with suppress(OSError), urlopen(f"http://{self._address}/-/ready", timeout=5):
            return True
        return False

    def firing(self, alert: str, **labels: str) -> bool:
        """Whether an alert with these labels is firing now."""
        return any(
            each["state"] == "firing" and {"alertname": alert, **labels}.items() <= each["labels"].items()
            for each in self._asked("alerts")["alerts"]
        )

    def silent(self, alert: str) -> bool:
        return not self.firing(alert)

    def measures(self) -> set[str]:
        """Every name it has scraped."""
        return set(self._asked("label/__name__/values"))

    def is_empty(self, query: str) -> bool:
        """Whether a query has no result; raises where it is not a valid query."""
        return not self._asked("query", query=query)["result"]

    def all_seen(self) -> bool:
        targets = self._asked("targets")["activeTargets"]
        return bool(targets) and all(each["health"] == "up" for each in targets)

    def _asked(self, what: str, **parameters: str) -> Any:
        with urlopen(f"http://{self._address}/api/v1/{what}?{urlencode(parameters)}", timeout=5) as answer:
            return json.load(answer)["data"]


@contextmanager
def prometheus_running(
    folder: Path, *, processes: Mapping[str, str], broker_ops_address: str
) -> Iterator[PrometheusClient]:
    """Have Prometheus watch processes and the broker by the rules of `ops/`, each second."""
    folder.mkdir()
    (folder / "alerts.yml").write_text(_in_seconds((OPS / "alerts.yml").read_text()))
    (folder / "prometheus.yml").write_text(_aimed_at(processes, broker_ops_address))
    address = f"{HOST}:{free_port()}"
    command = [str(prometheus_tools()["prometheus"]), f"--config.file={folder / 'prometheus.yml'}"]
    command += [f"--storage.tsdb.path={folder / 'data'}", f"--web.listen-address={address}"]
    log = append_to(folder / "prometheus.log")
    run = Process(Program(name="prometheus", command=command, environment={}, on_line=log))
    try:
        prometheus = PrometheusClient(address)
        run.wait_until(prometheus.is_ready, within=30)
        eventually(prometheus.all_seen, within=30)
        yield prometheus
    finally:
        run.stop()


def _in_seconds(rules: str) -> str:
    for minute, second in BRIEF_THRESHOLDS.items():
        assert minute in rules
        rules = rules.replace(minute, second)
    return re.sub(r"for: \w+", "for: 1s", rules)


def _aimed_at(processes: Mapping[str, str], broker_ops_address: str) -> str:
    """The configuration we ship, with what is found by name in a deployment given by address."""
    settings = yaml.safe_load((OPS / "prometheus.yml").read_text())
    settings["global"] = {"scrape_interval": "2s", "evaluation_interval": "1s"}
    for job in settings["scrape_configs"]:
        job.pop("dns_sd_configs", None)
        ours = job["job_name"] == "partnerships"
        job["static_configs"] = [{"targets": list(processes.values()) if ours else [broker_ops_address]}]
    return yaml.safe_dump(settings)
