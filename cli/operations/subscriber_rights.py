"""RabbitMQ's definitions of a subscriber: a user, a queue, and the topics that it may bind to.

Everything is listed and nothing is matched by a wildcard: RabbitMQ compares the key of a binding with these
patterns as text, so that `#` and `milestone.*` fit none of them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chassis.access.broker_users import kept_password

EXCHANGE = "{}.events"
NOTHING = "^$"
DAY_MILLISECONDS = 24 * 3600 * 1000
QUEUE_BYTES = 256 * 1024 * 1024
QUEUE_ARGUMENTS = {
    "x-queue-type": "quorum",
    "x-max-length-bytes": QUEUE_BYTES,
    "x-overflow": "drop-head",  # with reject-publish a full queue would hold up the publisher for everybody
    "x-delivery-limit": 20,
}
FOR_NAMEKO = {"max-length-bytes": QUEUE_BYTES, "expires": 14 * DAY_MILLISECONDS}
"""A policy, for nameko gives its queues no arguments."""


@dataclass(frozen=True, kw_only=True)
class Subscriber:
    """An integrator's system; `types` are the events it may read, and `nameko` lets it declare nameko's queues."""

    name: str
    types: Sequence[str]
    nameko: bool = False
    vhost: str = "/"

    @property
    def user(self) -> str:
        """The name of its user, which no service's user has."""
        return f"subscriber-{self.name}"

    @property
    def queue(self) -> str:
        """The name of its queue."""
        return f"{self.user}.events"

    @property
    def of_nameko(self) -> str:
        """Match the queues that nameko declares for the event handlers of a service of this name."""
        return rf"evt-[a-z_]+-[a-z_0-9.]+--{self.name}\..+"

    def definitions(self, password: str) -> dict[str, Any]:
        """Give what `rabbitmqctl import_definitions` takes; a user that is there already gets this password."""
        return {
            "users": [{"name": self.user, "tags": "", **kept_password(password)}],
            "permissions": [self._permissions()],
            "topic_permissions": [self._of_exchange(*each) for each in _keys(self.types).items()],
            "queues": [{**self._here, "name": self.queue, "durable": True, **_ARGUMENTS}],
            "policies": [self._policy()] if self.nameko else [],
        }

    @property
    def _here(self) -> dict[str, str]:
        return {"vhost": self.vhost}

    def _permissions(self) -> dict[str, str]:
        own = [re.escape(self.queue), *([self.of_nameko] if self.nameko else [])]
        exchanges = [re.escape(EXCHANGE.format(service)) for service in _keys(self.types)]
        declares = _one_of([self.of_nameko]) if self.nameko else NOTHING
        rights = {"configure": declares, "write": _one_of(own), "read": _one_of([*own, *exchanges])}
        return {**self._here, "user": self.user, **rights}

    def _of_exchange(self, service: str, keys: Iterable[str]) -> dict[str, str]:
        read = _one_of(map(re.escape, keys))
        return {**self._here, "user": self.user, "exchange": EXCHANGE.format(service), "write": NOTHING, "read": read}

    def _policy(self) -> dict[str, Any]:
        pattern = _one_of([self.of_nameko])
        return {**self._here, "name": self.user, "pattern": pattern, "apply-to": "queues", "definition": FOR_NAMEKO}


_ARGUMENTS: Mapping[str, Any] = {"auto_delete": False, "arguments": QUEUE_ARGUMENTS}


def _keys(types: Iterable[str]) -> dict[str, list[str]]:
    """Give the routing keys by the service that publishes them."""
    found: dict[str, list[str]] = {}
    for service, _, key in (type.partition(".") for type in sorted(types)):
        found.setdefault(service, []).append(key)
    return found


def _one_of(patterns: Iterable[str]) -> str:
    return f"^({'|'.join(patterns)})$"
