"""A function in a process of its own: what takes long or much memory holds up nobody who must answer at once.

The process begins with the first call, does one after the other, ends by itself when nobody calls for a while, and with
the process that began it. One that does not answer in time is killed, and the next call begins another.

    python -m chassis.runtime.side_process DESCRIPTOR module:function IDLE_SECONDS    as `SideProcess` begins it
"""

import importlib
import logging
import os
import pickle
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from chassis.domain.errors import Unavailable

MOST_WAITING = 4
"""Calls that may wait, the one that is being done among them; further ones are refused at once."""
IDLE_SECONDS = 600
END_SECONDS = 5
_HEAD = struct.Struct("!?Q")
"""Before what is sent: whether it is a result and no error, and its length."""


class Overloaded(Unavailable):
    """Too many are waiting for this already."""


class NotInTime(Unavailable):
    """This took too long, and was given up."""


class SideProcess:
    """Calls `function`, as `module:name`, with one argument at a time; both it and the result can be pickled.

    A call takes at most so many `seconds`, waiting for its turn among them. The process has no environment but the one
    that is given: no setting, and so no password, reaches it.
    """

    def __init__(
        self, function: str, *, seconds: float, environment: Mapping[str, str], idle_seconds: float = IDLE_SECONDS
    ) -> None:
        self._command = [sys.executable, "-m", __name__]
        self._arguments = (function, str(idle_seconds))
        self._seconds, self._environment = seconds, {"PATH": os.defpath, **environment}
        self._places, self._turn = threading.BoundedSemaphore(MOST_WAITING), threading.Semaphore()
        self._process: subprocess.Popen[bytes] | None = None
        self._line: Any = None

    @property
    def pid(self) -> int | None:
        """The process that runs, if one does."""
        return self._process.pid if self._process else None

    def call(self, argument: object) -> Any:
        """Return the result; raises Unavailable when there is none in time, SideProcessFailed for an error there."""
        until = time.monotonic() + self._seconds
        with self._place(until):
            return self._tried(pickle.dumps(argument), until)

    def end(self) -> None:
        """End the process, if one runs."""
        if self._process:
            self._process.kill()
            self._line.close()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(END_SECONDS)
        self._process = None

    @contextmanager
    def _place(self, until: float) -> Any:
        if not self._places.acquire(blocking=False):
            raise Overloaded
        try:
            if not self._turn.acquire(timeout=_left(until)):
                raise Overloaded
            try:
                yield
            finally:
                self._turn.release()
        finally:
            self._places.release()

    def _tried(self, asked: bytes, until: float) -> Any:
        """Ask the process that runs; one that has ended meanwhile, idle or killed, is replaced once."""
        if self._process:
            with suppress(ConnectionError):
                return self._asked(asked, until)
        self._begin()
        try:
            return self._asked(asked, until)
        except ConnectionError as error:
            raise SideProcessFailed("it ended while it was asked") from error

    def _asked(self, asked: bytes, until: float) -> Any:
        try:
            _send(self._line, True, asked, until)
            is_result, answer = _receive(self._line, until)
        except TimeoutError as error:
            self.end()
            raise NotInTime from error
        except BaseException:  # also when whoever waits is stopped: the answer would be taken for the next one's
            self.end()
            raise
        if not is_result:
            raise SideProcessFailed(answer.decode())
        return pickle.loads(answer)

    def _begin(self) -> None:
        ours, its = socket.socketpair()
        with its:
            command = [*self._command, str(its.fileno()), *self._arguments]
            closed: Any = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
            self._process = subprocess.Popen(command, env=self._environment, pass_fds=(its.fileno(),), **closed)
        self._line = ours


class SideProcessFailed(Exception):
    """The function raised an error in its process, or ended it."""


def serve(line: socket.socket, work: Callable[[Any], Any], *, idle_seconds: float) -> None:
    """Do what is asked, one after the other, until nobody asks for a while, or the other end is gone."""
    with suppress(ConnectionError, TimeoutError):
        while True:
            _, asked = _receive(line, time.monotonic() + idle_seconds)
            try:
                is_result, answer = True, pickle.dumps(work(pickle.loads(asked)))
            except Exception as error:
                is_result, answer = False, f"{type(error).__name__}: {error}"[:1000].encode()
            _send(line, is_result, answer, time.monotonic() + END_SECONDS)


def _send(line: socket.socket, is_result: bool, content: bytes, until: float) -> None:
    line.settimeout(_left(until))
    line.sendall(_HEAD.pack(is_result, len(content)) + content)


def _receive(line: socket.socket, until: float) -> tuple[bool, bytes]:
    is_result, length = _HEAD.unpack(_exactly(line, _HEAD.size, until))
    return is_result, _exactly(line, length, until)


def _exactly(line: socket.socket, length: int, until: float) -> bytes:
    parts = []
    while length:
        line.settimeout(_left(until))
        part = line.recv(min(length, 1 << 20))
        if not part:
            raise ConnectionResetError("the other end is gone")
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def _left(until: float) -> float:
    """Return for how long something may still take; a moment at least, since 0 would mean something else."""
    return max(until - time.monotonic(), 0.001)


def _main() -> None:
    descriptor, function, idle_seconds = sys.argv[1:]
    logging.disable(logging.WARNING)  # what libraries have to say about where they keep their files
    module, _, name = function.partition(":")
    work = getattr(importlib.import_module(module), name)
    serve(socket.socket(fileno=int(descriptor)), work, idle_seconds=float(idle_seconds))


if __name__ == "__main__":
    _main()
