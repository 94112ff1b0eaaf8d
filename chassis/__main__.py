"""Runs one service in this process, or prepares broker and databases for several.

python -m chassis services.one.service:OneService
python -m chassis --prepare services.one.service:OneService services.other.service:OtherService
python -m chassis --prepare --initiate-replica-set …  first makes a replica set of the hosts in MONGO_URI
python -m chassis --prepare --create-users FOLDER … gateway.service:GatewayService  with a user for each process
"""

from chassis.runtime import bootstrap  # noqa: F401, I001  must come first: it applies the monkey patch

import argparse
import importlib
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import eventlet
import structlog
from amqp.exceptions import AMQPError
from kombu.exceptions import KombuError
from nameko.runners import ServiceRunner
from pymongo.errors import PyMongoError

from chassis.runtime import config
from chassis.access import users
from chassis.access.broker_users import UsersNotMade
from chassis.observability import logs, tracing
from chassis.backup import replica_set
from chassis.runtime.garbage import collect_seldom
from chassis.runtime.health import Health
from chassis.persistence.claims import claim_no_more
from chassis.persistence.indexes import IndexMismatch
from chassis.runtime.ops import watch
from chassis.runtime.preparation import RestoreUnfinished, prepare
from chassis.runtime.service import Service
from chassis.runtime.setting_names import nearly_named_variables
from chassis.runtime.settings import Declared
from chassis.messaging.topology import TopologyMismatch

_log = structlog.get_logger("chassis")


def main() -> None:
    """Read the settings, prepare broker and database, and run the service; wrong settings end the process at once."""
    arguments = _arguments()
    services = [_imported(path) for path in arguments.services]
    try:
        settings = config.load(arguments.config, _settings_of(services, arguments))
        known = config.variables(arguments.config)
    except (config.InvalidSettings, OSError) as error:
        sys.exit(f"{arguments.config}: {error}")
    logs.configure(service=services[0].name, format=settings["LOG_FORMAT"], level=settings["LOG_LEVEL"])
    for variable, setting in nearly_named_variables(known).items():
        _log.warning("variable_ignored", variable=variable, is_it=setting)
    if arguments.initiate_replica_set:
        _exit_on_error(lambda: replica_set.initiate(settings["MONGO_URI"]))
    if arguments.create_users:
        _exit_on_error(lambda: _create_users(arguments.create_users, services))
    _exit_on_error(lambda: _prepare([each for each in services if issubclass(each, Service)]))
    if not arguments.prepare:
        _run(services[0], settings)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m chassis", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("services", nargs="+", metavar="module:Class", help="only --prepare takes more than one")
    parser.add_argument("--prepare", action="store_true", help="declare queues and create indexes, and end")
    parser.add_argument("--initiate-replica-set", action="store_true", help="before that, unless it is initiated")
    parser.add_argument(
        "--create-users", type=Path, metavar="FOLDER", help="with the passwords in FOLDER/{service}, before that"
    )
    parser.add_argument("--config", type=Path, default=Path("config.yml"))
    return parser.parse_args()


def _imported(path: str) -> Any:
    module, _, name = path.partition(":")
    return getattr(importlib.import_module(module), name)


def _settings_of(services: list[Any], arguments: argparse.Namespace) -> Declared:
    """Give the sections that this process uses; to prepare takes none."""
    return () if arguments.prepare else getattr(services[0], "settings", ())


def _create_users(passwords: Path, services: list[Any]) -> None:
    keepers = [each.name for each in services if issubclass(each, Service)]
    users.make_users(passwords, services=keepers, callers=[each.name for each in services if each.name not in keepers])


def _prepare(services: list[type[Service]]) -> None:
    for service in services:
        prepare(service)


def _exit_on_error(ask: Callable[[], None]) -> None:
    """Call the broker or the database; an error ends the process with one sentence."""
    try:
        ask()
    except (TopologyMismatch, IndexMismatch, RestoreUnfinished, UsersNotMade) as error:
        sys.exit(str(error))
    except (OSError, KombuError, AMQPError, PyMongoError) as error:
        # Not its text, which may contain passwords; whatever supervises this process starts it again.
        sys.exit(f"the broker or the database does not answer ({type(error).__name__}): "
                 "is it running, and are the passwords right?")  # fmt: skip


def _run(service: Any, settings: dict[str, Any]) -> None:
    try:
        runner = _started(service, settings)
    except config.InvalidSettings as error:  # a setting that only some services need, or an address that is taken
        sys.exit(str(error))
    _log.info("started", pid=os.getpid())
    _wait(runner)
    if tracing.exporter:
        tracing.exporter.close()
    _log.info("stopped")


def _started(service: Any, settings: dict[str, Any]) -> ServiceRunner:
    runner = ServiceRunner()
    runner.add_service(service)
    health = watch(runner.service_map[service.name], settings)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: eventlet.spawn_n(_stop, runner, health, settings["STOP_DEADLINE_SECONDS"]))
    runner.start()
    collect_seldom()
    health.has_started = True
    return runner


def _stop(runner: ServiceRunner, health: Health, deadline_seconds: float) -> None:
    health.is_stopping = True  # first, so that no new requests are sent here
    claim_no_more()
    # A worker that never ends, or a hub that hangs after the broker was lost, must not keep the process alive.
    eventlet.spawn_after(deadline_seconds, _exit_at_deadline, deadline_seconds)
    runner.stop()


def _exit_at_deadline(deadline_seconds: float) -> None:
    _log.error("stop_deadline_passed", seconds=deadline_seconds)
    os._exit(1)


def _wait(runner: ServiceRunner) -> None:
    waiting = eventlet.spawn(runner.wait)
    while True:
        try:
            waiting.wait()
            return
        except InterruptedError:  # a signal interrupts the hub's poll in the main greenlet
            continue


main()
