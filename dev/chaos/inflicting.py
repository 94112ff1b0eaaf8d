"""The hand that does the harm: each fault of a schedule, at its time."""

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
PATIENCE_SECONDS = 12.0
"""How long a target that is away, perhaps because it was just killed, is waited for."""
GLANCE_SECONDS = 0.1
AT_ONCE = 8
Find = Callable[[], int | None]
"""Gives a process id, None while there is no such process."""
Undo = Callable[[], None]


class NothingToHarm(Exception):
    """The target was not there in time."""


@dataclass(frozen=True, kw_only=True)
class Inflicted:
    """A fault that took place, and when, by the monotonic clock."""

    fault: Fault
    at: float


class Hand:
    """Harms what two supervisors keep running, and the connections between them."""

    def __init__(
        self,
        *,
        services: Supervisor,
        parts: Supervisor,
        proxies: Mapping[str, Proxy],
        leader_of: Callable[[str], int | None],
    ) -> None:
        """`proxies` stand before broker and database; `leader_of` gives the process whose relay leads a service's."""
        self.inflicted: list[Inflicted] = []
        self._services = services
        self._parts = parts
        self._proxies = proxies
        self._leader_of = leader_of
        self._calm = Event()
        self._deeds: Mapping[Kind, Callable[[str], Undo]] = {
            Kind.KILL: partial(self._signal, signal.SIGKILL),
            Kind.TERMINATE: partial(self._signal, signal.SIGTERM),
            Kind.FREEZE: self._freeze,
            Kind.KILL_RELAY_LEADER: self._kill_leader,
            Kind.KILL_BROKER: self._kill_part,
            Kind.KILL_DATABASE: self._kill_part,
            Kind.CUT_CONNECTIONS: self._cut,
            Kind.FREEZE_CONNECTIONS: self._hold_back,
        }

    @contextmanager
    def at_work(self, faults: Sequence[Fault], *, begun: float) -> Iterator[None]:
        """Inflict each fault at its time after `begun`, several at once where they overlap.

        When it is left, nothing new goes wrong and all that was frozen thaws.
        """
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="hand") as hands:
            done = [hands.submit(self._inflict, fault, begun) for fault in faults]
            try:
                yield
            finally:
                self._calm.set()
        for each in done:
            each.result()

    def _inflict(self, fault: Fault, begun: float) -> None:
        if self._calm.wait(max(0.0, begun + fault.at - time.monotonic())):
            return
        with suppress(NothingToHarm):
            undo = self._deeds[fault.kind](fault.target)
            self.inflicted.append(Inflicted(fault=fault, at=time.monotonic()))
            self._calm.wait(fault.lasts)
            undo()

    def _signal(self, number: signal.Signals, process: str) -> Undo:
        self._strike(number, lambda: self._services.pids().get(process))
        return _nothing

    def _freeze(self, process: str) -> Undo:
        return partial(_thaw, self._strike(signal.SIGSTOP, lambda: self._services.pids().get(process)))

    def _kill_leader(self, service: str) -> Undo:
        self._strike(signal.SIGKILL, lambda: self._leader_of(service))
        return _nothing

    def _kill_part(self, part: str) -> Undo:
        self._strike(signal.SIGKILL, lambda: self._parts.pids().get(PROGRAMS[part]))
        return _nothing

    def _cut(self, part: str) -> Undo:
        self._proxies[part].cut()
        return _nothing

    def _hold_back(self, part: str) -> Undo:
        self._proxies[part].freeze()
        return self._proxies[part].thaw

    def _strike(self, number: signal.Signals, find: Find) -> int:
        """Send a signal to the process and give its id; raises NothingToHarm when there is none in time."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline and not self._calm.is_set():
            found = find()
            if found is not None and _struck(found, number):
                return found
            self._calm.wait(GLANCE_SECONDS)
        raise NothingToHarm


def _struck(process: int, number: signal.Signals) -> bool:
    with suppress(ProcessLookupError):
        os.kill(process, number)
        return True
    return False


def _thaw(process: int) -> None:
    _struck(process, signal.SIGCONT)


def _nothing() -> None:
    """What there is to undo about most faults."""
