"""How a service answers: commands change something once, queries only read, errors are data."""

import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog
from kombu.message import Message
from nameko.exceptions import ContainerBeingKilled, MethodNotFound, serialize
from nameko.extensions import register_entrypoint
from nameko.rpc import Rpc, RpcConsumer
from pymongo.errors import PyMongoError

from chassis.audit.records import record_done, record_read, record_refused
from chassis.audit.refusals import AuditedAction, Refusal
from chassis.domain.causation import Cause
from chassis.domain.errors import DomainError, FieldError, Invalid, Unavailable
from chassis.domain.faults import Fault
from chassis.domain.identity import select_ids
from chassis.domain.scope import Scope
from chassis.messaging.consumer import SafeConsumer
from chassis.observability import attributes
from chassis.observability.instrumentation import Kind as WorkKind
from chassis.observability.instrumentation import Measurement, instrumented
from chassis.persistence.documents import to_public
from chassis.persistence.unit_of_work import Reading, Store, UnitOfWork
from chassis.rpc.idempotency import Command, CommandResult, Outcome, execute_once
from chassis.rpc.references import retry_unknown_references
from chassis.rpc.transport import DEADLINE, send, whole_frames
from chassis.schemas.fields import Id
from chassis.schemas.operations import Declared, Kind
from chassis.schemas.validation import load

Response = dict[str, Any]
"""What a call is answered: the result of the operation as `ok`, or a `fault`."""
_COMMAND_ID_MISSING = FieldError(pointer="/command_id", code="missing", detail="every command carries an id")
OUR_FAULTS = ("broken", "unavailable")
"""The kinds of faults that are not the caller's."""
_AWAY = Fault(kind="unavailable", code="database_unavailable", message="the database does not answer")
_BROKE = Fault(kind="broken", code="internal_error", message="something broke here; it has been logged")
_log = structlog.get_logger(__name__)


class CommandIdMissing(Invalid):
    """A command carries an id of the caller's, so that a repeat of it is known to be one."""


class GuardedRpcConsumer(RpcConsumer):
    """Answers on the channel a call came on, and lets one without an address for the answer do no harm.

    2.8: a message without `reply_to` ends a stock process.
    """

    consumer_cls = SafeConsumer

    def __init__(self, **options: Any) -> None:
        """Take what nameko's consumer takes."""
        super().__init__(**options)
        self._operations: dict[str, Operation] = {}

    def register_provider(self, provider: "Operation") -> None:
        """Answer calls of an operation."""
        super().register_provider(provider)
        self._operations[f"{self.container.service_name}.{provider.method_name}"] = provider

    def setup(self) -> None:
        """Prepare to consume a queue that is there already (2.19)."""
        super().setup()
        self.queue.no_declare = True

    def handle_message(self, body: Any, message: Message) -> None:
        """Refuse what cannot be answered, drop what nobody waits for any more, and hand on the rest."""
        if not message.properties.get("reply_to"):
            _log.error("call_without_reply_to", routing_key=message.delivery_info.get("routing_key"))
            self.consumer.reject_message(message)
        elif (late := _seconds_late(message)) > 0:
            _log.warning("call_expired", routing_key=message.delivery_info.get("routing_key"), seconds=round(late, 1))
            self.consumer.ack_message(message)
        else:
            super().handle_message(body, message)

    def get_provider_for_method(self, routing_key: str) -> "Operation":
        """Return the operation that is called; stock nameko compares the names of all. Raises MethodNotFound."""
        operation = self._operations.get(routing_key)
        if operation is None:
            raise MethodNotFound(routing_key.rpartition(".")[2])
        return operation

    def handle_result(self, message: Message, result: Any, exc_info: Any) -> tuple[Any, Any]:
        """Send the answer and settle the call; where its connection is gone, the broker gives it to somebody again."""
        answer = {"result": result, "error": exc_info and serialize(exc_info[1])}
        try:
            self._send(message, answer)
        except TypeError:
            _log.exception("answer_broke")
            self._send(message, {"result": {"fault": _BROKE.as_data()}, "error": None})
        except OSError as error:
            _log.warning("answer_too_late", error=type(error).__name__)
        with whole_frames(message.channel):
            self.consumer.ack_message(message)
        return result, exc_info

    def _send(self, message: Message, answer: Mapping[str, Any]) -> None:
        send(
            message.channel,
            answer,
            held=True,
            exchange=self.queue.exchange.name,
            routing_key=message.properties["reply_to"],
            correlation_id=message.properties.get("correlation_id"),
        )


def _seconds_late(message: Message) -> float:
    """Give how long ago the caller gave up; 0 for a call that does not say until when it is waited for."""
    deadline = message.headers.get(DEADLINE)
    return time.time() - deadline / 1000 if isinstance(deadline, int) else 0


class Operation(Rpc):
    """The entry point of one operation: a call comes in under its name, and is answered."""

    rpc_consumer = GuardedRpcConsumer()

    def __init__(self, declared: Declared, **kwargs: Any) -> None:
        """Answer what is `declared`."""
        self.declared = declared
        super().__init__(**kwargs)

    def handle_message(self, body: Any, message: Message) -> None:
        """Begin a call where a worker is free; else wait beside the consumer, which must go on answering heartbeats.

        Stock nameko always makes a thread that waits. Nothing of the call is looked at here: every call has the same
        members, and the operation's own are checked where they are read.
        """
        begin = partial(self._begin, (body["args"], body["kwargs"]), message)
        if self.container.has_free_worker():
            begin()
        else:
            self.container.spawn_managed_thread(begin, identifier=f"waiting_for_worker[{self.method_name}]")

    def _begin(self, members: tuple[Any, Any], message: Message) -> None:
        try:
            self.container.spawn_worker(self, *members, handle_result=partial(self.handle_result, message))
        except ContainerBeingKilled:
            self.rpc_consumer.consumer.requeue_message(message)


