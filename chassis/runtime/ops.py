"""The port beside the work: `/livez`, `/readyz`, `/metrics` and `/version`, for those who look after a process."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import eventlet
import orjson
from eventlet import wsgi
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, generate_latest

from chassis import VERSION
from chassis.observability import metrics, tracing
from chassis.runtime.gauges import Gauges
from chassis.runtime.health import Health, Parts

Answer = tuple[str, str, bytes]
"""Status line, content type, body."""
GOOD, BAD, NOT_THERE = "200 OK", "503 Service Unavailable", "404 Not Found"


def watch(container: Any, settings: Mapping[str, Any]) -> Health:
    """Let a process be watched as its settings say, from before it starts."""
    service, build = container.service_name, {"version": VERSION, "revision": settings["REVISION"]}
    health = Health(container)
    metrics.begin(service)
    REGISTRY.register(Gauges(service=service, container=container, health=health, build=build))
    if settings["OPS_ADDRESS"]:
        OpsPort(health=health, build={"service": service, **build}).open(settings["OPS_ADDRESS"])
    if settings["TRACES_URL"]:
        from chassis.observability.trace_export import (
            OtlpExporter,  # costs a process that exports nothing neither time nor memory
        )

        tracing.export_to(OtlpExporter(url=settings["TRACES_URL"], service=service, build=build))
    return health


class OpsPort:
    """Answers without a worker, from before a process has started until it has ended."""

    def __init__(self, *, health: Health, build: Mapping[str, str]) -> None:
        """`build` is what `/version` says."""
        self._answers: Mapping[str, Callable[[], Answer]] = {
            "/livez": lambda: _told(health.liveness()),
            "/readyz": lambda: _told(health.readiness()),
            "/metrics": lambda: (GOOD, CONTENT_TYPE_LATEST, generate_latest(REGISTRY)),
            "/version": lambda: (GOOD, "application/json", orjson.dumps(build)),
        }

    def open(self, address: str) -> None:
        """Answer at `address` from now on; raises OSError where somebody else does."""
        host, _, port = address.rpartition(":")
        # Without a word eventlet would share the port, and half of the answers would be another process's.
        listener = eventlet.listen((host, int(port)), reuse_port=False)
        eventlet.spawn_n(wsgi.server, listener, self._answer, log_output=False)

    def _answer(self, environ: Any, start_response: Callable[..., Any]) -> Iterable[bytes]:
        answer = self._answers.get(environ["PATH_INFO"], lambda: (NOT_THERE, "text/plain", b""))
        status, content_type, body = answer()
        start_response(status, [("Content-Type", content_type)])
        return [body]


def _told(parts: Parts) -> Answer:
    status = GOOD if all(parts.values()) else BAD
    return status, "application/json", orjson.dumps({"status": status.partition(" ")[2], "parts": parts})
