"""The settings as the command line sees them: not yet checked, for the parts may still have to be started."""

from collections.abc import Mapping
from typing import Any

from nameko.cli.utils.config import load_config

from cli.local.process import REPOSITORY


def settings() -> Mapping[str, Any]:
    """Read config.yml with what the environment says."""
    with (REPOSITORY / "config.yml").open(encoding="utf-8") as file:
        read: Mapping[str, Any] = load_config(file)
    return read
