"""The environment of child processes; no other module of this package reads the caller's environment."""

import os
from collections.abc import Mapping
from pathlib import Path

CALLED_FROM = "CALLED_FROM"
"""Where `./partnerships` was called; it sets this before it goes to its own folder."""
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "http_proxy", "https_proxy", "no_proxy")


def plain_environment(*, also: Mapping[str, str] | None = None) -> dict[str, str]:
    """Give a child's environment: the few variables that every program needs, and those in `also`.

    No other variables are passed on, so that a RABBITMQ_* or PYTHON* variable of the caller cannot affect a child.
    """
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {"PATH": os.defpath, **kept, **(also or {})}


def folder_of_caller() -> Path:
    """Give the folder in which `./partnerships` was called: it works in the folder of the project."""
    if CALLED_FROM in os.environ:
        return Path(os.environ[CALLED_FROM])
    return Path()
