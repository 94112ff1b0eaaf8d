"""The only place of this package that reads the caller's environment variables."""

import os
from collections.abc import Mapping

KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "http_proxy", "https_proxy", "no_proxy")


def plain_environment(*, also: Mapping[str, str] | None = None) -> dict[str, str]:
    """A child's environment: the few variables every program needs, and what is given.

    Nothing else passes, so that a stray RABBITMQ_* or PYTHON* setting of the caller cannot change a private part.
    """
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {"PATH": os.defpath, **kept, **(also or {})}
