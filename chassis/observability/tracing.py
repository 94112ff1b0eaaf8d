"""Where in a trace something happens (W3C Trace Context): each hop is a child of the one that led to it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from chassis.domain.identity import new_span_id, new_trace_id, unix_nanoseconds

_VALID = re.compile(r"00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})")
FOLLOWED, NOT_FOLLOWED = "01", "00"
"""The flags of W3C Trace Context: whether anybody wants to see the spans of this trace."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """One step of a trace: a request, a call, a message, a reaction."""

    trace_id: str
    span_id: str
    parent_id: str | None
    flags: str
    begun_ns: int
    """Nanoseconds of the Unix epoch."""

    @property
    def traceparent(self) -> str:
        """What everything that this hop leads to carries."""
        return f"00-{self.trace_id}-{self.span_id}-{self.flags}"

    @property
    def is_followed(self) -> bool:
        """Whether it is to be exported."""
        return bool(int(self.flags, 16) & 1)


class Exporter(Protocol):
    """Takes the hops that are over."""

    def export(self, hop: Span, *, name: str, kind: str, says: Mapping[str, Any], failed: bool = False) -> None:
        """Hand a hop on; must neither wait nor raise."""

    def close(self) -> None:
        """Hand on what is left, within a bound."""


exporter: Exporter | None = None
"""Who wants to see the hops of this process, if anybody does."""


def export_to(other: Exporter) -> None:
    """Hand every hop of this process to `other` from now on."""
    global exporter
    exporter = other


def export(hop: Span, *, name: str, kind: str, says: Mapping[str, Any], failed: bool = False) -> None:
    """Hand on a hop that has just ended, if anybody wants to see it."""
    if exporter and hop.is_followed:
        exporter.export(hop, name=name, kind=kind, says=says, failed=failed)


def is_valid(traceparent: str) -> bool:
    """Whether it is a `traceparent` of version 00 that says anything."""
    return _VALID.fullmatch(traceparent) is not None


def child_of(traceparent: str | None, *, followed: bool = True) -> Span:
    """Begin a hop below another one; below none, or one that cannot be read, a trace of its own begins."""
    known = _VALID.fullmatch(traceparent or "")
    trace_id, parent_id, flags = known.groups() if known else (new_trace_id(), None, _flags(followed))
    return Span(trace_id=trace_id, span_id=new_span_id(), parent_id=parent_id, flags=flags, begun_ns=unix_nanoseconds())


def _flags(followed: bool) -> str:
    return FOLLOWED if followed else NOT_FOLLOWED
