"""How the gateway asks a service: with a deadline, after which nothing is left behind."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import uuid4

import structlog
from eventlet import Timeout
from nameko import config
from nameko.amqp.publish import UndeliverableMessage
from nameko.rpc import ClusterRpc, ReplyListener

from chassis.consumer import SafeConsumer
from chassis.envelope import Cause
from chassis.faults import Fault
from chassis.scope import Scope

_log = structlog.get_logger(__name__)


class SafeReplyConsumer(SafeConsumer, ReplyListener.ReplyConsumer):
    """The reply consumer, surviving lost connections."""


class Replies(ReplyListener):
    """Listens for answers; a call that gives up takes its entry with it."""

    consumer_cls = SafeReplyConsumer


class Services(ClusterRpc):
    """Injects `ask`, the only way from one process into another that waits for an answer."""

    reply_listener = Replies()

    def get_dependency(self, worker_ctx: Any) -> "Services":
        """Inject this very object: it keeps nothing of the caller."""
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
    ) -> dict[str, Any]:
        """Give the service's answer.

        Raises Fault: the service's own; `unavailable` when there is no such service or no
        broker; `late` when no answer came in time (a command may have happened all the same:
        its `command_id` makes it safe to repeat).
        """
        call: dict[str, Any] = {"arguments": arguments, "scope": asdict(scope), "cause": asdict(cause)}
        if command_id is not None:
            call["command_id"] = command_id
        limit = deadline_seconds or config["RPC_DEADLINE_SECONDS"]
        return _answer(self._call(service, operation, call, limit), operation)

    def _call(self, service: str, operation: str, call: Mapping[str, Any], limit: float) -> dict[str, Any]:
        correlation_id = str(uuid4())
        wait = self.reply_listener.register_for_reply(correlation_id)
        try:
            with Timeout(limit):
                self._send(f"{service}.{operation}", call, correlation_id, limit)
                reply: dict[str, Any] = wait()
                return reply
        except Timeout:
            late = f"{service} did not answer in {limit} s"
            raise Fault(kind="late", code="deadline_exceeded", message=late) from None
        except UndeliverableMessage:
            raise Fault(kind="unavailable", code="service_unavailable", message=f"{service} is not running") from None
        except OSError as error:
            _log.warning("broker_away", error=f"{type(error).__name__}")
            raise Fault(kind="unavailable", code="broker_unavailable", message="the broker does not answer") from None
        finally:
            self.reply_listener.pending.pop(correlation_id, None)

    def _send(self, routing_key: str, call: Mapping[str, Any], correlation_id: str, limit: float) -> None:
        self.publisher.publish(
            {"args": [], "kwargs": call},
            routing_key=routing_key,
            mandatory=True,
            correlation_id=correlation_id,
            expiration=limit,  # kombu takes seconds: a request nobody waits for any more is dropped
        )


def _answer(reply: Mapping[str, Any], operation: str) -> dict[str, Any]:
    if reply.get("error"):
        _log.error("call_refused", operation=operation, error=str(reply["error"].get("exc_type")))
        raise Fault(kind="broken", code="internal_error", message="the service could not read the call")
    result = reply["result"]
    if "fault" in result:
        raise Fault.from_data(result["fault"])
    answer: dict[str, Any] = result["ok"]
    return answer
