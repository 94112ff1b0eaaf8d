"""What is refused at the door is recorded by the service it was meant for; nobody waits for that, or fails by it."""

import time
from collections.abc import Callable
from functools import partial
from typing import Any

import structlog
from eventlet import GreenPool

from chassis.audit.quota import REFUSALS_A_MINUTE, Quota
from chassis.domain.causation import Cause
from chassis.domain.faults import Fault
from chassis.domain.identity import select_ids
from chassis.domain.scope import Scope
from chassis.rpc.client import Services
from gateway.endpoints.route import Route
from gateway.http.request import ClientRequest

ANONYMOUS = Scope(subject="anonymous", organisation="")
RECORDED_KINDS = ("unauthenticated", "forbidden")
MOST_AT_ONCE = 16
DEADLINE_SECONDS = 2.0
_log = structlog.get_logger(__name__)


class RefusalAudit:
    """Tells the services whom the gateway did not let through to them."""

    def __init__(self, services: Callable[[], Services], *, clock: Callable[[], float] = time.monotonic) -> None:
        """`services` gives the way to ask them; `clock` counts seconds."""
        self._services = services
        self._telling = GreenPool(MOST_AT_ONCE)
        self._ration = Quota(REFUSALS_A_MINUTE, clock=clock)

    def note(self, fault: Fault, route: Route, request: ClientRequest, scope: Scope) -> None:
        """Have the refusal of a request recorded soon, or counted, when there are too many."""
        if fault.kind not in RECORDED_KINDS:
            return
        caller = _caller(scope)
        if not self._ration.allow(caller):
            return
        if not self._telling.free():
            self._ration.count_dropped(caller)
            return
        told = {
            "operation": route.asks or f"{route.method} {route.path}",
            "code": fault.code,
            "about": select_ids(request.path_values.values()),
            "unrecorded": self._ration.take_dropped(caller),
        }
        self._telling.spawn_n(self._tell, route.operations[0].partition(".")[0], told, scope, request.cause())

    def _tell(self, service: str, told: dict[str, Any], scope: Scope, cause: Cause) -> None:
        asked = partial(self._services().ask, scope=scope, cause=cause, deadline_seconds=DEADLINE_SECONDS)
        try:
            asked(service, "record_refusal", told)
        except Fault as fault:
            self._ration.count_dropped(_caller(scope), 1 + told["unrecorded"])
            _log.warning("refusal_not_recorded", error=fault.code, subject=scope.subject, **told)


def _caller(scope: Scope) -> str:
    return f"{scope.organisation} {scope.subject}"
