"""The whole platform, and what every journey begins with."""

import pytest

from cli.local.instance import Instance
from tests.journeys.platform_driver import Programme


@pytest.fixture
def programme(instance: Instance) -> Programme:
    """The programme as a member of staff works with it; each test has partners of its own."""
    return Programme(instance)
