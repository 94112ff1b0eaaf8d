"""How a service answers: commands change something once, questions only read, errors are data."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any

import structlog
from kombu.message import Message
from marshmallow import Schema
from nameko.exceptions import serialize
from nameko.extensions import register_entrypoint
from nameko.rpc import Rpc, RpcConsumer
from pymongo.errors import PyMongoError

from chassis.audit.records import AuditedAction, record_done, record_refused
from chassis.domain.causation import Cause
from chassis.domain.errors import DomainError, FieldError, Invalid
from chassis.domain.faults import Fault
from chassis.domain.identity import select_ids
from chassis.domain.scope import Scope
from chassis.messaging.consumer import SafeConsumer
from chassis.observability import attributes
from chassis.observability.instrumentation import Kind, Measurement, instrumented
from chassis.persistence.unit_of_work import Store
from chassis.rpc.idempotency import Command, Outcome, execute_once
from chassis.rpc.transport import send
from chassis.schemas.fields import Id
from chassis.schemas.messages import Response
from chassis.schemas.validation import load

Answer = dict[str, Any]
Method = Callable[..., Answer]
_COMMAND_ID_MISSING = FieldError(pointer="/command_id", code="missing", detail="every command carries an id")
OUR_FAULTS = ("broken", "unavailable")
"""The kinds of faults that are not the caller's."""
_BROKE = Fault(kind="broken", code="internal_error", message="something broke here; it has been logged")
_log = structlog.get_logger(__name__)


class CommandIdMissing(Invalid):
    """A command carries an id of the caller's, so that a repeat of it is known to be one."""


class GuardedRpcConsumer(RpcConsumer):
    """Answers on the channel a call came on, and lets one without an address for the answer do no harm.

    2.8: a message without `reply_to` ends a stock process.
    """

    consumer_cls = SafeConsumer

    def setup(self) -> None:
        """Prepare to consume a queue that is there already (2.19)."""
        super().setup()
        self.queue.no_declare = True

    def handle_message(self, body: Any, message: Message) -> None:
        """Refuse what cannot be answered, and hand on the rest."""
        if not message.properties.get("reply_to"):
            _log.error("call_without_reply_to", routing_key=message.delivery_info.get("routing_key"))
            self.consumer.reject_message(message)
        else:
            super().handle_message(body, message)

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
        self.consumer.ack_message(message)
        return result, exc_info

    def _send(self, message: Message, answer: Mapping[str, Any]) -> None:
        send(
            message.channel,
            answer,
            exchange=self.queue.exchange.name,
            routing_key=message.properties["reply_to"],
            correlation_id=message.properties.get("correlation_id"),
        )


class Operation(Rpc):
    """One thing the service answers, under the method's name: what it reads, and what it says."""

    rpc_consumer = GuardedRpcConsumer()

    def __init__(self, *, reads: type[Schema], answers: type[Response], changes: bool, **kwargs: Any) -> None:
        """Know both for those who write them down; `changes` tells a command from a question."""
        self.reads, self.answers, self.changes = reads, answers, changes
        super().__init__(**kwargs)

    def check_signature(self, args: Any, kwargs: Any) -> None:
        """Nothing to look at: every method takes the same, and what it is given is checked where it is read."""


def command(schema: type[Schema], *, answers: type[Response]) -> Callable[[Method], Method]:
    """Make a method a command: it changes something, and a repeat gets the first answer.

    The method gets `work` (its transaction), `scope` (who asks) and what `schema` reads. `answers` is
    what others may count on in what it gives; the tests look at every answer, a running service does not.
    """
    return _operation(Operation(reads=schema, answers=answers, changes=True), _carry_out)


def query(schema: type[Schema], *, answers: type[Response]) -> Callable[[Method], Method]:
    """Make a method a question: it only reads. It gets `work`, `scope` and what `schema` reads."""
    return _operation(Operation(reads=schema, answers=answers, changes=False), _look_up)


