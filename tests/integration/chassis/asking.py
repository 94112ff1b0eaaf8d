"""A service that asks itself, and a stock one that asks nobody, run as processes by the tests."""

from typing import Any

from eventlet import GreenPool, Timeout
from marshmallow import fields
from nameko.rpc import ClusterRpc, rpc

from chassis.domain.causation import Cause
from chassis.domain.faults import Fault
from chassis.domain.scope import Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.rpc.client import Services
from chassis.rpc.server import query
from chassis.runtime.service import Service
from chassis.schemas.messages import EmptyRequest, Request, Response

CAUSE = Cause(correlation_id="req_1")
DEADLINE_SECONDS = 0.5


class Echo(Request):
    text = fields.String(required=True)


class Many(Request):
    times = fields.Integer(required=True)
    length = fields.Integer(required=True)


class AskingService(Service):
    name = "asking"
    services = Services()

    @query(Echo, answers=Response)
    def echo(self, work: UnitOfWork, scope: Scope, text: str) -> dict[str, Any]:
        return {"text": text}

    @query(EmptyRequest, answers=Response)
    def say_what_is_no_json(self, work: UnitOfWork, scope: Scope) -> dict[str, Any]:
        return {"what": object()}

    @query(Many, answers=Response)
    def ask_many_at_once(self, work: UnitOfWork, scope: Scope, times: int, length: int) -> dict[str, Any]:
        """Ask for as many texts at once, each of one letter of its own; gives how many came back as they left."""

        def comes_back(number: int) -> bool:
            text = chr(ord("A") + number % 26) * length
            return self.services.ask("asking", "echo", {"text": text}, scope=scope, cause=CAUSE) == {"text": text}

        return {"unspoiled": sum(GreenPool(times).imap(comes_back, range(times)))}

    @query(EmptyRequest, answers=Response)
    def ask_nobody(self, work: UnitOfWork, scope: Scope) -> dict[str, Any]:
        """Ask where nobody answers; gives how that ended, and how many still wait for an answer."""
        return {"fault": self._fault("nobody", scope), "waiting": len(self.services.connection._pending)}

    @query(EmptyRequest, answers=Response)
    def ask_nowhere(self, work: UnitOfWork, scope: Scope) -> dict[str, Any]:
        """Ask where there is not even a queue."""
        return {"fault": self._fault("nowhere", scope), "waiting": len(self.services.connection._pending)}

    def _fault(self, service: str, scope: Scope) -> str | None:
        try:
            self.services.ask(service, "ping", {}, scope=scope, cause=CAUSE, deadline_seconds=DEADLINE_SECONDS)
        except Fault as fault:
            return fault.kind
        return None


class StockAskingService:
    """The same, as nameko comes."""

    name = "stock_asking"
    services = ClusterRpc()

    @rpc
    def ask_nobody(self) -> dict[str, Any]:
        with Timeout(DEADLINE_SECONDS, False):
            self.services.nobody.ping()
        return {"waiting": len(self.services.register_for_reply.__self__.pending)}
