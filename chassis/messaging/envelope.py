"""The CloudEvents 1.0 envelope of an event, in AMQP binary mode.

The body of a message is the data as `application/json`, so that any subscriber can read it;
the attributes are headers `cloudEvents_*`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chassis.domain.causation import Cause

HEADER_PREFIX = "cloudEvents_"
SCHEMA_PATH = "/v1/schemas/"
"""Where the gateway serves the schema of an event, by `{type}.v{version}`."""
SEQUENCE_DIGITS = 10
"""With zeros in front; a subject with more events has a longer number."""
_REQUIRED = ("id", "source", "type", "subject", "time", "sequence", "correlationid")
_OPTIONAL = ("causationid", "traceparent", "actor", "dataschema")
_HEADERS = tuple((name, HEADER_PREFIX + name) for name in (*_REQUIRED, *_OPTIONAL))
_SEQUENCE, _SPECVERSION = HEADER_PREFIX + "sequence", HEADER_PREFIX + "specversion"
_HISTORY, _TRUE = HEADER_PREFIX + "history", "true"
"""A Boolean of CloudEvents 1.0 as a text; where it is absent it is false."""
_MIRRORED = ("id", "type", "correlationid")
"""Attributes that are AMQP properties as well; the correlation id is passed on to every consequence."""
LONGEST_PROPERTY = 255
"""Bytes: the longest short string of AMQP 0-9-1."""
_NUMBER = re.compile(r"[0-9]{1,18}")
"""What fits into 64 bits, with room for the next one."""
SHOWN = 100
"""Characters of a wrong value that its error shows."""
_TYPE = re.compile(r"[a-z_]+(\.[a-z_0-9]+)+")


def schema_base(public_url: str) -> str:
    """Give what the attribute `dataschema` begins with, where the gateway is reached under `public_url`."""
    return public_url.rstrip("/") + SCHEMA_PATH


class MalformedEnvelope(ValueError):
    """An attribute of a message's envelope is missing or wrong."""


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """The attributes of one event; names are those of CloudEvents and its registered extensions."""

    id: str
    source: str
    type: str
    subject: str
    time: str
    sequence: int
    correlationid: str
    causationid: str | None = None
    traceparent: str | None = None
    actor: str | None = None
    dataschema: str | None = None
    history: bool = False
    """Whether what it says was entered as history: it happened before, and is no news."""
    extensions: Mapping[str, str] = field(default_factory=dict)

    @property
    def service(self) -> str:
        """The service that published it."""
        return self.type.partition(".")[0]

    @property
    def key(self) -> str:
        """The routing key: a fact in the past tense, such as `thing.happened`."""
        return self.type.partition(".")[2]

    @property
    def named(self) -> dict[str, str]:
        """What a span records of it: its id, its correlation id, and its routing key."""
        return {"id": self.id, "conversation_id": self.correlationid, "key": self.key}

    def consequence(self, *, reaction: str | None = None) -> Cause:
        """Give the cause that `reaction` to this event passes on to all of its effects."""
        return Cause(
            correlation_id=self.correlationid,
            causation_id=self.id,
            actor=self.actor or "platform",
            traceparent=self.traceparent,
            reaction=reaction,
            entered_as_history=self.history,
        )

    def to_headers(self) -> dict[str, str]:
        """Give the attributes as AMQP headers; nothing else becomes a header."""
        headers = {header: value for name, header in _HEADERS if (value := getattr(self, name)) is not None}
        headers[_SEQUENCE] = f"{self.sequence:0{SEQUENCE_DIGITS}d}"
        headers[_SPECVERSION] = "1.0"
        if self.history:
            headers[_HISTORY] = _TRUE
        for name, value in self.extensions.items():
            headers[HEADER_PREFIX + name] = value
        return headers

    @classmethod
    def from_headers(cls, headers: Mapping[str, Any] | None) -> "Envelope":
        """Read the attributes from a message's headers.

        Raises MalformedEnvelope naming the attribute that is missing or wrong.
        """
        attributes = {
            name.removeprefix(HEADER_PREFIX): value
            for name, value in (headers or {}).items()
            if name.startswith(HEADER_PREFIX) and isinstance(value, str)
        }
        attributes.pop("specversion", None)
        _check(attributes)
        known = {name: attributes.pop(name) for name in (*_REQUIRED, *_OPTIONAL) if name in attributes}
        sequence, history = int(known.pop("sequence")), attributes.pop("history", None) == _TRUE
        return cls(**known, sequence=sequence, history=history, extensions=attributes)


def _check(attributes: Mapping[str, str]) -> None:
    for name in _REQUIRED:
        if not attributes.get(name):
            raise MalformedEnvelope(f"header {HEADER_PREFIX}{name} is missing: every event carries it")
    _check_lengths(attributes)
    _check_form(attributes, "sequence", _NUMBER, "1 to 18 digits")
    _check_form(attributes, "type", _TYPE, "{service}.{past-tense fact}")


def _check_form(attributes: Mapping[str, str], name: str, form: re.Pattern[str], expected: str) -> None:
    if not form.fullmatch(attributes[name]):
        shown = repr(attributes[name][:SHOWN])
        raise MalformedEnvelope(f"header {HEADER_PREFIX}{name} is {shown}: {expected} expected")


def _check_lengths(attributes: Mapping[str, str]) -> None:
    for name in _MIRRORED:
        if (length := len(attributes[name].encode())) > LONGEST_PROPERTY:
            raise MalformedEnvelope(f"header {HEADER_PREFIX}{name} has {length} bytes: at most {LONGEST_PROPERTY} fit")
