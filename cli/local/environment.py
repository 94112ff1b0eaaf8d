"""The only place of this package that reads the caller's environment variables."""

import difflib
import os
from collections.abc import Collection, Mapping

KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "http_proxy", "https_proxy", "no_proxy")

NEAR = 0.85
"""As difflib measures it: one letter of ten wrong, or two changed places."""


def plain_environment(*, also: Mapping[str, str] | None = None) -> dict[str, str]:
    """A child's environment: the few variables every program needs, and what is given.

    Nothing else passes, so that a stray RABBITMQ_* or PYTHON* setting of the caller cannot change a private part.
    """
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {"PATH": os.defpath, **kept, **(also or {})}


def nearly_named(settings: Collection[str]) -> Mapping[str, str]:
    """Give the variables of the caller that are nearly one of the settings, each with that one: nobody reads them."""
    near = {name: difflib.get_close_matches(name, settings, n=1, cutoff=NEAR) for name in os.environ.keys() - settings}
    return {name: found[0] for name, found in sorted(near.items()) if found}
