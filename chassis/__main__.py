"""Runs one service in this process: `python -m chassis services.camps.service:CampsService`."""

from chassis import bootstrap  # noqa: F401  must come first: it patches

import argparse  # noqa: E402  after the patch, like everything below
import importlib
import os
import signal
import sys
from pathlib import Path
from typing import Any

import eventlet
import structlog
from nameko.runners import ServiceRunner

from chassis import config, logs
from chassis.service import Service, prepare
from chassis.topology import TopologyMismatch

_log = structlog.get_logger("chassis")


def main() -> None:
    """Run the service named on the command line until SIGTERM; settings that are wrong end it at once."""
    arguments = _arguments()
    try:
        settings = config.load(arguments.config)
    except (config.InvalidSettings, OSError) as error:
        sys.exit(f"{arguments.config}: {error}")
    service = _imported(arguments.service)
    logs.configure(service=service.name, format=settings["LOG_FORMAT"], level=settings["LOG_LEVEL"])
    _run(service, settings["STOP_DEADLINE_SECONDS"])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m chassis", description=__doc__)
    parser.add_argument("service", help="module:Class")
    parser.add_argument("--config", type=Path, default=Path("config.yml"))
    return parser.parse_args()


def _imported(path: str) -> Any:
    module, _, name = path.partition(":")
    return getattr(importlib.import_module(module), name)


def _run(service: Any, stop_deadline_seconds: float) -> None:
    try:
        if issubclass(service, Service):
            prepare(service)
    except TopologyMismatch as error:
        sys.exit(str(error))
    runner = ServiceRunner()
    runner.add_service(service)
    signal.signal(signal.SIGTERM, lambda *_: eventlet.spawn_n(_stop, runner, stop_deadline_seconds))
    signal.signal(signal.SIGINT, signal.getsignal(signal.SIGTERM))
    runner.start()
    _log.info("started", pid=os.getpid())
    _wait(runner)
    _log.info("stopped")


def _stop(runner: ServiceRunner, deadline_seconds: float) -> None:
    # A worker that never ends, or a hub gone quiet after a lost broker, must not keep the process alive.
    eventlet.spawn_after(deadline_seconds, _give_up, deadline_seconds)
    runner.stop()


def _give_up(deadline_seconds: float) -> None:
    _log.error("stop_deadline_passed", seconds=deadline_seconds)
    os._exit(1)


def _wait(runner: ServiceRunner) -> None:
    waiting = eventlet.spawn(runner.wait)
    while True:
        try:
            return waiting.wait()
        except InterruptedError:  # a signal wakes the main greenlet from the hub's poll
            continue


main()
