"""Until when the makers of RabbitMQ, MongoDB and Python support each release series.

Looked up on 26 November 2026 in https://endoflife.date (as of 22 August 2026), which reads
https://www.rabbitmq.com/release-information, https://www.mongodb.com/legal/support-policy/lifecycles and
https://devguide.python.org/versions. RabbitMQ's is community support: a series ends when the next has come.
"""

from collections.abc import Mapping
from datetime import date

from cli.operations.doctor.finding import Finding, finding

Series = tuple[int, ...]
"""Major and minor number."""
FOR_NOW = date.max
"""No end is announced."""

SUPPORT_ENDS: Mapping[str, Mapping[Series, date]] = {
    "RabbitMQ": {
        (4, 3): FOR_NOW,
        (4, 2): date(2026, 7, 31),
        (4, 1): date(2026, 1, 30),
        (4, 0): date(2025, 4, 15),
        (3, 13): date(2024, 9, 17),
        (3, 12): date(2024, 2, 21),
        (3, 11): date(2023, 6, 1),
        (3, 10): date(2022, 9, 28),
    },
    "MongoDB": {
        (8, 3): date(2029, 10, 31),
        (8, 2): date(2026, 7, 31),
        (8, 1): date(2025, 9, 30),
        (8, 0): date(2029, 10, 31),
        (7, 0): date(2027, 8, 31),
        (6, 0): date(2025, 7, 31),
        (5, 0): date(2024, 10, 31),
    },
    "Python": {
        (3, 14): date(2030, 10, 31),
        (3, 13): date(2029, 10, 31),
        (3, 12): date(2028, 10, 31),
        (3, 11): date(2027, 10, 31),
    },
}
"""The last day of each series that the platform runs on."""


def version(product: str, found: str, *, today: date, oldest: Series = (0,)) -> Finding:
    """Judge a version: older than `oldest`, which has what is needed, is bad; no longer supported is warned of.

    A series that is newer than all in the table is taken for supported.
    """
    numbers = series_of(found)
    if numbers < oldest:
        return finding(product, found, bad=True, to_do=f"{_shown(oldest)} or later is needed")
    last_day = SUPPORT_ENDS[product].get(numbers, FOR_NOW if numbers > max(SUPPORT_ENDS[product]) else date.min)
    if today <= last_day:
        return finding(product, found)
    ended = f"since {last_day}" if last_day > date.min else "for long"
    return finding(product, f"{found}, not supported {ended}", warn=True, to_do=_advice(product, today))


def series_of(found: str) -> Series:
    """Give the major and the minor number of a version such as 4.2.0-rc.1; nothing where there are none."""
    return tuple(int(part) for part in found.split(".")[:2] if part.isdecimal())


def _advice(product: str, today: date) -> str:
    supported = [series for series, last_day in SUPPORT_ENDS[product].items() if today <= last_day]
    newest = f"{_shown(max(SUPPORT_ENDS[product]))} or later"
    choices = ", ".join(map(_shown, sorted(supported))) if supported else newest
    return f"its maker mends no fault in it any more: take {choices}; docs/operations.md, “Versions”"


def _shown(series: Series) -> str:
    return ".".join(map(str, series))