def answering(declared: Declared) -> Callable[..., Response]:
    """Give the method by which a service answers calls of an operation."""

    def answer(self: Any, *, arguments: Any, scope: Any, cause: Any, command_id: str | None = None) -> Response:
        structlog.contextvars.bind_contextvars(operation=declared.name, correlation_id=cause["correlation_id"])
        with _measurement(self.name, declared, cause.get("traceparent")) as measurement:
            caused = Cause(**{**cause, "traceparent": measurement.span.traceparent})
            call = Call(service=self, operation=declared, arguments=arguments, command_id=command_id,
                        scope=Scope.from_data(scope), cause=caused)  # fmt: skip
            response = call.answered()
            measurement.outcome = response["fault"]["kind"] if "fault" in response else "ok"
            measurement.failed = measurement.outcome in OUR_FAULTS
        return response

    answer.__name__, answer.__doc__ = declared.name, declared.description
    register_entrypoint(answer, Operation(declared))
    return answer


@dataclass(frozen=True, kw_only=True)
class Call:
    """One call of an operation, and the steps in which it is answered: check, read, carry out, record."""

    service: Any
    operation: Declared
    arguments: Any
    command_id: str | None
    scope: Scope
    cause: Cause

    def answered(self) -> Response:
        """Give the answer; whatever goes wrong is told as a fault."""
        try:
            return self._performed()
        except DomainError as error:
            fault = Fault.from_error(error)
            record_refused(self.service.store, self._refusal(fault))
            return {"fault": fault.as_data()}
        except Unavailable as error:
            _log.warning("operation_unavailable", error=error.code)
            return {"fault": Fault(kind="unavailable", code=error.code, message=str(error)).as_data()}
        except PyMongoError as error:
            _log.warning("database_away", error=f"{type(error).__name__}: {error}"[:300])
            return {"fault": _AWAY.as_data()}
        except Exception:
            _log.exception("operation_broke")
            return {"fault": _BROKE.as_data()}

    @property
    def action(self) -> AuditedAction:
        """What of it is recorded: of all that is given the ids alone, for anything else could be personal."""
        given = self.arguments if isinstance(self.arguments, dict) else {}
        ids = [given.get(name) for name, field in self.operation.reader.fields.items() if isinstance(field, Id)]
        return AuditedAction(operation=self._name, scope=self.scope, about=select_ids(ids))

    def _refusal(self, fault: Fault) -> Refusal:
        at, request_id = self.service.store.clock(), self.cause.correlation_id
        return Refusal(service=self.service.name, action=self.action, code=fault.code, at=at, request_id=request_id)

    def _performed(self) -> Response:
        self.operation.refuse_others(self.scope)
        self.operation.refuse_names(self.arguments)
        wanted = self.operation.arguments(load(self.operation.reader, self.arguments))
        store: Store = self.service.store
        if self.operation.kind is Kind.QUERY:
            read = lambda: self._seen(store.reading(cause=self.cause), wanted)  # noqa: E731  as short as what it does
            return {"ok": retry_unknown_references(read)}
        if self.operation.kind is Kind.APPEND:
            return {"ok": store.transact(lambda uow: self._effect(uow, wanted), cause=self.cause)}
        outcome = self._once(lambda uow: self._recorded(uow, wanted))
        return {"ok": outcome.result, "repeated": outcome.repeated}

    def _once(self, effect: Callable[[UnitOfWork], CommandResult]) -> Outcome:
        if not self.command_id:
            raise CommandIdMissing(fields=[_COMMAND_ID_MISSING])
        command = Command(id=self.command_id, operation=self.operation.name, arguments=self.arguments, scope=self.scope,
                          entered_as_history=self.cause.entered_as_history)  # fmt: skip
        store: Store = self.service.store
        once = lambda uow: execute_once(uow, command, lambda: effect(uow))  # noqa: E731  as short as what it does
        return retry_unknown_references(lambda: store.transact(once, cause=self.cause))

    def _seen(self, reading: Reading, wanted: Mapping[str, Any]) -> dict[str, Any]:
        answer = self._effect(reading, wanted)
        if self.operation.is_about_people:
            record_read(self.service.store, self.action, answer, cause=self.cause)
        return answer

    def _recorded(self, uow: UnitOfWork, wanted: Mapping[str, Any]) -> CommandResult:
        result = self._effect(uow, wanted)
        record_done(uow, self.action)
        return result

    def _effect(self, seen_by: Reading, wanted: Mapping[str, Any]) -> dict[str, Any]:
        given = {"uow": seen_by, "reading": seen_by, "scope": self.scope}
        arguments = self.operation.given_by(self.service, given)
        result = self.operation.function(**arguments, **wanted)
        return result if isinstance(result, dict) else to_public(result)

    @property
    def _name(self) -> str:
        return f"{self.service.name}.{self.operation.name}"


def _measurement(service: str, declared: Declared, traceparent: str | None) -> AbstractContextManager[Measurement]:
    return instrumented(
        service=service,
        entrypoint=f"{service}.{declared.name}",
        kind=WorkKind.RPC,
        traceparent=traceparent,
        attributes=attributes.of_call(service, declared.name),
    )
