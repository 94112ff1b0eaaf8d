"""A program, and one run of it."""

import os
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from cli.local.errors import CannotStart

REPOSITORY = Path(__file__).resolve().parents[2]
Condition = Callable[[], bool]
Say = Callable[[str, str], None]
"""Tells the user one line: who speaks, and what."""


@dataclass(frozen=True, kw_only=True)
class Program:
    """What to run, as often as it takes; `hear` gets each line it writes.

    Of programs started one after another, those of one `kind` are stopped at the same time.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    hear: Callable[[str], None]
    folder: Path = REPOSITORY
    stops_within: float = 10.0
    kind: str | None = None


class Process:
    """One run of a program, in a session of its own, so that Ctrl-C reaches the supervisor only."""

    def __init__(self, program: Program) -> None:
        """Start it. Raises CannotStart when there is no such command."""
        self.program = program
        self.started_at = time.monotonic()
        self._last_lines: deque[str] = deque(maxlen=5)
        self._asked_to_end = False
        self._run = _launch(program)
        self._listener = Thread(target=self._listen, name=f"{program.name} listener", daemon=True)
        self._listener.start()

    @property
    def pid(self) -> int:
        """The process id, which is its session's and group's as well."""
        return self._run.pid

    @property
    def is_running(self) -> bool:
        """Whether it has not ended yet."""
        return self._run.poll() is None

    def wait_until(self, condition: Condition, *, within: float) -> None:
        """Return when the condition holds. Raises CannotStart if it ends before, or `within` seconds pass."""
        deadline = time.monotonic() + within
        while not condition():
            if self.ends_within(0.05):
                raise CannotStart(f"{self.program.name} {self.how_it_ended()} while starting: {self.last_words()}")
            if time.monotonic() > deadline:
                raise CannotStart(f"{self.program.name} is not ready after {within:.0f} s: {self.last_words()}")

    def ends_within(self, seconds: float) -> bool:
        """Wait for its end; whether it came in time."""
        with suppress(subprocess.TimeoutExpired):
            self._run.wait(seconds)
        return not self.is_running

    def ask_to_end(self) -> None:
        """Ask it to end, once, and go on."""
        if not self._asked_to_end:
            self._asked_to_end = True
            self._run.terminate()

    def stop(self) -> None:
        """Ask it to end, insist after `stops_within` seconds, and end whatever it left behind."""
        self.ask_to_end()
        self.ends_within(self.program.stops_within)
        self.kill()

    def kill(self) -> None:
        """End it at once, and whatever it started."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._run.wait()
        self._listener.join(1)

    def how_it_ended(self) -> str:
        """In words: its exit code, or the signal that ended it."""
        code = self._run.wait()
        return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"

    def last_words(self) -> str:
        """The last lines it wrote, as one line."""
        self._listener.join(0.2)
        return " ".join(self._last_lines) or "it wrote nothing"

    def _listen(self) -> None:
        assert self._run.stdout  # asked for at the launch
        with self._run.stdout as lines:
            for line in lines:
                self._last_lines.append(line.strip())
                self.program.hear(line.rstrip("\n"))


def written_to(path: Path) -> Callable[[str], None]:
    """A `hear` that appends each line to a file."""

    def hear(line: str) -> None:
        with path.open("a") as file:
            file.write(f"{line}\n")

    return hear


def _launch(program: Program) -> subprocess.Popen[str]:
    try:
        return subprocess.Popen(
            program.command,
            cwd=program.folder,
            env=program.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
    except OSError as error:
        raise CannotStart(f"{program.name} cannot be started: {error}.") from error
