"""Measures every unit of processing: its duration, its outcome, and its span."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

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
    """One measurement, of the body of a `with` statement; the measured code may set outcome and attributes."""

    service: str
    entrypoint: str
    kind: Kind
    span: Span
    outcome: str = "ok"
    failed: bool = False
    attributes: Mapping[str, Any] = field(default_factory=dict)
    _started: float = field(default_factory=time.monotonic)

    def __enter__(self) -> Self:
        """Begin; log lines have the id of the trace from here on."""
        if self.span.is_sampled:
            structlog.contextvars.bind_contextvars(trace_id=self.span.trace_id)
        return self

    def __exit__(self, _type: Any, error: BaseException | None, _traceback: Any) -> None:
        """Count it, and export its span; an error is a failure."""
        if error is not None:
            self.failed = True
            self.outcome = FAILED if self.outcome == "ok" else self.outcome
        duration, done = metrics.series(self.service, self.entrypoint, self.kind, self.outcome)
        duration.observe(time.monotonic() - self._started)
        done.inc()
        tracing.export(self.span, name=self.entrypoint, kind=self.kind, attributes=self.attributes, failed=self.failed)


def instrumented(
    *,
    service: str,
    entrypoint: str,
    kind: Kind,
    span: Span | None = None,
    traceparent: str | None = None,
    attributes: Mapping[str, Any] | None = None,
) -> Measurement:
    """Measure the body of a `with` statement as `span`, or as a new child of `traceparent`."""
    return Measurement(
        service=service,
        entrypoint=entrypoint,
        kind=kind,
        span=span or child_of(traceparent),
        attributes=attributes or {},
    )
