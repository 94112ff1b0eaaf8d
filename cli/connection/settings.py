"""The settings of the command line, not validated: broker and database may have no address yet."""

from collections.abc import Mapping
from typing import Any

from chassis.runtime import config
from cli.local.errors import CannotStart
from cli.local.process import REPOSITORY


def settings() -> Mapping[str, Any]:
    """Read config.yml and the environment; raises CannotStart when a secret's file cannot be read."""
    try:
        return config.given(REPOSITORY / "config.yml")
    except config.InvalidSettings as error:
        raise CannotStart(str(error)) from None
