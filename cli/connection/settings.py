"""The settings of the command line; addresses are checked for their form, and those of the parts may be missing."""

from collections.abc import Mapping
from typing import Any

from chassis.runtime import config
from chassis.runtime.settings import Declared
from cli import settings as command_line
from cli.connection.services import services
from cli.local.errors import CannotStart
from cli.local.process import REPOSITORY
from gateway import settings as gateway


def settings() -> Mapping[str, Any]:
    """Read config.yml and the environment; raises CannotStart for a bad secret file or address."""
    try:
        found = config.given(REPOSITORY / "config.yml")
        config.check_addresses(found, every_section())
    except config.InvalidSettings as error:
        raise CannotStart(str(error)) from None
    return found


def every_section() -> Declared:
    """Give every section of config.yml, as the service or program that uses it declares it."""
    own = (*command_line.SECTIONS, *gateway.SECTIONS)
    return (*own, *(section for service in services().values() for section in service.settings))
