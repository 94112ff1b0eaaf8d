"""Injects the scheduled faults."""

import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from threading import Event

from cli.local.supervisor import Supervisor
from dev.chaos.proxy import Proxy
from dev.chaos.schedule import BROKER, DATABASE, Fault, Kind

PROGRAMS = {BROKER: "rabbitmq", DATABASE: "mongod"}
TIMEOUT_SECONDS = 12.0
"""How long to wait for a target that is not running, perhaps because it was just killed."""
POLL_SECONDS = 0.1
MAX_CONCURRENT_FAULTS = 8
Find = Callable[[], int | None]
"""Gives a process id, None while there is no such process."""
Undo = Callable[[], None]


class TargetNotFound(Exception):
    """The target was not running in time."""


@dataclass(frozen=True, kw_only=True)
class InjectedFault:
    """A fault that was injected, and when, by the monotonic clock."""

    fault: Fault
    at: float


class FaultInjector:
    """Injects faults into the processes of two supervisors, and into the connections between them."""

    def __init__(
        self,
        *,
        services: Supervisor,
        parts: Supervisor,
        proxies: Mapping[str, Proxy],
        leader_of: Callable[[str], int | None],
    ) -> None:
        """`proxies` stand before broker and database; `leader_of` gives the process whose relay leads a service's."""
        self.injected: list[InjectedFault] = []
        self._services = services
        self._parts = parts
        self._proxies = proxies
        self._leader_of = leader_of
        self._over = Event()
        self._injections: Mapping[Kind, Callable[[str], Undo]] = {
            Kind.KILL: partial(self._signal, signal.SIGKILL),
            Kind.TERMINATE: partial(self._signal, signal.SIGTERM),
            Kind.FREEZE: self._freeze,
            Kind.KILL_RELAY_LEADER: self._kill_leader,
            Kind.KILL_BROKER: self._kill_part,
            Kind.KILL_DATABASE: self._kill_part,
            Kind.CUT_CONNECTIONS: self._cut_connections,
            Kind.FREEZE_CONNECTIONS: self._freeze_connections,
        }

    @contextmanager
    def running(self, faults: Sequence[Fault], *, begun: float) -> Iterator[None]:
        """Inject each fault at its time after `begun`, concurrently where they overlap.

        At the end of the `with` statement no further fault is injected, and everything frozen is resumed.
        """
        with ThreadPoolExecutor(MAX_CONCURRENT_FAULTS, thread_name_prefix="fault") as threads:
            done = [threads.submit(self._inject, fault, begun) for fault in faults]
            try:
                yield
            finally:
                self._over.set()
        for each in done:
            each.result()

    def _inject(self, fault: Fault, begun: float) -> None:
        if self._over.wait(max(0.0, begun + fault.at - time.monotonic())):
            return
        with suppress(TargetNotFound):
            undo = self._injections[fault.kind](fault.target)
            self.injected.append(InjectedFault(fault=fault, at=time.monotonic()))
            self._over.wait(fault.lasts)
            undo()

    def _signal(self, number: signal.Signals, process: str) -> Undo:
        self._send_signal(number, lambda: self._services.pids().get(process))
        return _nothing_to_undo

    def _freeze(self, process: str) -> Undo:
        return partial(_thaw, self._send_signal(signal.SIGSTOP, lambda: self._services.pids().get(process)))

    def _kill_leader(self, service: str) -> Undo:
        self._send_signal(signal.SIGKILL, lambda: self._leader_of(service))
        return _nothing_to_undo

    def _kill_part(self, part: str) -> Undo:
        self._send_signal(signal.SIGKILL, lambda: self._parts.pids().get(PROGRAMS[part]))
        return _nothing_to_undo

    def _cut_connections(self, part: str) -> Undo:
        self._proxies[part].cut()
        return _nothing_to_undo

    def _freeze_connections(self, part: str) -> Undo:
        self._proxies[part].freeze()
        return self._proxies[part].thaw

    def _send_signal(self, number: signal.Signals, find: Find) -> int:
        """Send a signal to the process and give its id; raises TargetNotFound when it is not running in time."""
        deadline = time.monotonic() + TIMEOUT_SECONDS
        while time.monotonic() < deadline and not self._over.is_set():
            found = find()
            if found is not None and _signal(found, number):
                return found
            self._over.wait(POLL_SECONDS)
        raise TargetNotFound


def _signal(process: int, number: signal.Signals) -> bool:
    with suppress(ProcessLookupError):
        os.kill(process, number)
        return True
    return False


def _thaw(process: int) -> None:
    _signal(process, signal.SIGCONT)


def _nothing_to_undo() -> None:
    """Undo a fault that ends by itself."""
