"""The whole platform, and what every journey begins with."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.journeys.programme import Programme

from cli.instance import Instance



@pytest.fixture
def programme(instance: Instance) -> Programme:
    """The programme as a member of staff works with it; each test has partners of its own."""
    return Programme(instance)


@pytest.fixture
def story(instance: Instance) -> Callable[[str], list[Any]]:
    """Give everything that was said because of one request, from what the services wrote down."""
    return lambda correlation_id: Programme(instance).said_because_of(correlation_id)
