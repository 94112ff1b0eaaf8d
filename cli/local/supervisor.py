"""Keeps named programs running, and stops them in order."""

import signal
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from threading import Event, RLock, Thread
from typing import Self

from cli.local.errors import CannotStart
from cli.local.orphan_guard import OrphanGuard
from cli.local.process import Condition, PrintFrom, Process, Program

POLL_SECONDS = 0.2
FIRST_RESTART_DELAY_SECONDS = 0.5
LONGEST_RESTART_DELAY_SECONDS = 15.0
STABLE_AFTER_SECONDS = 30.0


@dataclass
class _Supervised:
    """A supervised program, and its current process."""

    process: Process
    kept_alive: bool = False
    pause: float = FIRST_RESTART_DELAY_SECONDS / 2
    due: float | None = None


class Supervisor:
    """Starts programs, restarts those that end, and stops all in reverse order.

    A context manager. Names are free: a second replica of `camps` may be called `camps.2`.
    """

    def __init__(self, *, print_from: PrintFrom) -> None:
        self._print_from = print_from
        self._programs: dict[str, _Supervised] = {}
        self._lock = RLock()
        self._ending = Event()
        self._guard = OrphanGuard()
        self._watcher = Thread(target=self._watch, name="supervisor", daemon=True)
        self._watcher.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop_all()

    def start(self, program: Program) -> None:
        """Start a program; it is not restarted if it ends before it was ready. Raises CannotStart."""
        with self._lock:
            self._programs[program.name] = _Supervised(self._launch(program))

    def wait_until_ready(self, name: str, condition: Condition = lambda: True, *, within: float = 30.0) -> None:
        """Return when the condition holds; from then on the program is restarted whenever it ends.

        Raises CannotStart, with the last lines, if it or another one that was not ready yet ends before, or after
        `within` seconds: what is waited for may need all of them.
        """
        charge = self._programs[name]
        charge.process.wait_until(lambda: condition() or not self._none_has_ended(), within=within)
        charge.kept_alive = True

    def _none_has_ended(self) -> bool:
        """Whether all that are not ready yet still run; raises CannotStart otherwise."""
        for charge in self._programs.values():
            if not charge.kept_alive:
                charge.process.refuse_if_ended()
        return True

    def pids(self) -> Mapping[str, int]:
        """Give the process ids of all running programs, by name, in the order of starting."""
        with self._lock:
            return {name: charge.process.pid for name, charge in self._programs.items() if charge.process.is_running}

    def stop(self, name: str) -> Program:
        """Stop one program for good, and give it, so that it can be started again."""
        with self._lock:
            charge = self._programs[name]
            charge.kept_alive = False
        charge.process.stop()
        with self._lock:
            self._guard.forget(charge.process.pid)
            del self._programs[name]
        return charge.process.program

    def stop_all(self) -> None:
        """Stop everything, last started first, each kind together. Another Ctrl-C kills the rest and is re-raised."""
        try:
            self._ending.set()
            self._watcher.join()
            for _, names in groupby(reversed(list(self._programs)), key=self._kind):
                self._stop_together(list(names))
        except KeyboardInterrupt:
            self._print_from("supervisor", "killing everything")
            raise
        finally:
            self._kill_the_rest()
            self._guard.close()

    def _kind(self, name: str) -> str:
        return self._programs[name].process.program.kind or name

    def _stop_together(self, names: Sequence[str]) -> None:
        for name in names:
            self._programs[name].process.terminate()
        for name in names:
            self.stop(name)

    def _kill_the_rest(self) -> None:
        for charge in self._programs.values():
            charge.process.kill()
            self._guard.forget(charge.process.pid)
        self._programs.clear()

    def _launch(self, program: Program) -> Process:
        process = Process(program)
        self._guard.watch(process.pid)
        return process

    def _watch(self) -> None:
        while not self._ending.wait(POLL_SECONDS):
            with self._lock:
                for charge in self._programs.values():
                    if charge.kept_alive and not charge.process.is_running:
                        self._restart(charge)

    def _restart(self, charge: _Supervised) -> None:
        if charge.due is None:
            self._schedule_restart(charge)
        elif time.monotonic() >= charge.due:
            charge.due = None
            try:
                charge.process = self._launch(charge.process.program)
            except CannotStart as trouble:
                self._print_from(charge.process.program.name, str(trouble))

    def _schedule_restart(self, charge: _Supervised) -> None:
        died = charge.process
        died.kill()
        self._guard.forget(died.pid)
        now = time.monotonic()
        charge.pause = (
            FIRST_RESTART_DELAY_SECONDS
            if now - died.started_at > STABLE_AFTER_SECONDS
            else min(charge.pause * 2, LONGEST_RESTART_DELAY_SECONDS)
        )
        charge.due = now + charge.pause
        self._print_from(died.program.name, f"{died.how_it_ended()}; starting it again in {charge.pause:g} s")


def raise_on_signals() -> None:
    """Raise KeyboardInterrupt on SIGTERM, and on SIGINT even in a background job."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.default_int_handler)
