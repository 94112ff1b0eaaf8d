"""What the tests of notifications share: the service, called directly."""

import pytest

from chassis.persistence.unit_of_work import Store
from cli.local.parts import Parts
from services.notifications.service import NotificationsService
from tests.integration.notifications.harness import NotificationsHarness


@pytest.fixture
def notifications(store: Store, parts: Parts) -> NotificationsHarness:
    """Notifications with its indexes, and nothing in it."""
    for repository in NotificationsService.repositories:
        if repository.indexes:
            store.database[repository.collection].create_indexes(list(repository.indexes))
    assert parts.mail_folder
    return NotificationsHarness(store, smtp_uri=parts.smtp_uri, mail_folder=parts.mail_folder)
