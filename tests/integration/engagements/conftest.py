"""What the tests of engagements share: the service, called by hand."""

import pytest

from chassis.persistence.unit_of_work import Store
from tests.integration.engagements.harness import EngagementsByHand


@pytest.fixture
def engagements(store: Store) -> EngagementsByHand:
    """Engagements with its indexes, and nothing in it."""
    return EngagementsByHand(store)
