"""The operations port of a process: `/livez`, `/readyz`, `/metrics` and `/version`."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import eventlet
import orjson
from eventlet import wsgi
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, generate_latest

from chassis import VERSION
from chassis.observability import metrics, tracing
from chassis.runtime.gauges import Gauges
from chassis.runtime.health import Checks, Health
from chassis.runtime.listening import listen

OpsResponse = tuple[str, str, bytes]
"""Status line, content type and body."""
OK, UNAVAILABLE, NOT_FOUND = "200 OK", "503 Service Unavailable", "404 Not Found"


def watch(container: Any, settings: Mapping[str, Any]) -> Health:
    """Register metrics, open the operations port and start exporting traces, as the settings say."""
    service, build = container.service_name, {"version": VERSION, "revision": settings["REVISION"]}
    health = Health(container)
    metrics.initialise(service)
    REGISTRY.register(Gauges(service=service, container=container, health=health, build=build))
    if settings["OPS_ADDRESS"]:
        OpsPort(health=health, build={"service": service, **build}).open(settings["OPS_ADDRESS"])
    if settings["TRACES_URL"]:
        from chassis.observability.trace_export import (
            OtlpExporter,  # imported only where needed: it takes time and memory
        )

        tracing.export_to(OtlpExporter(url=settings["TRACES_URL"], service=service, build=build))
    return health


class OpsPort:
    """Answers without nameko's workers, from before the service starts until the process ends."""

    def __init__(self, *, health: Health, build: Mapping[str, str]) -> None:
        """`build` is the body of `/version`."""
        self._routes: Mapping[str, Callable[[], OpsResponse]] = {
            "/livez": lambda: _health_response(health.liveness()),
            "/readyz": lambda: _health_response(health.readiness()),
            "/metrics": lambda: (OK, CONTENT_TYPE_LATEST, generate_latest(REGISTRY)),
            "/version": lambda: (OK, "application/json", orjson.dumps(build)),
        }

    def open(self, address: str) -> None:
        """Listen at `address`; raises InvalidSettings when that cannot be."""
        listener = listen(address, setting="OPS_ADDRESS")
        eventlet.spawn_n(wsgi.server, listener, self._answer, log_output=False)

    def _answer(self, environ: Any, start_response: Callable[..., Any]) -> Iterable[bytes]:
        respond = self._routes.get(environ["PATH_INFO"], lambda: (NOT_FOUND, "text/plain", b""))
        status, content_type, body = respond()
        start_response(status, [("Content-Type", content_type)])
        return [body]


def _health_response(parts: Checks) -> OpsResponse:
    status = OK if all(parts.values()) else UNAVAILABLE
    return status, "application/json", orjson.dumps({"status": status.partition(" ")[2], "parts": parts})
