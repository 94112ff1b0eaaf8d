"""Publishes one message after the other and prints how each ended; a process, for eventlet's timeouts.

python -m tests.integration.chassis.nameko_hardening.publisher_process ours|stock amqp://… queue length deadline
"""

from chassis.runtime import bootstrap  # noqa: F401, I001  must come first: it patches

import sys
import time
from collections.abc import Callable

from eventlet import Timeout
from nameko.amqp.publish import Publisher

from chassis.messaging.publisher import ConfirmedPublisher, NotConfirmed, Outgoing

PAUSE_SECONDS = 0.1


def main(kind: str, amqp_uri: str, queue: str, length: str, deadline: str) -> None:
    publish = {"ours": ours, "stock": stock}[kind](amqp_uri, queue, "x" * int(length), float(deadline))
    while True:
        begun = time.monotonic()
        try:
            publish()
        except (NotConfirmed, Timeout):
            print(f"gave up after {time.monotonic() - begun:.1f} s", flush=True)
        else:
            print("published", flush=True)
        time.sleep(PAUSE_SECONDS)


def ours(amqp_uri: str, queue: str, text: str, deadline: float) -> Callable[[], None]:
    publisher = ConfirmedPublisher(amqp_uri, deadline_seconds=deadline)
    message = Outgoing(exchange="", routing_key=queue, data=text, headers={})
    return lambda: publisher.publish([message])


def stock(amqp_uri: str, queue: str, text: str, deadline: float) -> Callable[[], None]:
    publisher = Publisher(amqp_uri)

    def publish() -> None:
        with Timeout(deadline):
            publisher.publish(text, exchange="", routing_key=queue)

    return publish


main(*sys.argv[1:])
