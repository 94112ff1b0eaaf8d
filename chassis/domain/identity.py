"""The only clock and the only source of ids; code below the entrypoints gets both as arguments."""

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


def select_ids(values: Iterable[object]) -> tuple[str, ...]:
    """Give the values that have the form of our ids; only these may be stored from unvalidated input."""
    return tuple(value for value in values if isinstance(value, str) and _ID.fullmatch(value))


def rfc3339(instant: datetime) -> str:
    """Format an instant by RFC 3339, in UTC with milliseconds and `Z`."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def unix_nanoseconds() -> int:
    """Give the present instant in nanoseconds since the Unix epoch, as OpenTelemetry counts it."""
    return time.time_ns()


def new_trace_id() -> str:
    """Make an id of W3C Trace Context for a whole trace: 16 random bytes, never all zero."""
    return token_hex(16)


def new_span_id() -> str:
    """Make an id of W3C Trace Context for one span: 8 random bytes, never all zero."""
    return token_hex(8)
