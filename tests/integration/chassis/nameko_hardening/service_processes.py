"""Runs the faulty services as processes: in replicas, with settings of their own, through a TCP proxy."""

import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from cli.local.process import REPOSITORY
from tests.integration.chassis.conftest import STOCK_SETTINGS, ServiceProcess, service_running

MODULE = "tests.integration.chassis.nameko_hardening.faulty_services"
STARTED = "services started: stock_faulty"


class ServiceProcesses:
    """Starts processes; those still running are ended with the test."""

    def __init__(self, stack: ExitStack, settings: dict[str, str], folder: Path) -> None:
        self._stack = stack
        self._settings = settings
        self._folder = folder

    def run(self, name: str, **also: object) -> ServiceProcess:
        """A service on the chassis, with some settings of its own."""
        own = self._settings | {setting: str(value) for setting, value in also.items()}
        command = ["-m", "chassis", f"{MODULE}:{name}"]
        return self._stack.enter_context(service_running(name, command, own, '"started"'))

    def run_stock(self, name: str, *, amqp_uri: str = "", ready: str = STARTED, **also: object) -> ServiceProcess:
        """A service on unmodified nameko, with some settings of its own."""
        own = self._settings | ({"AMQP_URI": amqp_uri} if amqp_uri else {})
        config = self._folder / "stock.yml"
        config.write_text(STOCK_SETTINGS + "".join(f"{setting}: {value}\n" for setting, value in also.items()))
        command = ["-m", "nameko", "run", "--config", str(config), f"{MODULE}:{name}"]
        return self._stack.enter_context(service_running(name, command, own, ready))

    def prepare(self, name: str) -> None:
        """Only make what has to be there before a service runs."""
        command = [sys.executable, "-m", "chassis", "--prepare", f"{MODULE}:{name}"]
        subprocess.run(command, env=self._settings, cwd=REPOSITORY, check=True)


def terminate(process: ServiceProcess) -> None:
    """Send SIGTERM, as every deployment does, and do not wait."""
    os.kill(process.process.pid, signal.SIGTERM)
