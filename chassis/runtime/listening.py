"""The ports at which a process listens."""

from typing import Any

import eventlet

from chassis.runtime.config import InvalidSettings


def listen(address: str, *, setting: str, shared: bool = False) -> Any:
    """Listen at the address in a setting, alone or with others that share it; raises InvalidSettings if it is taken."""
    host, _, port = address.rpartition(":")
    try:
        # By default eventlet sets SO_REUSEPORT, and two processes would share the port unasked.
        return eventlet.listen((host, int(port)), reuse_port=shared)
    except OSError as error:
        raise InvalidSettings(
            f"setting {setting}: an address where this process can listen is expected, got {address}: {error.strerror}"
        ) from None
