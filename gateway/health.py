"""Whether this process lives and whether the platform works: told without a worker, so that load cannot hide it."""

from collections.abc import Callable, Collection

import eventlet
import orjson
from werkzeug.wrappers import Response

from chassis.domain.errors import FieldError
from chassis.domain.faults import Fault
from chassis.domain.scope import EVERY_ORGANISATION, Scope
from chassis.rpc.client import Services
from gateway.http.request import ClientRequest

PING_SECONDS = 1.0
_GATEWAY = Scope(subject="gateway", organisation=EVERY_ORGANISATION)


class Livez:
    """Answers as long as the process can answer at all."""

    def handle_request(self, request: ClientRequest) -> Response:
        """Say so."""
        return _good({"status": "alive"})


class Readyz:
    """Asks every service whether it and its database work."""

    def __init__(self, services: Callable[[], Services], names: Collection[str]) -> None:
        """`names` are the services that must answer; `services` gives the way to ask them."""
        self._services = services
        self._names = sorted(names)

    def handle_request(self, request: ClientRequest) -> Response:
        """Say that all is well; raises Fault `unavailable`, naming each service that is missing."""
        asked = [eventlet.spawn(self._missing, name, request) for name in self._names]
        missing = [found for each in asked if (found := each.wait())]
        if missing:
            names = ", ".join(each["pointer"].removeprefix("/") for each in missing)
            raise Fault(kind="unavailable", code="not_ready", message=f"Missing: {names}", fields=tuple(missing))
        return _good({"status": "ready", "services": self._names})

    def _missing(self, name: str, request: ClientRequest) -> FieldError | None:
        try:
            self._services().ask(name, "ping", {}, scope=_GATEWAY, cause=request.cause(), deadline_seconds=PING_SECONDS)
        except Fault as fault:
            return FieldError(pointer=f"/{name}", code=fault.code, detail=fault.message)
        return None


def _good(state: object) -> Response:
    return Response(orjson.dumps(state), content_type="application/json")
