"""Health checks that are served outside the worker pool, so that load cannot block them.

2.13: stock nameko serves its health check from the same pool as its work.
"""

from typing import Any

import pymongo
import structlog
from pymongo.errors import PyMongoError

from chassis.messaging.consumer import ReconnectingConsumer
from chassis.persistence.unit_of_work import Store

DATABASE_TIMEOUT_SECONDS = 1.0
LONGEST_RECONNECT_SECONDS = 300.0
"""A process whose consumer has had no connection for longer than this should be restarted."""
Checks = dict[str, bool]
_log = structlog.get_logger(__name__)


class Health:
    """Readiness and liveness of this process."""

    def __init__(self, container: Any) -> None:
        """Check the extensions and dependencies of nameko's container."""
        self._container = container
        self.has_started = False
        self.is_stopping = False

    @property
    def consumers(self) -> dict[str, ReconnectingConsumer]:
        """Every consumer of this process that has been set up, by its class name."""
        shared = self._container.shared_extensions.values()
        return {type(each).__name__: each.consumer for each in shared if hasattr(each, "consumer")}

    @property
    def store(self) -> Store | None:
        """The store of this process; None if it has none, or not yet."""
        return next((each.store for each in self._container.dependencies if hasattr(each, "store")), None)

    def readiness(self) -> Checks:
        """Whether each consumer is consuming and the database answers: only then should it get requests."""
        consuming = {name: consumer.is_consuming for name, consumer in self.consumers.items()}
        database = {"database": _answers(self.store)} if self.store else {}
        return {"started": self.has_started, "accepting_work": not self.is_stopping, **consuming, **database}

    def liveness(self) -> Checks:
        """Whether this process can recover by itself: it should be restarted when one of these is False.

        An answer at all shows that eventlet's hub is running.
        """
        silent = {name: consumer.silent_seconds for name, consumer in self.consumers.items()}
        return {name: seconds < LONGEST_RECONNECT_SECONDS for name, seconds in silent.items()}


def _answers(store: Store) -> bool:
    """Whether the replica set has a primary, which takes writes."""
    try:
        with pymongo.timeout(DATABASE_TIMEOUT_SECONDS):
            store.database.command("ping")
    except PyMongoError as error:
        _log.warning("database_away", error=type(error).__name__)
        return False
    return True
