"""nameko's consumer with what it lacks to be safe; the numbers are those of `docs/decisions/0004`."""

import structlog
from kombu.message import Message
from nameko.amqp.consume import Consumer

_log = structlog.get_logger(__name__)


class SafeConsumer(Consumer):
    """Keeps what it cannot read, and survives a connection that is gone when it acks."""

    def on_decode_error(self, message: Message, exc: Exception) -> None:
        """Send a body that does not decode to the dead letters (2.3: stock acks it, so it is lost)."""
        _log.error("undecodable", queue=self.queues[0].name, message_id=message.properties.get("message_id"))
        self.reject_message(message)

    def ack_message(self, message: Message) -> None:
        """Ack; if the connection is gone the broker has taken the message back already.

        2.6: stock nameko lets the reset of a connection end the whole process.
        """
        try:
            super().ack_message(message)
        except (OSError, *self.connection.connection_errors) as error:
            _log.warning("ack_too_late", error=type(error).__name__)

    def reject_message(self, message: Message) -> None:
        """Refuse a message for good: where its queue has a dead letter exchange, it is kept there."""
        try:
            message.reject(requeue=False)
        except (OSError, *self.connection.connection_errors) as error:
            _log.warning("reject_too_late", error=type(error).__name__)
