"""The whole platform, and what every journey begins with."""

import pytest

from cli.local.instance import Instance
from tests.journeys.platform_driver import PlatformDriver


@pytest.fixture
def platform(instance: Instance) -> PlatformDriver:
    """The platform as a member of staff uses it; each test has partners of its own."""
    return PlatformDriver(instance)
