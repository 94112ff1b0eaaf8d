"""Free ports of this machine."""

import random
import socket
from collections.abc import Iterator
from pathlib import Path

from cli.local.errors import CannotStart

HOST = "127.0.0.1"
# Below the range the kernel uses for outgoing connections, which could take a port between our check and its use.
RANGE = range(20_000, 32_000)

_handed_out: set[int] = set()


def free_port(*, preferred: int | None = None) -> int:
    """A port nobody listens on and that was not handed out before: the preferred one if possible, else any.

    Raises CannotStart when none is free.
    """
    for port in _candidates(preferred):
        if port not in _handed_out and can_listen(port):
            _handed_out.add(port)
            return port
    raise CannotStart(f"No port between {RANGE.start} and {RANGE.stop - 1} is free on {HOST}: stop something.")


def steady_port(*, remembered_in: Path) -> int:
    """The port remembered in a file if it is still free, else another, remembered there for the next time.

    Each folder of state so has its own, and two instances that start at once do not reach for the same.
    Raises CannotStart when none is free.
    """
    preferred = int(remembered_in.read_text()) if remembered_in.exists() else None
    port = free_port(preferred=preferred)
    remembered_in.parent.mkdir(parents=True, exist_ok=True)
    remembered_in.write_text(str(port))
    return port


def can_listen(port: int) -> bool:
    """Whether a server could listen there now, found by really doing it."""
    with socket.socket() as probe:
        # Lets a port pass whose last connections only linger; a listener, even a sharing one, still refuses us.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
            probe.listen()
        except OSError:
            return False
    return True


def answers(port: int) -> bool:
    """Whether something accepts connections there now."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0


def _candidates(preferred: int | None) -> Iterator[int]:
    if preferred is not None:
        yield preferred
    yield from random.sample(RANGE, k=len(RANGE))
