"""Days, hours and names as a page writes them: by the customs of its language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from markupsafe import Markup

from gateway.pages.languages import Language


@dataclass(frozen=True)
class Deadline:
    """An instant by which something must be done, in words: the hour of a day, or its end, where `time` is empty.

    Midnight is the end of the day before.
    """

    day: str
    time: str


def filters(language: Language) -> Mapping[str, Callable[[Any], Any]]:
    """Return the filters of templates in a language: day, deadline, number, and bdi for what others wrote."""
    locale = language.locale

    def day(iso: str) -> str:
        return _long(date.fromisoformat(iso), locale)

    def deadline(instant: str) -> Deadline:
        return _deadline(datetime.fromisoformat(instant), locale)

    def number(value: int) -> str:
        return str(format_decimal(value, locale=locale))

    return {"day": day, "deadline": deadline, "number": number, "bdi": _isolated}


def _deadline(moment: datetime, locale: str) -> Deadline:
    if moment.time() == time.min:
        return Deadline(day=_long(moment.date() - timedelta(days=1), locale), time="")
    return Deadline(day=_long(moment.date(), locale), time=format_time(moment.time(), "short", locale=locale))


def _long(day: date, locale: str) -> str:
    text: str = format_date(day, "long", locale=locale)
    return text


def _isolated(text: object) -> Markup:
    """Keep what others wrote, in whatever direction its language is written, from turning the words around it."""
    return Markup("<bdi>{}</bdi>").format(text)
