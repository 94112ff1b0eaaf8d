"""What the tests of engagements share: the service, called directly."""

import pytest

from chassis.persistence.unit_of_work import Store
from tests.integration.engagements.harness import EngagementsHarness


@pytest.fixture
def engagements(store: Store) -> EngagementsHarness:
    """Engagements with its indexes, and nothing in it."""
    return EngagementsHarness(store)
