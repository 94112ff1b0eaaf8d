"""Keeps named programs running, and ends them in order."""

import signal
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from threading import Event, RLock, Thread
from typing import Self

from cli.local.errors import CannotStart
from cli.local.orphan_guard import OrphanGuard
from cli.local.process import Condition, Process, Program, Say

GLANCE = 0.2
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 15.0
STEADY_AFTER = 30.0


@dataclass
class _Charge:
    """A program in the supervisor's care, and its present run."""

    process: Process
    kept_alive: bool = False
    pause: float = FIRST_PAUSE / 2
    due: float | None = None


class Supervisor:
    """Starts programs, starts again what dies, stops all in reverse order, leaves nothing running.

    Use it as a context manager. Names are free: a second replica of `camps` may be called `camps.2`.
    """

    def __init__(self, *, say: Say) -> None:
        self._say = say
        self._charges: dict[str, _Charge] = {}
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
        """Start a program; should it die before it was ready, it stays dead. Raises CannotStart."""
        with self._lock:
            self._charges[program.name] = _Charge(self._launch(program))

    def wait_until_ready(self, name: str, condition: Condition = lambda: True, *, within: float = 30.0) -> None:
        """Return when the condition holds; from then on the program is started again whenever it dies.

        Raises CannotStart, with its last words, if it ends before or `within` seconds pass.
        """
        charge = self._charges[name]
        charge.process.wait_until(condition, within=within)
        charge.kept_alive = True

    def pids(self) -> Mapping[str, int]:
        """The process id of everything that runs now, by name, in the order of starting."""
        with self._lock:
            return {name: charge.process.pid for name, charge in self._charges.items() if charge.process.is_running}

    def stop(self, name: str) -> Program:
        """Stop one program for good, and give it, should somebody want to start it again."""
        with self._lock:
            charge = self._charges[name]
            charge.kept_alive = False
        charge.process.stop()
        with self._lock:
            self._guard.forget(charge.process.pid)
            del self._charges[name]
        return charge.process.program

    def stop_all(self) -> None:
        """Stop everything, last started first, a kind at once. A further Ctrl-C kills the rest and is raised again."""
        try:
            self._ending.set()
            self._watcher.join()
            for _, names in groupby(reversed(list(self._charges)), key=self._kind):
                self._stop_together(list(names))
        except KeyboardInterrupt:
            self._say("supervisor", "ending everything at once")
            raise
        finally:
            self._kill_the_rest()
            self._guard.close()

    def _kind(self, name: str) -> str:
        return self._charges[name].process.program.kind or name

    def _stop_together(self, names: Sequence[str]) -> None:
        for name in names:
            self._charges[name].process.ask_to_end()
        for name in names:
            self.stop(name)

    def _kill_the_rest(self) -> None:
        for charge in self._charges.values():
            charge.process.kill()
            self._guard.forget(charge.process.pid)
        self._charges.clear()

    def _launch(self, program: Program) -> Process:
        process = Process(program)
        self._guard.watch(process.pid)
        return process

    def _watch(self) -> None:
        while not self._ending.wait(GLANCE):
            with self._lock:
                for charge in self._charges.values():
                    if charge.kept_alive and not charge.process.is_running:
                        self._revive(charge)

    def _revive(self, charge: _Charge) -> None:
        if charge.due is None:
            self._plan_revival(charge)
        elif time.monotonic() >= charge.due:
            charge.due = None
            try:
                charge.process = self._launch(charge.process.program)
            except CannotStart as trouble:
                self._say(charge.process.program.name, str(trouble))

    def _plan_revival(self, charge: _Charge) -> None:
        died = charge.process
        died.kill()
        self._guard.forget(died.pid)
        now = time.monotonic()
        charge.pause = FIRST_PAUSE if now - died.started_at > STEADY_AFTER else min(charge.pause * 2, LONGEST_PAUSE)
        charge.due = now + charge.pause
        self._say(died.program.name, f"{died.how_it_ended()}; starting it again in {charge.pause:g} s")


def end_on_signals() -> None:
    """Make SIGTERM, and SIGINT even in a background job, do what Ctrl-C does: raise KeyboardInterrupt."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.default_int_handler)
