"""Has requests that the gateway refuses recorded in the audit of the service they were for, in the background."""

from collections.abc import Callable
from typing import Any

import structlog
from eventlet import GreenPool, spawn_after

from chassis.audit.refusals import COUNTED_SECONDS, AuditedAction, Counted, Refusal, RefusalLimit
from chassis.domain.causation import Cause
from chassis.domain.faults import Fault
from chassis.domain.identity import Clock, rfc3339, select_ids, utc_now
from chassis.domain.scope import Scope
from chassis.rpc.client import Services
from gateway.endpoints.route import Route
from gateway.http.request import ClientRequest

ANONYMOUS = Scope(subject="anonymous", organisation="")
RECORDED_KINDS = ("unauthenticated", "forbidden")
MAX_CONCURRENT = 16
RECORD_TIMEOUT_SECONDS = 2.0
MOST_IDS = 10
"""That the operation takes; a path has fewer."""
_log = structlog.get_logger(__name__)


class RefusalAudit:
    """Sends refusals to the services; beyond a quota, or while too many are under way, they are counted first."""

    def __init__(self, services: Callable[[], Services], *, clock: Clock = utc_now) -> None:
        """`services` returns the client of the services."""
        self._services = services
        self._clock = clock
        self._pool = GreenPool(MAX_CONCURRENT)
        self._limit = RefusalLimit()
        self._is_counting = False

    def record(self, fault: Fault, route: Route, request: ClientRequest, scope: Scope) -> None:
        """Have a refusal recorded soon; neither waits nor raises."""
        if fault.kind not in RECORDED_KINDS:
            return
        operation, about = route.operation or f"{route.method} {route.path}", select_ids(request.path_values.values())
        refusal = Refusal(
            service=route.operations[0].partition(".")[0],
            action=AuditedAction(operation=operation, scope=scope, about=about),
            code=fault.code,
            at=self._clock(),
            request_id=request.request_id,
        )
        if self._pool.free() and self._limit.admits(refusal):
            self._pool.spawn_n(self._send, Counted.of(refusal), {}, request.cause())
        else:
            self._count(Counted.of(refusal))

    def tell_counted(self, *, at_once: bool = False) -> None:
        """Have recorded what was counted for a minute, or until now."""
        self._is_counting = False
        for counted in self._limit.take(at_once=at_once):
            repeats = {**counted.repeats(), "first_at": rfc3339(counted.first.at), "last_at": rfc3339(counted.last.at)}
            self._pool.spawn_n(self._send, counted, repeats, Cause(correlation_id=counted.first.request_id))

    def _send(self, counted: Counted, repeats: dict[str, Any], cause: Cause) -> None:
        action = counted.action
        told = {"operation": action.operation, "code": counted.kind.code, "about": action.about[:MOST_IDS], **repeats}
        asked: dict[str, Any] = {"scope": action.scope, "cause": cause, "deadline_seconds": RECORD_TIMEOUT_SECONDS}
        try:
            self._services().ask(counted.first.service, "record_refusal", told, **asked)
        except Fault as fault:
            self._count(counted)
            _log.warning("refusal_not_recorded", error=fault.code, subject=action.scope.subject, **told)

    def _count(self, counted: Counted) -> None:
        self._limit.count(counted)
        if not self._is_counting:
            self._is_counting = True
            spawn_after(COUNTED_SECONDS, self.tell_counted)
