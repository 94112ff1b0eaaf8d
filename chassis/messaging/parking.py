"""Moves parked messages back to where they are collected."""

from chassis.messaging.connection import connect
from chassis.messaging.topology import dead_letter_queue, message_count, parked_queue

CONFIRM_SECONDS = 5.0


def unpark(amqp_uri: str, *, service: str) -> int:
    """Move the messages that are parked now to the dead-letter queue, as they are, and give how many.

    Each is acknowledged after the broker has confirmed its copy. Raises py-amqp's errors when the broker is away.
    """
    count = message_count(amqp_uri, parked_queue(service))
    with connect(amqp_uri) as connection, connection.channel() as channel:
        for moved in range(count):
            message = channel.basic_get(parked_queue(service))
            if message is None:
                return moved
            to = {"routing_key": dead_letter_queue(service), "confirm_timeout": CONFIRM_SECONDS}
            channel.basic_publish_confirm(message, **to)
            channel.basic_ack(message.delivery_info["delivery_tag"])
    return count
