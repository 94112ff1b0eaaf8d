"""Exports the spans of this process to an OpenTelemetry collector; imported only if one is configured."""

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

FLUSH_TIMEOUT_SECONDS = 2.0
"""How long a stopping process waits for its last spans to be exported."""
SEND_TIMEOUT_SECONDS = 5.0
KINDS = {
    "http": SpanKind.SERVER,
    "rpc": SpanKind.SERVER,
    "event": SpanKind.CONSUMER,
    "publish": SpanKind.PRODUCER,
}
_log = structlog.get_logger(__name__)


class _IdsOf(IdGenerator):
    """Gives an SDK span the ids of ours, which messages and the outbox carry already."""

    span: Span

    def generate_trace_id(self) -> int:
        return int(self.span.trace_id, 16)

    def generate_span_id(self) -> int:
        return int(self.span.span_id, 16)


class OtlpExporter:
    """Sends spans in batches over OTLP/HTTP from a thread of its own."""

    def __init__(self, *, url: str, service: str, build: Mapping[str, str]) -> None:
        """Export to the collector at `url`."""
        resource = Resource({"service.name": service, "service.version": build["version"]})
        self._ids = _IdsOf()
        self._provider = TracerProvider(
            resource=resource, id_generator=self._ids, sampler=ALWAYS_ON, shutdown_on_exit=False
        )
        self._provider.add_span_processor(
            BatchSpanProcessor(OTLPSpanExporter(endpoint=url, timeout=SEND_TIMEOUT_SECONDS))
        )
        self._tracer = self._provider.get_tracer("chassis")

    def export(self, span: Span, *, name: str, kind: str, attributes: Mapping[str, Any], failed: bool = False) -> None:
        """Queue one span that has just ended; when the queue is full the oldest spans are dropped."""
        parent = _context(span.trace_id, span.parent_id) if span.parent_id else None
        self._ids.span = span
        exported = self._tracer.start_span(
            name,
            context=trace.set_span_in_context(NonRecordingSpan(parent)) if parent else None,
            kind=KINDS.get(kind, SpanKind.INTERNAL),
            # The parent places the reaction in its trace; the link says that it was asynchronous.
            links=[Link(parent)] if parent and kind == "event" else [],
            attributes=attributes,
            start_time=span.started_ns,
        )
        if failed:
            exported.set_status(Status(StatusCode.ERROR))
        exported.end(unix_nanoseconds())

    def close(self) -> None:
        """Export the queued spans, within FLUSH_TIMEOUT_SECONDS."""
        with Timeout(FLUSH_TIMEOUT_SECONDS, False) as limit:
            self._provider.shutdown()
            limit.cancel()
            return
        _log.warning("spans_dropped", waited_seconds=FLUSH_TIMEOUT_SECONDS)


def _context(trace_id: str, span_id: str) -> SpanContext:
    return SpanContext(int(trace_id, 16), int(span_id, 16), is_remote=True, trace_flags=TraceFlags(TraceFlags.SAMPLED))
