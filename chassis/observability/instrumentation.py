"""What those who watch learn of every piece of work: how long it took, how it ended, where in a trace it is."""

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
    """What started a piece of work; a value of the label `kind`."""

    HTTP = "http"
    RPC = "rpc"
    EVENT = "event"
    TIMER = "timer"
    CLAIM = "claim"
    PUBLISH = "publish"


@dataclass(kw_only=True)
class Measurement:
    """One piece of work under way; whoever does it says how it ended, if not well, and what else is known of it."""

    entrypoint: str
    hop: Span
    outcome: str = "ok"
    failed: bool = False
    says: Mapping[str, Any] = field(default_factory=dict)


@contextmanager
def instrumented(
    *,
    service: str,
    entrypoint: str,
    kind: Kind,
    hop: Span | None = None,
    traceparent: str | None = None,
    says: Mapping[str, Any] | None = None,
) -> Iterator[Measurement]:
    """Measure a piece of work, as `hop` or as a new one below `traceparent`; what it raises is its failure."""
    begun = time.monotonic()
    work = Measurement(entrypoint=entrypoint, hop=hop or child_of(traceparent), says=says or {})
    if work.hop.is_followed:
        structlog.contextvars.bind_contextvars(trace_id=work.hop.trace_id)
    try:
        yield work
    except BaseException:
        work.failed = True
        work.outcome = FAILED if work.outcome == "ok" else work.outcome
        raise
    finally:
        metrics.DURATION.labels(service, work.entrypoint, kind).observe(time.monotonic() - begun)
        metrics.DONE.labels(service, work.entrypoint, kind, work.outcome).inc()
        tracing.export(work.hop, name=work.entrypoint, kind=kind, says=work.says, failed=work.failed)
