"""The RPC client of the gateway: every call has a deadline, after which nothing of it is left behind.

Calls are published on the connection that consumes the replies, which its consumer renews. They are published
without confirms: a lost call ends at its deadline, like an unanswered one; an unroutable call is returned at once.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from secrets import token_hex
from typing import Any
from uuid import uuid4

import structlog
from amqp.exceptions import AccessRefused
from eventlet import Timeout
from eventlet.event import Event
from kombu import Queue
from kombu.message import Message
from nameko import config
from nameko.extensions import DependencyProvider, SharedExtension
from nameko.rpc import RPC_REPLY_QUEUE_TEMPLATE, RPC_REPLY_QUEUE_TTL, get_rpc_exchange

from chassis.domain.causation import Cause
from chassis.domain.faults import Fault
from chassis.domain.scope import Scope
from chassis.messaging.consumer import ReconnectingConsumer
from chassis.rpc.transport import DEADLINE, send

_log = structlog.get_logger(__name__)


class Result(dict[str, Any]):
    """The result of an operation; `repeated` when the command was executed before and this is its recorded result."""

    repeated = False


class ReplyConsumer(ReconnectingConsumer):
    """Consumes replies, and publishes calls on the same channel."""

    _channel: Any = None

    def __init__(self, *args: Any, on_return: Callable[[Any], None], **kwargs: Any) -> None:
        """`on_return` gets every message that the broker returns as unroutable."""
        super().__init__(*args, **kwargs)
        self._on_return = on_return

    def get_consumers(self, consumer_cls: Any, channel: Any) -> list[Any]:
        """Consume on a new connection; whoever may not declare the exchange of calls finds it there (2.19)."""
        with suppress(AccessRefused), channel.connection.channel() as another:
            get_rpc_exchange()(another).declare()
        return list(super().get_consumers(consumer_cls, channel))

    @contextmanager
    def extra_context(self, connection: Any, channel: Any) -> Iterator[None]:
        """Publish calls on the consumer's channel for as long as it has one."""
        channel.events["basic_return"].add(lambda _error, _exchange, _key, message: self._on_return(message))
        self._channel = channel
        try:
            with super().extra_context(connection, channel):
                yield
        finally:
            self._channel = None

    def send(self, call: Mapping[str, Any], **envelope: Any) -> None:
        """Publish one call as mandatory; raises OSError when there is no connection."""
        if self._channel is None:
            raise ConnectionError("there is no connection to the broker")
        send(self._channel, {"args": [], "kwargs": call}, mandatory=True, **envelope)


class RpcConnection(SharedExtension):
    """The connection of this process for calls to all services, with the calls that wait for their reply."""

    def setup(self) -> None:
        """Prepare this process's own reply queue."""
        self._pending: dict[str, Event] = {}
        self._exchange, self._reply_to = get_rpc_exchange(), str(uuid4())
        self._exchange.no_declare = True  # the consumer sees to it
        queue = Queue(
            RPC_REPLY_QUEUE_TEMPLATE.format(self.container.service_name, self._reply_to),
            exchange=self._exchange,
            routing_key=self._reply_to,
            queue_arguments={"x-expires": RPC_REPLY_QUEUE_TTL},
        )
        self.consumer = ReplyConsumer(
            config["AMQP_URI"],
            queues=[queue],
            callbacks=[self._on_reply],
            heartbeat=config["HEARTBEAT"],
            accept=["json"],
            no_ack=True,
            on_return=self._on_returned,
        )

    def start(self) -> None:
        """Consume replies; returns when the broker has accepted the consumer."""
        self.container.spawn_managed_thread(self.consumer.run)
        self.consumer.wait_until_consumer_ready()

    def stop(self) -> None:
        """Stop consuming replies."""
        self.consumer.stop()

    def call(self, operation: str, call: Mapping[str, Any], *, limit_seconds: float) -> dict[str, Any]:
        """Call `service.operation` and give the reply; raises Fault `unavailable` or `late`."""
        id = token_hex(16)
        reply_event = self._pending[id] = Event()
        late = Fault(
            kind="late", code="deadline_exceeded", message=f"{operation} was not answered in {limit_seconds:g} s"
        )
        try:
            with Timeout(limit_seconds, late):
                self._send(operation, call, id, limit_seconds)
                reply: dict[str, Any] = reply_event.wait()
                return reply
        except OSError as error:
            _log.warning("broker_away", operation=operation, error=type(error).__name__)
            raise Fault(kind="unavailable", code="broker_unavailable", message="the broker does not answer") from None
        finally:
            del self._pending[id]

    def _send(self, operation: str, call: Mapping[str, Any], id: str, limit_seconds: float) -> None:
        self.consumer.send(
            call,
            exchange=self._exchange.name,
            routing_key=operation,
            correlation_id=id,
            reply_to=self._reply_to,
            # The broker drops the call when its deadline is over, and the service one that came to the broker late.
            expiration=str(int(limit_seconds * 1000)),
            application_headers={DEADLINE: int((time.time() + limit_seconds) * 1000)},
        )

    def _on_reply(self, body: dict[str, Any], message: Message) -> None:
        reply_event = self._pending.get(message.properties.get("correlation_id"))
        if reply_event is not None and not reply_event.ready():
            reply_event.send(body)

    def _on_returned(self, message: Any) -> None:
        reply_event = self._pending.get(message.properties.get("correlation_id"))
        if reply_event is not None and not reply_event.ready():
            away = Fault(kind="unavailable", code="service_unavailable", message="the service is not running")
            reply_event.send_exception(away)


class Services(DependencyProvider):
    """Injects `ask`, the only synchronous call from one process to another."""

    connection = RpcConnection()

    def get_dependency(self, worker_ctx: Any) -> "Services":
        """Inject this object itself: it has no state of the caller."""
        return self

    def ask(
        self,
        service: str,
        operation: str,
        arguments: Mapping[str, Any],
        *,
        scope: Scope,
        cause: Cause,
        command_id: str | None = None,
        deadline_seconds: float | None = None,
    ) -> Result:
        """Return the result of the operation.

        Raises Fault: the service's own; `unavailable` when there is no such service or no
        broker; `late` when no answer came in time (a command may have happened all the same:
        its `command_id` makes it safe to repeat).
        """
        call: dict[str, Any] = {"arguments": arguments, "scope": vars(scope), "cause": cause.as_data()}
        if command_id is not None:
            call["command_id"] = command_id
        limit = deadline_seconds or config["RPC_DEADLINE_SECONDS"]
        return _result_of(self.connection.call(f"{service}.{operation}", call, limit_seconds=limit), operation)


def _result_of(reply: Mapping[str, Any], operation: str) -> Result:
    if reply.get("error"):
        _log.error("call_refused", operation=operation, error=str(reply["error"].get("exc_type")))
        raise Fault(kind="broken", code="internal_error", message="the service could not read the call")
    response = reply["result"]
    if "fault" in response:
        raise Fault.from_data(response["fault"])
    result = Result(response["ok"])
    result.repeated = response.get("repeated", False)
    return result
