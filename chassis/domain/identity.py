"""The only clock and the only source of ids; everything below the entrypoints gets both as arguments."""

import re
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from secrets import token_hex

from ulid import ULID

Clock = Callable[[], datetime]
NewId = Callable[[str], str]
_ID = re.compile(r"[a-z]{3}_[0-9a-z_]{1,56}")


def utc_now() -> datetime:
    """Give the present instant in UTC, in whole milliseconds as MongoDB stores it."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def new_id(prefix: str) -> str:
    """Make an opaque id that sorts by the time it was made, such as `mst_01k…`."""
    return f"{prefix}_{ULID()}".lower()


def ids_among(values: Iterable[object]) -> tuple[str, ...]:
    """Give those that have the form of an id of ours: of what somebody sent they alone are safe to keep."""
    return tuple(value for value in values if isinstance(value, str) and _ID.fullmatch(value))


def rfc3339(instant: datetime) -> str:
    """Write an instant as it crosses the wire: UTC, milliseconds, `Z`."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def unix_nanoseconds() -> int:
    """Give the present instant as OpenTelemetry has it: nanoseconds of the Unix epoch."""
    return time.time_ns()


def new_trace_id() -> str:
    """Make an id of W3C Trace Context for a whole trace: 16 random bytes, never all zero."""
    return token_hex(16)


def new_span_id() -> str:
    """Make an id of W3C Trace Context for one step of a trace: 8 random bytes, never all zero."""
    return token_hex(8)
