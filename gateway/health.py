"""Health endpoints, answered outside the worker pool so that load cannot block them."""

from collections.abc import Callable, Collection
from functools import partial

import eventlet
import orjson
from werkzeug.wrappers import Response

from chassis.domain.errors import FieldError
from chassis.domain.faults import Fault
from chassis.domain.scope import EVERY_ORGANISATION, Scope
from chassis.rpc.client import Services
from gateway.http.request import ClientRequest

PING_TIMEOUT_SECONDS = 1.0
_GATEWAY = Scope(subject="gateway", organisation=EVERY_ORGANISATION)


class Livez:
    """Answers 200 as long as the process can answer at all."""

    def handle_request(self, request: ClientRequest) -> Response:
        """Return 200."""
        return _ok({"status": "alive"})


class Readyz:
    """Asks every service whether it and its database work."""

    def __init__(self, services: Callable[[], Services], names: Collection[str]) -> None:
        """`names` are the services that must answer; `services` returns their client."""
        self._services = services
        self._names = sorted(names)

    def handle_request(self, request: ClientRequest) -> Response:
        """Return 200; raises Fault `unavailable`, naming each service that does not answer."""
        pings = [eventlet.spawn(self._missing, name, request) for name in self._names]
        missing = [error for each in pings if (error := each.wait())]
        if missing:
            names = ", ".join(each["pointer"].removeprefix("/") for each in missing)
            raise Fault(kind="unavailable", code="not_ready", message=f"Missing: {names}", fields=tuple(missing))
        return _ok({"status": "ready", "services": self._names})

    def _missing(self, name: str, request: ClientRequest) -> FieldError | None:
        try:
            call = partial(self._services().ask, scope=_GATEWAY, cause=request.cause())
            call(name, "ping", {}, deadline_seconds=PING_TIMEOUT_SECONDS)
        except Fault as fault:
            return FieldError(pointer=f"/{name}", code=fault.code, detail=fault.message)
        return None


def _ok(state: object) -> Response:
    return Response(orjson.dumps(state), content_type="application/json")
