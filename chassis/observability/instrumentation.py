"""Measures every unit of processing: its duration, its outcome, and its span."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import structlog

from chassis.observability import metrics, tracing
from chassis.observability.tracing import Span, child_of

FAILED = "failed"


class Kind(StrEnum):
    """What started the processing; the value of the label `kind`."""

    HTTP = "http"
    RPC = "rpc"
    EVENT = "event"
    TIMER = "timer"
    CLAIM = "claim"
    PUBLISH = "publish"


@dataclass(kw_only=True)
class Measurement:
    """One measurement under way; the measured code may set its outcome and its span's attributes."""

    entrypoint: str
    span: Span
    outcome: str = "ok"
    failed: bool = False
    attributes: Mapping[str, Any] = field(default_factory=dict)


@contextmanager
def instrumented(
    *,
    service: str,
    entrypoint: str,
    kind: Kind,
    span: Span | None = None,
    traceparent: str | None = None,
    attributes: Mapping[str, Any] | None = None,
) -> Iterator[Measurement]:
    """Measure the body of a `with` statement as `span`, or as a new child of `traceparent`; an error is a failure."""
    started = time.monotonic()
    work = Measurement(entrypoint=entrypoint, span=span or child_of(traceparent), attributes=attributes or {})
    if work.span.is_sampled:
        structlog.contextvars.bind_contextvars(trace_id=work.span.trace_id)
    try:
        yield work
    except BaseException:
        work.failed = True
        work.outcome = FAILED if work.outcome == "ok" else work.outcome
        raise
    finally:
        metrics.DURATION.labels(service, work.entrypoint, kind).observe(time.monotonic() - started)
        metrics.DONE.labels(service, work.entrypoint, kind, work.outcome).inc()
        tracing.export(work.span, name=work.entrypoint, kind=kind, attributes=work.attributes, failed=work.failed)