def append_only(schema: type[Schema], *, answers: type[Response]) -> Callable[[Method], Method]:
    """Make a method take a note: it adds to what is remembered, outside any transaction; told twice, twice."""
    return _operation(Operation(reads=schema, answers=answers, changes=True), _look_up)


@dataclass(frozen=True, kw_only=True)
class _Call:
    """What is asked of whom, by whom, and because of what."""

    service: str
    operation: str
    reads: Schema
    arguments: Any
    command_id: str | None
    scope: Scope
    cause: Cause

    @property
    def action(self) -> AuditedAction:
        """What of it is recorded: of all that is given the ids alone, for anything else could be personal."""
        given = self.arguments if isinstance(self.arguments, dict) else {}
        ids = [given.get(name) for name, field in self.reads.fields.items() if isinstance(field, Id)]
        return AuditedAction(operation=f"{self.service}.{self.operation}", scope=self.scope, about=select_ids(ids))


def _carry_out(self: Any, method: Callable[..., Answer], call: _Call) -> Answer:
    wanted = load(call.reads, call.arguments)
    if not call.command_id:
        raise CommandIdMissing(fields=[_COMMAND_ID_MISSING])
    command = Command(id=call.command_id, operation=call.operation, arguments=call.arguments, scope=call.scope)

    def recorded(work: Any) -> Answer:
        answer = method(self, work, call.scope, **wanted)
        record_done(work, call.action)
        return answer

    answered: Outcome = self.store.transact(
        lambda work: execute_once(work, command, lambda: recorded(work)), cause=call.cause
    )
    return {"ok": answered.answer, "repeated": answered.repeated}


def _look_up(self: Any, method: Callable[..., Answer], call: _Call) -> Answer:
    asked = load(call.reads, call.arguments)
    return {"ok": method(self, self.store.reading(cause=call.cause), call.scope, **asked)}


def _operation(operation: Operation, perform: Callable[..., Answer]) -> Callable[[Method], Method]:
    reads = operation.reads()

    def decorate(method: Method) -> Method:
        @wraps(method)
        def answer(self: Any, *, arguments: Any, scope: Any, cause: Any, command_id: str | None = None) -> Answer:
            name, caller = method.__name__, Scope.from_data(scope)
            structlog.contextvars.bind_contextvars(operation=name, correlation_id=cause["correlation_id"])
            with _instrumented(self.name, name, cause.get("traceparent")) as work:
                caused = Cause(**{**cause, "traceparent": work.span.traceparent})
                call = _Call(service=self.name, operation=name, reads=reads, arguments=arguments,
                             command_id=command_id, scope=caller, cause=caused)  # fmt: skip
                refused = partial(_record_refusal, self.store, call)
                answer = _as_data(lambda: perform(self, method, call), refused=refused)
                work.outcome = answer["fault"]["kind"] if "fault" in answer else "ok"
                work.failed = work.outcome in OUR_FAULTS
            return answer

        register_entrypoint(answer, operation)
        return answer

    return decorate


def _record_refusal(store: Store, call: _Call, fault: Fault) -> None:
    record_refused(store, call.action, fault, cause=call.cause)


def _instrumented(service: str, operation: str, traceparent: str | None) -> AbstractContextManager[Measurement]:
    entrypoint, said = f"{service}.{operation}", attributes.of_call(service, operation)
    return instrumented(service=service, entrypoint=entrypoint, kind=Kind.RPC, traceparent=traceparent, attributes=said)


def _as_data(perform: Callable[[], Answer], *, refused: Callable[[Fault], None]) -> Answer:
    try:
        return perform()
    except DomainError as error:
        fault = Fault.from_error(error)
        refused(fault)
        return {"fault": fault.as_data()}
    except PyMongoError as error:
        _log.warning("database_away", error=f"{type(error).__name__}: {error}"[:300])
        away = Fault(kind="unavailable", code="database_unavailable", message="the database does not answer")
        return {"fault": away.as_data()}
    except Exception:
        _log.exception("operation_broke")
        return {"fault": _BROKE.as_data()}
