"""The request headers that the gateway reads, validated."""

import re

from werkzeug.datastructures import Headers

from chassis.domain.faults import Fault
from chassis.domain.identity import new_id
from chassis.observability.tracing import is_valid

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_COMMAND_ID = re.compile(r'("?)([A-Za-z0-9._~-]{1,128})\1')
JSON, MERGE_PATCH = "application/json", "application/merge-patch+json"
SVG = "image/svg+xml"
ENTERED_AS, HISTORY = "Entered-As", "history"


def request_id(headers: Headers) -> str:
    """Return the client's `X-Request-Id`, or a new one if there is none or it is not safe in a log."""
    given = headers.get("X-Request-Id", "")
    return given if _REQUEST_ID.fullmatch(given) else new_id("req")


def traceparent(headers: Headers) -> str | None:
    """Return the `traceparent` of W3C Trace Context if it is a valid one of version 00."""
    given = headers.get("traceparent", "")
    return given if is_valid(given) else None


def command_id(headers: Headers) -> str:
    """Return the `Idempotency-Key`, or a new id if there is none; raises Fault `malformed`.

    In quotation marks (a string of RFC 9651, as the draft of the header has it) or without, it is the same key.
    """
    given = headers.get("Idempotency-Key")
    if given is None:
        return new_id("cmd")
    key = _COMMAND_ID.fullmatch(given)
    if key is None:
        raise _malformed("Idempotency-Key", "1 to 128 letters, digits, '.', '_', '~' or '-' are", given)
    return key[2]


def entered_as_history(headers: Headers) -> bool:
    """Return whether the client enters what happened before, by `Entered-As: history`; raises Fault `malformed`."""
    given = headers.get(ENTERED_AS)
    if given not in (None, HISTORY):
        raise _malformed(ENTERED_AS, f"'{HISTORY}', or no such header, is", str(given))
    return given is not None


def media_type(given: str) -> str:
    """Return a media type without its parameters: none of ours has one that matters (RFC 8259, section 11)."""
    return given.partition(";")[0].strip().lower()


def require_json(headers: Headers, *, or_merge_patch: bool = False) -> None:
    """Raise Fault `unsupported` unless the body is JSON or, where allowed, a merge patch (RFC 7396)."""
    given = headers.get("Content-Type", "")
    if media_type(given) not in (JSON, MERGE_PATCH if or_merge_patch else JSON):
        raise _unsupported(f"Content-Type: application/json is expected; got {given!r}")
    require_no_encoding(headers)


def require_no_encoding(headers: Headers) -> None:
    """Raise Fault `unsupported` for a body that is compressed."""
    encoding = headers.get("Content-Encoding", "identity")
    if encoding.lower() != "identity":
        raise _unsupported(f"A body without Content-Encoding is expected; got {encoding!r}")


def require_form(headers: Headers) -> None:
    """Raise Fault `unsupported` unless the body is a URL-encoded form."""
    given = headers.get("Content-Type", "")
    if media_type(given) != "application/x-www-form-urlencoded":
        raise _unsupported(f"Content-Type: application/x-www-form-urlencoded is expected; got {given!r}")


def _malformed(name: str, expected: str, given: str) -> Fault:
    message = f"{name}: {expected} expected; got {given[:80]!r}"
    return Fault(kind="malformed", code="malformed_header", message=message)


def _unsupported(message: str) -> Fault:
    return Fault(kind="unsupported", code="unsupported_media_type", message=message)
