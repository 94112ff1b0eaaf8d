"""Spans by W3C Trace Context: each span is a child of the one that caused it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from chassis.domain.identity import new_span_id, new_trace_id, unix_nanoseconds

_VALID = re.compile(r"00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})")
SAMPLED, NOT_SAMPLED = "01", "00"
"""The trace flags of W3C Trace Context: whether the spans of this trace are exported."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """One span of a trace: an HTTP request, an RPC call, a message or a reaction."""

    trace_id: str
    span_id: str
    parent_id: str | None
    flags: str
    started_ns: int
    """Nanoseconds since the Unix epoch."""

    @property
    def traceparent(self) -> str:
        """The header that everything caused by this span carries."""
        return f"00-{self.trace_id}-{self.span_id}-{self.flags}"

    @property
    def is_sampled(self) -> bool:
        """Whether it is exported."""
        return bool(int(self.flags, 16) & 1)


class Exporter(Protocol):
    """Exports ended spans."""

    def export(self, span: Span, *, name: str, kind: str, attributes: Mapping[str, Any], failed: bool = False) -> None:
        """Export a span; must neither block nor raise."""

    def close(self) -> None:
        """Export what is queued, within a time limit."""


exporter: Exporter | None = None
"""The exporter of this process; None if its spans are not exported."""


def export_to(other: Exporter) -> None:
    """Export every span of this process through `other` from now on."""
    global exporter
    exporter = other


def export(span: Span, *, name: str, kind: str, attributes: Mapping[str, Any], failed: bool = False) -> None:
    """Export a span that has just ended, if it is sampled and there is an exporter."""
    if exporter and span.is_sampled:
        exporter.export(span, name=name, kind=kind, attributes=attributes, failed=failed)


def is_valid(traceparent: str) -> bool:
    """Whether it is a valid `traceparent` of version 00."""
    return _VALID.fullmatch(traceparent) is not None


def child_of(traceparent: str | None, *, sampled: bool = True) -> Span:
    """Start a span as a child of another; without a valid parent it starts a new trace."""
    known = _VALID.fullmatch(traceparent or "")
    trace_id, parent_id, flags = known.groups() if known else (new_trace_id(), None, _flags(sampled))
    return Span(
        trace_id=trace_id, span_id=new_span_id(), parent_id=parent_id, flags=flags, started_ns=unix_nanoseconds()
    )


def _flags(sampled: bool) -> str:
    return SAMPLED if sampled else NOT_SAMPLED
