"""Has requests that the gateway refuses recorded in the audit of the service they were for, in the background."""

import time
from collections.abc import Callable
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
MAX_CONCURRENT = 16
RECORD_TIMEOUT_SECONDS = 2.0
_log = structlog.get_logger(__name__)


class RefusalAudit:
    """Sends refusals to the services; beyond a quota, or while too many are under way, they are only counted."""

    def __init__(self, services: Callable[[], Services], *, clock: Callable[[], float] = time.monotonic) -> None:
        """`services` returns the client of the services; `clock` counts seconds."""
        self._services = services
        self._pool = GreenPool(MAX_CONCURRENT)
        self._quota = Quota(REFUSALS_A_MINUTE, clock=clock)

    def record(self, fault: Fault, route: Route, request: ClientRequest, scope: Scope) -> None:
        """Have a refusal recorded soon; neither waits nor raises."""
        if fault.kind not in RECORDED_KINDS:
            return
        caller = _caller(scope)
        if not self._quota.allow(caller):
            return
        if not self._pool.free():
            self._quota.count_dropped(caller)
            return
        refusal = {
            "operation": route.operation or f"{route.method} {route.path}",
            "code": fault.code,
            "about": select_ids(request.path_values.values()),
            "unrecorded": self._quota.take_dropped(caller),
        }
        self._pool.spawn_n(self._send, route.operations[0].partition(".")[0], refusal, scope, request.cause())

    def _send(self, service: str, refusal: dict[str, Any], scope: Scope, cause: Cause) -> None:
        limit = RECORD_TIMEOUT_SECONDS
        try:
            self._services().ask(service, "record_refusal", refusal, scope=scope, cause=cause, deadline_seconds=limit)
        except Fault as fault:
            self._quota.count_dropped(_caller(scope), 1 + refusal["unrecorded"])
            _log.warning("refusal_not_recorded", error=fault.code, subject=scope.subject, **refusal)


def _caller(scope: Scope) -> str:
    return f"{scope.organisation} {scope.subject}"
