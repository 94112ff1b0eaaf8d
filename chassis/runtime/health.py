"""How a process is, told beside its workers: load cannot hide it, and a process that hears nothing is not ready.

2.13: stock nameko answers for its health with the workers that are busy.
"""

from typing import Any

import pymongo
import structlog
from pymongo.errors import PyMongoError

from chassis.messaging.consumer import ReconnectingConsumer
from chassis.persistence.unit_of_work import Store

DATABASE_SECONDS = 1.0
LONGEST_RECONNECT_SECONDS = 300.0
"""A consumer that has had no connection for so long will not get one: another process may."""
Parts = dict[str, bool]
_log = structlog.get_logger(__name__)


class Health:
    """What this process needs, and whether each of it works now."""

    def __init__(self, container: Any) -> None:
        """Look at everything that nameko's container runs."""
        self._container = container
        self.has_started = False
        self.is_about_to_stop = False

    @property
    def consumers(self) -> dict[str, ReconnectingConsumer]:
        """Everything that listens to the broker, by name, as soon as it has been set up."""
        shared = self._container.shared_extensions.values()
        return {type(each).__name__: each.consumer for each in shared if hasattr(each, "consumer")}

    @property
    def store(self) -> Store | None:
        """The database of this process; None where it has none, or not yet."""
        return next((each.store for each in self._container.dependencies if hasattr(each, "store")), None)

    def readiness(self) -> Parts:
        """Whether this process hears, answers and reaches its database: only then should it be given work."""
        hearing = {name: consumer.is_consuming for name, consumer in self.consumers.items()}
        database = {"database": _answers(self.store)} if self.store else {}
        return {"started": self.has_started, "staying": not self.is_about_to_stop, **hearing, **database}

    def liveness(self) -> Parts:
        """Whether this process can still mend itself: it only has to be ended when something here is False.

        That this is told at all shows that the hub turns.
        """
        silent = {name: consumer.silent_seconds for name, consumer in self.consumers.items()}
        return {name: seconds < LONGEST_RECONNECT_SECONDS for name, seconds in silent.items()}


def _answers(store: Store) -> bool:
    """Whether there is a primary: only it may be written to."""
    try:
        with pymongo.timeout(DATABASE_SECONDS):
            store.database.command("ping")
    except PyMongoError as error:
        _log.warning("database_away", error=type(error).__name__)
        return False
    return True
