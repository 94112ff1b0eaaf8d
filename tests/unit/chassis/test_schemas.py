from datetime import UTC, datetime
from typing import Any

import pytest

from chassis.schemas.fields import Instant
from chassis.schemas.messages import Request
from chassis.schemas.validation import InvalidFields, load


class Meeting(Request):
    at = Instant(required=True)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-06-10T14:00:00+02:00", datetime(2026, 6, 10, 12, 0, tzinfo=UTC)),
        ("2026-06-10T12:00:00Z", datetime(2026, 6, 10, 12, 0, tzinfo=UTC)),
        ("2026-06-10T12:00:00.1239Z", datetime(2026, 6, 10, 12, 0, 0, 123000, tzinfo=UTC)),
    ],
)
def test_an_instant_is_read_with_its_offset_as_it_will_be_stored(text: str, instant: datetime) -> None:
    assert load(Meeting(), {"at": text}) == {"at": instant}


@pytest.mark.parametrize(
    "value",
    [
        None, 1, "", "now", "2026-06-10", "2026-06-10T14:00", "2026-06-10T14:00:00", "2026-06-10 14:00:00Z",
        "2026-02-30T14:00:00Z", "2026-06-10T24:01:00Z", "2026-06-10T14:00:00+99:99", "1899-12-31T23:59:59Z",
        "2200-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00",
    ],
)  # fmt: skip
def test_anything_else_is_no_instant(value: Any) -> None:
    with pytest.raises(InvalidFields):
        load(Meeting(), {"at": value})
