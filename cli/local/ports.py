"""Free ports of this machine."""

import random
import socket
from collections.abc import Iterator
from pathlib import Path

from cli.local.errors import CannotStart

HOST = "127.0.0.1"
# Below the kernel's range for outgoing connections, which could take a port between check and use.
RANGE = range(20_000, 32_000)

_handed_out: set[int] = set()


def free_port(*, preferred: int | None = None) -> int:
    """Give a port that is free and was not given before: the preferred one if possible.

    Raises CannotStart when none is free.
    """
    for port in _candidates(preferred):
        if port not in _handed_out and can_listen(port):
            _handed_out.add(port)
            return port
    raise CannotStart(f"No port between {RANGE.start} and {RANGE.stop - 1} is free on {HOST}: stop something.")


def remembered_port(*, remembered_in: Path) -> int:
    """Give the port stored in a file if it is still free, else another one, which is then stored there.

    So each state folder has a port of its own, and instances that start at the same time do not compete.
    Raises CannotStart when none is free.
    """
    preferred = int(remembered_in.read_text()) if remembered_in.exists() else None
    port = free_port(preferred=preferred)
    remembered_in.parent.mkdir(parents=True, exist_ok=True)
    remembered_in.write_text(str(port))
    return port


def can_listen(port: int) -> bool:
    """Whether a server can listen on a port now, tested by listening."""
    with socket.socket() as probe:
        # Allows ports with connections in TIME_WAIT; another listener, even one with SO_REUSEPORT, still fails.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
            probe.listen()
        except OSError:
            return False
    return True


def answers(port: int) -> bool:
    """Whether a server accepts connections on a port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0


def _candidates(preferred: int | None) -> Iterator[int]:
    if preferred is not None:
        yield preferred
    yield from random.sample(RANGE, k=len(RANGE))
