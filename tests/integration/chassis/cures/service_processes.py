"""Runs the services in trouble as processes: in replicas, with settings of their own, through a wire of ours."""

import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from cli.local.process import REPOSITORY
from tests.integration.chassis.conftest import STOCK_SETTINGS, Running, running

MODULE = "tests.integration.chassis.cures.faulty_services"
STARTED = "services started: stock_troubled"


class Host:
    """Starts processes; all that are left are ended with the test."""

    def __init__(self, stack: ExitStack, settings: dict[str, str], folder: Path) -> None:
        self._stack = stack
        self._settings = settings
        self._folder = folder

    def run(self, name: str, **also: object) -> Running:
        """A service on the chassis, with some settings of its own."""
        own = self._settings | {setting: str(value) for setting, value in also.items()}
        command = ["-m", "chassis", f"{MODULE}:{name}"]
        return self._stack.enter_context(running(name, command, own, '"started"'))

    def run_stock(self, name: str, *, amqp_uri: str = "", ready: str = STARTED, **also: object) -> Running:
        """A service on nameko as it comes, with some settings of its own."""
        own = self._settings | ({"AMQP_URI": amqp_uri} if amqp_uri else {})
        config = self._folder / "stock.yml"
        config.write_text(STOCK_SETTINGS + "".join(f"{setting}: {value}\n" for setting, value in also.items()))
        command = ["-m", "nameko", "run", "--config", str(config), f"{MODULE}:{name}"]
        return self._stack.enter_context(running(name, command, own, ready))

    def prepare(self, name: str) -> None:
        """Only make what has to be there before a service runs."""
        command = [sys.executable, "-m", "chassis", "--prepare", f"{MODULE}:{name}"]
        subprocess.run(command, env=self._settings, cwd=REPOSITORY, check=True)


def terminate(process: Running) -> None:
    """Send SIGTERM, as every deployment does, and do not wait."""
    os.kill(process.process.pid, signal.SIGTERM)
