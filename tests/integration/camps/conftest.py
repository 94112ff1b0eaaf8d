"""What the tests of camps share: the service, called directly."""

from datetime import UTC, datetime

import pytest

from chassis.persistence.unit_of_work import Store
from tests.integration.camps.harness import CampsHarness


@pytest.fixture
def camps(store: Store) -> CampsHarness:
    """Camps with its indexes, and nothing in it."""
    return CampsHarness(store)


@pytest.fixture
def after_the_summer_camp_began() -> datetime:
    """Nine in the morning in Boston on 13 July."""
    return datetime(2026, 7, 13, 13, 0, tzinfo=UTC)
