"""What the tests of engagements share: the service, called directly, and one engagement that works on something."""

import pytest

from chassis.persistence.unit_of_work import Store
from tests.integration.engagements.harness import EngagementsHarness
from tests.integration.engagements.improving import Improving


@pytest.fixture
def engagements(store: Store) -> EngagementsHarness:
    """Engagements with its indexes, and nothing in it."""
    return EngagementsHarness(store)


@pytest.fixture
def improving(engagements: EngagementsHarness) -> Improving:
    """An engagement under way, with what initiatives need."""
    return Improving(engagements)
