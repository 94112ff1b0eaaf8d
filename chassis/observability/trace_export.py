"""Hands the hops of this process to an OpenTelemetry collector; imported only where one is configured."""

from collections.abc import Mapping
from typing import Any

import structlog
from eventlet import Timeout
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.id_generator import IdGenerator
from opentelemetry.sdk.trace.sampling import ALWAYS_ON
from opentelemetry.trace import Link, NonRecordingSpan, SpanContext, SpanKind, Status, StatusCode, TraceFlags

from chassis.domain.identity import unix_nanoseconds
from chassis.observability.tracing import Span

FLUSH_SECONDS = 2.0
"""How long a process that stops waits for its last spans to be taken."""
SEND_SECONDS = 5.0
KINDS = {
    "http": SpanKind.SERVER,
    "rpc": SpanKind.SERVER,
    "event": SpanKind.CONSUMER,
    "publish": SpanKind.PRODUCER,
}
_log = structlog.get_logger(__name__)


class _IdsOf(IdGenerator):
    """Gives a span the ids its hop has had all along: they have left with messages and stand in the outbox."""

    hop: Span

    def generate_trace_id(self) -> int:
        return int(self.hop.trace_id, 16)

    def generate_span_id(self) -> int:
        return int(self.hop.span_id, 16)


class OtlpExporter:
    """Makes spans of hops, and sends them in batches over OTLP/HTTP beside the work."""

    def __init__(self, *, url: str, service: str, build: Mapping[str, str]) -> None:
        """Send to the collector at `url`."""
        resource = Resource({"service.name": service, "service.version": build["version"]})
        self._ids = _IdsOf()
        self._provider = TracerProvider(
            resource=resource, id_generator=self._ids, sampler=ALWAYS_ON, shutdown_on_exit=False
        )
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=url, timeout=SEND_SECONDS)))
        self._tracer = self._provider.get_tracer("chassis")

    def export(self, hop: Span, *, name: str, kind: str, says: Mapping[str, Any], failed: bool = False) -> None:
        """Queue one hop, which has just ended; when the queue is full the oldest are dropped."""
        parent = _context(hop.trace_id, hop.parent_id) if hop.parent_id else None
        self._ids.hop = hop
        span = self._tracer.start_span(
            name,
            context=trace.set_span_in_context(NonRecordingSpan(parent)) if parent else None,
            kind=KINDS.get(kind, SpanKind.INTERNAL),
            # A parent says where an event's reaction belongs, the link that it was not waited for.
            links=[Link(parent)] if parent and kind == "event" else [],
            attributes=says,
            start_time=hop.begun_ns,
        )
        if failed:
            span.set_status(Status(StatusCode.ERROR))
        span.end(unix_nanoseconds())

    def close(self) -> None:
        """Send what is left, unless the collector keeps us waiting."""
        with Timeout(FLUSH_SECONDS, False) as limit:
            self._provider.shutdown()
            limit.cancel()
            return
        _log.warning("spans_dropped", waited_seconds=FLUSH_SECONDS)


def _context(trace_id: str, span_id: str) -> SpanContext:
    return SpanContext(int(trace_id, 16), int(span_id, 16), is_remote=True, trace_flags=TraceFlags(TraceFlags.SAMPLED))
