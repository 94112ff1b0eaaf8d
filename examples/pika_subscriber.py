"""Prints events of the Strategic Partnerships Platform, with pika.

    python examples/pika_subscriber.py ADDRESS TYPE…

ADDRESS is what the operator of the platform gave you, TYPE such as engagements.milestone.reached. Run it under a
supervisor that starts it again: it ends when the broker goes away, and what it has not acknowledged comes again.
"""

import json
import sys
from typing import Any

import pika

# Keep both in your database, and write them in the transaction that holds what you did about the event.
seen: set[str] = set()
newest: dict[str, str] = {}


def handle(channel: Any, delivery: Any, properties: Any, body: bytes) -> None:
    """Print one event, and acknowledge it afterwards: one that you fail to handle is delivered again."""
    event = attributes(properties.headers)
    print(verdict(event), event["type"], event["subject"], event["sequence"], json.loads(body), flush=True)
    channel.basic_ack(delivery.delivery_tag)


def verdict(event: dict[str, str]) -> str:
    """Tell whether an event is new, a copy, or older than one of the same subject that was handled before."""
    if event["id"] in seen:
        return "copy"  # delivered at least once: the id stays the same, so do nothing
    seen.add(event["id"])
    if event["sequence"] < newest.get(event["subject"], ""):
        return "late"  # what you know of the subject is newer: do not write over it
    newest[event["subject"]] = event["sequence"]  # leading zeros: they compare as text
    return "new"


def attributes(headers: dict[str, str]) -> dict[str, str]:
    """Give the CloudEvents attributes, without the prefix that they have as headers."""
    return {name.removeprefix("cloudEvents_"): value for name, value in headers.items()}


def main(address: str, *types: str) -> None:
    """Bind the queue to the types wanted, and take what comes, until Ctrl-C."""
    parameters = pika.URLParameters(address)
    # The queue was made with your user. It is durable: events wait in it while you are away, at most 256 MiB of them.
    queue = f"{parameters.credentials.username}.events"
    channel = pika.BlockingConnection(parameters).channel()
    for type in types:
        service, _, key = type.partition(".")
        channel.queue_bind(queue, exchange=f"{service}.events", routing_key=key)  # again does no harm
    channel.basic_qos(prefetch_count=10)  # how many are on their way to you unacknowledged
    channel.basic_consume(queue, handle)
    print("listening", flush=True)
    channel.start_consuming()


if __name__ == "__main__":
    main(*sys.argv[1:])
