"""The open connections: how many there may be, in all and from one address, and which is cut when there is no room."""

import collections
import errno
import resource
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from typing import Any

import structlog
from eventlet import sleep
from prometheus_client import Counter

from gateway.http.client_address import network_of

PATIENCE_SECONDS = 1.0
"""How long any client may let us wait before it can be cut, however little room there is."""
PAUSE_SECONDS = 0.05
"""How long nobody is accepted after the system had no descriptor or memory for one more."""
_EXHAUSTED = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}
_CLIENT_GONE = {errno.ECONNABORTED, errno.EPROTO, errno.EPERM, errno.ENETDOWN, errno.EHOSTUNREACH, errno.ENETUNREACH}
ENDED = Counter("partnerships_connections_ended", "Connections of clients that we ended.", ("service", "why"))
_log = structlog.get_logger(__name__)


class Why(StrEnum):
    """Why a client's connection was ended by us; the values of a label of a metric."""

    NO_ROOM = "no_room"
    """It was one too many, in all or from its address."""
    CUT = "cut"
    """It kept us waiting longest when there was no room."""
    TOO_SLOW = "too_slow"
    MALFORMED = "malformed"
    TOO_FAST = "too_fast"
    """It made more requests without a valid token than one address may."""


def count_ended(why: Why) -> None:
    """Count a connection that we end."""
    ENDED.labels("gateway", why).inc()


for _why in Why:
    ENDED.labels("gateway", _why)  # exported as 0, so that Prometheus sees the first as an increase


class ClientConnection:
    """One client's connection, and since when the client lets us wait, if it does."""

    def __init__(self, sock: Any, address: Any, *, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` counts seconds."""
        self.socket, self.address = sock, address
        self.network = network_of(address[0])
        self.waiting_since: float | None = clock()
        self._clock = clock

    @contextmanager
    def served(self) -> Iterator[None]:
        """Work for the client meanwhile: it cannot be cut."""
        self.waiting_since = None
        try:
            yield
        finally:
            self.waiting_since = self._clock()

    @contextmanager
    def waited_for(self) -> Iterator[None]:
        """Wait for the client meanwhile, within `served`."""
        self.waiting_since = self._clock()
        try:
            yield
        finally:
            self.waiting_since = None

    def cut(self) -> None:
        """End it; whoever reads from it finds it at its end."""
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)


class Connections:
    """All connections of this process."""

    def __init__(self, *, most: int, most_of_one: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Have up to `most` connections, and `most_of_one` address; `clock` counts seconds."""
        self._most, self._most_of_one = most, most_of_one
        self._clock = clock
        self._open: set[ClientConnection] = set()
        self._of_one: collections.Counter[str] = collections.Counter()

    def accept(self, listening: Any) -> ClientConnection | None:
        """Wait for a client; None if it went away again, or if there was no room and it was closed."""
        try:
            sock, address = listening.accept()
        except OSError as error:
            self._survive(error)
            return None
        return self.admit(sock, address)

    def admit(self, sock: Any, address: Any) -> ClientConnection | None:
        """Take a connection, in the place of one that waits for its client if need be; without a place close it."""
        new = ClientConnection(sock, address, clock=self._clock)
        if self._of_one[new.network] >= self._most_of_one:
            has_room = self._cut_slowest(of=new.network)
        else:
            has_room = len(self._open) < self._most or self._cut_slowest()
        if not has_room:
            count_ended(Why.NO_ROOM)
            _log.warning("connection_refused", address=address[0], open=len(self._open))
            sock.close()
            return None
        self._open.add(new)
        self._of_one[new.network] += 1
        return new

    def leave(self, connection: ClientConnection) -> None:
        """Give its place to others; it may have lost it already."""
        if connection in self._open:
            self._open.remove(connection)
            self._of_one[connection.network] -= 1
            if not self._of_one[connection.network]:
                del self._of_one[connection.network]

    def _cut_slowest(self, *, of: str | None = None) -> bool:
        """Cut the connection whose client lets us wait longest, if that is long enough."""
        waiting = [each for each in self._open if each.waiting_since is not None and of in (None, each.network)]
        slowest = min(waiting, key=lambda each: each.waiting_since or 0.0, default=None)
        if slowest is None or self._clock() - (slowest.waiting_since or 0.0) < PATIENCE_SECONDS:
            return False
        count_ended(Why.CUT)
        _log.info("connection_cut", address=slowest.address[0], open=len(self._open))
        slowest.cut()
        self.leave(slowest)
        return True

    def _survive(self, error: OSError) -> None:
        """Make room, or ignore a client that is gone; raises the error if it is neither."""
        if error.errno in _EXHAUSTED:
            _log.error("no_connection_accepted", error=errno.errorcode[error.errno], open=len(self._open))
            self._cut_slowest()
            sleep(PAUSE_SECONDS)
        elif error.errno not in _CLIENT_GONE:
            raise error


def within_descriptors(wanted: int) -> int:
    """Return how many connections there may be, so that a quarter of this process's descriptors is left for others."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    possible = wanted if soft == resource.RLIM_INFINITY else min(wanted, soft * 3 // 4)
    if possible < wanted:
        _log.warning("fewer_connections", wanted=wanted, possible=possible, descriptors=soft)
    return possible
