"""The headers of messages beside the envelope, read without trust: whoever may publish writes what they like."""

import struct
from collections.abc import Mapping
from typing import Any

import amqp
from amqp import method_framing
from amqp.exceptions import FrameSyntaxError

from chassis.messaging.envelope import HEADER_PREFIX

REACTION_HEADER, ATTEMPT_HEADER, ERROR_HEADER = "reaction", "retry-attempt", "error"
"""Of a retried message: the one reaction to run, the attempts so far, and what the last failed by."""
MOST_ATTEMPTS = 1_000_000
"""What nobody reaches, and every store of numbers holds."""
DEATHS_HEADER = "x-death"
"""The broker's own record of where a message was rejected: an array of tables."""
UNREADABLE_HEADER = "unreadable-headers"
LONGEST_TEXT = 1000
_UNREADABLE = (ValueError, OverflowError, OSError, ArithmeticError, LookupError, struct.error, FrameSyntaxError,
               RecursionError)  # fmt: skip
"""What py-amqp fails by: an instant in the year 584554531, a text that is not UTF-8, a type that it does not know."""


class ReadableMessage(amqp.Message):
    """A message whose headers may be unreadable: then it has none but the error, where stock ends the process."""

    def _load_properties(self, class_id: int, buffer: bytes, offset: int) -> int:
        try:
            return int(super()._load_properties(class_id, buffer, offset))
        except _UNREADABLE as error:
            self.properties = {"application_headers": {UNREADABLE_HEADER: f"{type(error).__name__}: {error}"}}
            return offset


method_framing.Message = ReadableMessage  # py-amqp names the class in this place alone


def text_of(value: Any, *, longest: int = LONGEST_TEXT) -> str | None:
    """Give a text that every store can hold, cut to `longest` characters; None for what is no text, or is empty."""
    if not isinstance(value, str) or not value:
        return None
    return value[:longest].encode(errors="replace").decode()


def attributes_of(headers: Mapping[Any, Any]) -> dict[str, str]:
    """Give the headers of an event's envelope that are texts under a name that a document can hold."""
    named = {name: text_of(value) for name, value in headers.items() if _is_attribute(name)}
    return {name: value for name, value in named.items() if value is not None}


def attempts_of(headers: Mapping[Any, Any]) -> int:
    """Give how often the reaction was tried; 1 where the header says nothing sensible."""
    attempts = headers.get(ATTEMPT_HEADER)
    return attempts if type(attempts) is int and 0 < attempts < MOST_ATTEMPTS else 1


def deaths_are_plain(headers: Mapping[Any, Any]) -> bool:
    """Whether the broker can add another death to them; RabbitMQ 3.10 loses the queue of a message where it cannot."""
    deaths = headers.get(DEATHS_HEADER, [])
    return isinstance(deaths, list) and all(isinstance(each, dict) for each in deaths)


def last_death(headers: Mapping[Any, Any]) -> tuple[str, str]:
    """Give the queue that the broker took the message from, and why; empty where it does not say so."""
    deaths = headers.get(DEATHS_HEADER)
    last = deaths[0] if isinstance(deaths, list) and deaths and isinstance(deaths[0], dict) else {}
    return text_of(last.get("queue")) or "", text_of(last.get("reason")) or ""


def _is_attribute(name: Any) -> bool:
    return isinstance(name, str) and name.startswith(HEADER_PREFIX) and "\0" not in name
