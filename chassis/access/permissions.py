"""What a process may do on the broker: the least with which it runs once its topology is there (2.19).

A name is that of an exchange or a queue of one virtual host. To configure is to declare and delete it; to write is to
publish to an exchange or bind a queue; to read is to consume a queue or bind to an exchange. A key is what a topic
exchange routes by.
https://www.rabbitmq.com/docs/access-control
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from nameko.rpc import get_rpc_exchange

from chassis.messaging.topology import dead_letter_queue, direct_exchange, events_exchange, inbox_queue, rpc_queue

NOTHING = "^$"
REPLY_KEY = "^[0-9a-f-]{32,36}$"
"""The key of one caller's answers: a UUID of its own."""
CALL_KEY = r"^[a-z0-9_-]+\.[a-z0-9_]+$"
"""The key of a call: service and operation."""


@dataclass(frozen=True, kw_only=True)
class BrokerPermissions:
    """Regular expressions of names, and of the keys of calls and answers, that one user may use."""

    configure: str
    write: str
    read: str
    keys_written: str
    """With which keys it may publish to the exchange of calls and answers."""
    keys_read: str = NOTHING
    """With which keys it may bind a queue to that exchange."""


def of_service(service: str) -> BrokerPermissions:
    """Give what a service needs: it publishes its events, puts messages into its own queues, and answers.

    What it hears is bound by whoever prepares the topology, so it can bind nothing to another's exchange; without the
    default exchange it can reach nobody else's queue.
    """
    exchanges = [each.name for each in (events_exchange(service), direct_exchange(service), get_rpc_exchange())]
    queues = [inbox_queue(service), dead_letter_queue(service), rpc_queue(service)]
    return BrokerPermissions(configure=NOTHING, write=_any_of(exchanges), read=_any_of(queues), keys_written=REPLY_KEY)


def of_caller(process: str) -> BrokerPermissions:
    """Give what one that only asks needs: it calls every service, and has queues for its answers."""
    answers = rf"rpc\.reply-{re.escape(process)}-[0-9a-f-]+"
    both = f"^({re.escape(get_rpc_exchange().name)}|{answers})$"
    return BrokerPermissions(
        configure=f"^{answers}$", write=both, read=both, keys_written=CALL_KEY, keys_read=REPLY_KEY
    )


def _any_of(names: Iterable[str]) -> str:
    return f"^({'|'.join(map(re.escape, names))})$"
