"""Ends what a supervisor leaves when it is killed without warning.

The guard is a small process of its own. It hears through a pipe which sessions the supervisor started and saw end;
the pipe closes with the supervisor, however that died, and the guard ends the rest.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress

PATIENCE = 10.0


class OrphanGuard:
    """The supervisor's end of the pipe."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
            # It takes over inheritable files, so that the folder's lock is held until the orphans have ended.
            close_fds=False,
        )

    def watch(self, session: int) -> None:
        """Have this session ended should the supervisor die."""
        self._tell(f"+{session}")

    def forget(self, session: int) -> None:
        """Leave this session alone: it has ended."""
        self._tell(f"-{session}")

    def close(self) -> None:
        """The supervisor ends in order: the guard ends whatever is left, and itself."""
        self._process.communicate()

    def _tell(self, line: str) -> None:
        # A guard that somebody killed must not take the supervisor with it.
        with suppress(BrokenPipeError):
            print(line, file=self._process.stdin, flush=True)


def sessions_left(lines: Iterable[str]) -> set[int]:
    """The sessions that were started and not seen to end, once the lines are over."""
    left: set[int] = set()
    for line in lines:
        session = int(line[1:])
        left.add(session) if line.startswith("+") else left.discard(session)
    return left


def end_sessions(sessions: Iterable[int]) -> None:
    """Ask them all to end, and end after some patience those that do not."""
    left = [session for session in sessions if _signalled(session, signal.SIGTERM)]
    deadline = time.monotonic() + PATIENCE
    while left and time.monotonic() < deadline:
        time.sleep(0.05)
        left = [session for session in left if _signalled(session, 0)]
    for session in left:
        _signalled(session, signal.SIGKILL)


def _signalled(session: int, number: int) -> bool:
    try:
        os.killpg(session, number)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    end_sessions(sessions_left(sys.stdin))
