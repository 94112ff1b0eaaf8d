"""What is made of the headers of a message that anybody may have written, in any type of AMQP, or in none."""

import struct
from typing import Any

import bson
from amqp.method_framing import Message
from hypothesis import given
from hypothesis import strategies as st

from chassis.messaging.headers import (
    ATTEMPT_HEADER,
    DEATHS_HEADER,
    UNREADABLE_HEADER,
    attempts_of,
    attributes_of,
    deaths_are_plain,
    last_death,
    text_of,
)

BASIC = 60
HAS_HEADERS = 0x2000
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.decimals() | st.binary()
    | st.datetimes() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip
NAMES = st.text(max_size=30) | st.sampled_from([ATTEMPT_HEADER, DEATHS_HEADER, "reaction", "error", "cloudEvents_id"])


def received(properties: bytes) -> Any:
    """A message as the broker delivers it, with these bytes for its properties."""
    message = Message()
    message.inbound_header(struct.pack(">HHQ", BASIC, 0, 0) + properties)
    return message


def with_header(typed: bytes) -> bytes:
    """Properties of which one header, `x`, has a value of these bytes."""
    table = b"\x01x" + typed
    return struct.pack(">HI", HAS_HEADERS, len(table)) + table


def test_an_instant_that_no_calendar_has_is_an_unreadable_header_and_no_error() -> None:
    message = received(with_header(b"T" + struct.pack(">Q", 2**64 - 1)))

    assert list(message.properties["application_headers"]) == [UNREADABLE_HEADER]


def test_a_type_that_nobody_knows_is_an_unreadable_header_and_no_error() -> None:
    assert "Unknown value" in received(with_header(b"?")).properties["application_headers"][UNREADABLE_HEADER]


def test_tables_within_tables_end_no_process() -> None:
    value = b"V"
    for _ in range(2000):
        value = b"A" + struct.pack(">I", len(value)) + value

    assert list(received(with_header(value)).properties["application_headers"]) == [UNREADABLE_HEADER]


@given(st.binary(max_size=200))
def test_no_properties_of_a_message_are_an_error(properties: bytes) -> None:
    assert isinstance(received(properties).properties, dict)


@given(st.dictionaries(NAMES, VALUES, max_size=4))
def test_whatever_the_headers_are_a_document_can_hold_what_is_made_of_them(headers: dict[str, Any]) -> None:
    made = {"headers": attributes_of(headers), "attempts": attempts_of(headers), "death": last_death(headers),
            "error": text_of(headers.get("error")), "plain": deaths_are_plain(headers)}  # fmt: skip

    assert bson.decode(bson.encode(made))["attempts"] >= 1


def test_a_text_is_cut_and_half_a_surrogate_replaced() -> None:
    assert (text_of("abc", longest=2), text_of("a\ud800"), text_of(""), text_of(5)) == ("ab", "a?", None, None)
