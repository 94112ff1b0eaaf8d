"""Each span is a child of the one that caused it, as W3C Trace Context has it."""

import re

import pytest

from chassis.observability.tracing import child_of

# The example of the recommendation, https://www.w3.org/TR/trace-context/#examples-of-http-traceparent-headers
TRACE, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
SAMPLED, NOT_SAMPLED = f"00-{TRACE}-{PARENT}-01", f"00-{TRACE}-{PARENT}-00"
FORM = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]")


def test_a_child_stays_in_its_trace_and_names_its_parent() -> None:
    span = child_of(SAMPLED)

    assert (span.trace_id, span.parent_id, span.is_sampled) == (TRACE, PARENT, True)
    assert FORM.fullmatch(span.traceparent)
    assert span.span_id != PARENT


def test_two_children_are_two_spans() -> None:
    assert child_of(SAMPLED).span_id != child_of(SAMPLED).span_id


def test_a_trace_that_is_not_sampled_stays_so() -> None:
    assert child_of(child_of(NOT_SAMPLED).traceparent).is_sampled is False


@pytest.mark.parametrize("above", [None, "", "nonsense", f"00-{'0' * 32}-{PARENT}-01", f"ff-{TRACE}-{PARENT}-01"])
def test_without_a_valid_traceparent_a_new_trace_begins(above: str | None) -> None:
    span = child_of(above)

    assert (span.parent_id, span.is_sampled) == (None, True)
    assert FORM.fullmatch(span.traceparent)
    assert span.trace_id != TRACE


def test_a_health_check_begins_a_trace_that_is_not_sampled() -> None:
    assert child_of(None, sampled=False).is_sampled is False
