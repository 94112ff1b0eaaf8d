"""Run inside a process's container: tries with its own user what is another's, and prints what was refused.

python -W ignore -c '…' mine theirs
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from amqp.exceptions import AccessRefused
from kombu import Connection, Queue
from pymongo import MongoClient
from pymongo.errors import OperationFailure

from chassis.messaging.publisher import ConfirmedPublisher, NotConfirmed, Outgoing
from chassis.runtime import config

MINE, THEIRS = sys.argv[1:]
SETTINGS = config.given(Path("config.yml"))
DATABASE: MongoClient[Any] = MongoClient(SETTINGS["MONGO_URI"])


def publish(exchange: str, key: str) -> None:
    message = Outgoing(exchange=exchange, routing_key=key, data={}, headers={})
    ConfirmedPublisher(SETTINGS["AMQP_URI"]).publish([message])


def on_the_broker(attempt: Callable[[Any], Any]) -> None:
    with Connection(SETTINGS["AMQP_URI"]) as connection:
        attempt(connection.channel())


ATTEMPTS: dict[str, Callable[[], Any]] = {
    "read another's database": lambda: DATABASE[THEIRS]["outbox"].find_one(),
    "write another's database": lambda: DATABASE[THEIRS]["things"].insert_one({}),
    "take from another's inbox": lambda: on_the_broker(lambda channel: Queue(f"{THEIRS}.inbox")(channel).get()),
    "bind to another's events": lambda: on_the_broker(
        lambda channel: Queue(f"{MINE}.inbox")(channel).bind_to(f"{THEIRS}.events", routing_key="#")
    ),
    "publish another's event": lambda: publish(f"{THEIRS}.events", "thing.happened"),
    "write into another's inbox": lambda: publish("", f"{THEIRS}.inbox"),
    "ask another": lambda: publish("nameko-rpc", f"{THEIRS}.write"),
}

for name, attempt in ATTEMPTS.items():
    try:
        attempt()
        print(f"allowed: {name}")
    except (OperationFailure, AccessRefused):
        print(f"refused: {name}")
    except NotConfirmed as error:
        print(f"refused: {name}" if "AccessRefused" in str(error) else f"broken: {name}: {error}")
