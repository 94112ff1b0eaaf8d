"""Programs, and the processes that run them."""

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
PrintFrom = Callable[[str, str], None]
"""Prints one line for the user, with the name of its source."""


@dataclass(frozen=True, kw_only=True)
class Program:
    """A command to run; `on_line` gets each line it writes.

    Programs of one `kind` that were started one after another are stopped at the same time.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    on_line: Callable[[str], None]
    folder: Path = REPOSITORY
    stops_within: float = 10.0
    kind: str | None = None


class Process:
    """One process of a program, in a session of its own, so that Ctrl-C reaches only the supervisor."""

    def __init__(self, program: Program) -> None:
        """Start it. Raises CannotStart when there is no such command."""
        self.program = program
        self.started_at = time.monotonic()
        self._last_lines: deque[str] = deque(maxlen=5)
        self._terminated = False
        self._run = _launch(program)
        self._listener = Thread(target=self._listen, name=f"{program.name} listener", daemon=True)
        self._listener.start()

    @property
    def pid(self) -> int:
        """The process id, which is also that of its session and its process group."""
        return self._run.pid

    @property
    def is_running(self) -> bool:

        return self._run.poll() is None

    def wait_until(self, condition: Condition, *, within: float) -> None:
        """Return when the condition holds. Raises CannotStart if it ends before, or `within` seconds pass."""
        deadline = time.monotonic() + within
        while not condition():
            self.wait_for_end(0.05)
            self.refuse_if_ended()
            if time.monotonic() > deadline:
                raise CannotStart(f"{self.program.name} is not ready after {within:.0f} s: {self.last_lines()}")

    def refuse_if_ended(self) -> None:
        """Raise CannotStart, with its last lines, if it has ended."""
        if not self.is_running:
            raise CannotStart(f"{self.program.name} {self.how_it_ended()} while starting: {self.last_lines()}")

    def wait_for_end(self, seconds: float) -> bool:
        """Wait up to `seconds` for its end; whether it has ended."""
        with suppress(subprocess.TimeoutExpired):
            self._run.wait(seconds)
        return not self.is_running

    def terminate(self) -> None:
        """Send SIGTERM, once, without waiting."""
        if not self._terminated:
            self._terminated = True
            self._run.terminate()

    def stop(self) -> None:
        """Send SIGTERM, after `stops_within` seconds SIGKILL, and kill what is left of its process group."""
        self.terminate()
        self.wait_for_end(self.program.stops_within)
        self.kill()

    def kill(self) -> None:
        """Send SIGKILL to its process group."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._run.wait()
        self._listener.join(1)

    def how_it_ended(self) -> str:
        """Describe its end in words: the exit code, or the signal."""
        code = self._run.wait()
        return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"

    def last_lines(self) -> str:
        """Give the last lines it wrote, as one line."""
        self._listener.join(0.2)
        return " ".join(self._last_lines) or "it wrote nothing"

    def _listen(self) -> None:
        assert self._run.stdout  # asked for at the launch
        with self._run.stdout as lines:
            for line in lines:
                self._last_lines.append(line.strip())
                self.program.on_line(line.rstrip("\n"))


def append_to(path: Path) -> Callable[[str], None]:
    """Give an `on_line` that appends each line to a file."""

    def on_line(line: str) -> None:
        with path.open("a") as file:
            file.write(f"{line}\n")

    return on_line


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
