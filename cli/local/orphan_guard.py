"""Ends the processes of a supervisor that was killed.

The guard is a process of its own. Through a pipe it learns which sessions the supervisor has started and which have
ended; when the pipe closes, because the supervisor has ended in whatever way, the guard ends the remaining sessions.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress

TIMEOUT_SECONDS = 10.0


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
            # It inherits the lock of the folder, which is held until the orphans have ended.
            close_fds=False,
        )

    def watch(self, session: int) -> None:
        """Have this session ended if the supervisor ends."""
        self._send(f"+{session}")

    def forget(self, session: int) -> None:
        """Note that this session has ended."""
        self._send(f"-{session}")

    def close(self) -> None:
        """Close the pipe and wait for the guard, which ends the remaining sessions."""
        self._process.communicate()

    def _send(self, line: str) -> None:
        # A guard that was killed must not end the supervisor.
        with suppress(BrokenPipeError):
            print(line, file=self._process.stdin, flush=True)


def sessions_left(lines: Iterable[str]) -> set[int]:
    """Read all lines, and give the sessions that were started and have not ended."""
    left: set[int] = set()
    for line in lines:
        session = int(line[1:])
        left.add(session) if line.startswith("+") else left.discard(session)
    return left


def end_sessions(sessions: Iterable[int]) -> None:
    """Send SIGTERM to sessions, and SIGKILL to those that do not end in time."""
    left = [session for session in sessions if _signalled(session, signal.SIGTERM)]
    deadline = time.monotonic() + TIMEOUT_SECONDS
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
