"""The peer's libraries, in an environment of their own."""

from pathlib import Path

from dev.dependencies.environments import group_environment
from dev.dependencies.locks import locked

PEER = group_environment("bench")
_SHOWN = ("fastapi", "faststream", "aio-pika", "uvicorn", "uvloop")


def peer_python() -> Path:
    """Give the interpreter with the peer's libraries, created anew when the lock has changed.

    Raises CannotStart when it cannot be made.
    """
    return PEER.ensured().python


def peer_versions() -> dict[str, str]:
    """Give the versions of the peer's libraries."""
    versions = locked(PEER.lock)
    return {name: versions[name] for name in _SHOWN}
