"""A service that calls itself, and a stock one that calls a service nobody runs; processes of the tests."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any

from eventlet import GreenPool, Timeout
from marshmallow import fields
from nameko.rpc import ClusterRpc, rpc

from chassis.domain.aggregate import INTERNAL
from chassis.domain.causation import Cause
from chassis.domain.faults import Fault
from chassis.domain.scope import Scope
from chassis.rpc.client import Services
from chassis.runtime.service import Service
from chassis.schemas.operations import query

CAUSE = Cause(correlation_id="req_1")
DEADLINE_SECONDS = 0.5


@query
def echo(*, text: Annotated[str, fields.String()]) -> dict[str, Any]:
    return {"text": text}


@dataclass(frozen=True, kw_only=True)
class Note:
    """A note with a member that nobody else should see."""

    secret: str = field(default="topsecret", metadata=INTERNAL)


NO_JSON = {"object": object(), "note": Note(), "instant": datetime(2026, 1, 1, tzinfo=UTC)}


@query
def say_what_is_no_json(*, what: Annotated[str, fields.String()]) -> dict[str, Any]:
    return {"what": NO_JSON[what]}


@query
def ask_many_at_once(scope: Scope, services: Any, *, times: int, length: int) -> dict[str, Any]:
    """Ask for as many texts at once, each of one letter of its own; gives how many came back as they left."""

    def comes_back(number: int) -> bool:
        text = chr(ord("A") + number % 26) * length
        return services.ask("caller", "echo", {"text": text}, scope=scope, cause=CAUSE) == {"text": text}

    return {"unspoiled": sum(GreenPool(times).imap(comes_back, range(times)))}


@query
def ask_nobody(scope: Scope, services: Any) -> dict[str, Any]:
    """Ask where nobody answers; gives how that ended, and how many still wait for an answer."""
    return {"fault": _fault(services, "nobody", scope), "waiting": len(services.connection._pending)}


@query
def ask_nowhere(scope: Scope, services: Any) -> dict[str, Any]:
    """Ask where there is not even a queue."""
    return {"fault": _fault(services, "nowhere", scope), "waiting": len(services.connection._pending)}


def _fault(services: Any, service: str, scope: Scope) -> str | None:
    try:
        services.ask(service, "ping", {}, scope=scope, cause=CAUSE, deadline_seconds=DEADLINE_SECONDS)
    except Fault as fault:
        return fault.kind
    return None


class CallerService(Service):
    name = "caller"
    services = Services()
    queries = (echo, say_what_is_no_json, ask_many_at_once, ask_nobody, ask_nowhere)


class StockCallerService:
    """The same on unmodified nameko."""

    name = "stock_caller"
    services = ClusterRpc()

    @rpc
    def ask_nobody(self) -> dict[str, Any]:
        with Timeout(DEADLINE_SECONDS, False):
            self.services.nobody.ping()
        return {"waiting": len(self.services.register_for_reply.__self__.pending)}
