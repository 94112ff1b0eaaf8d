"""The templates of letters: the institute's name and contact, and the texts, one folder for each language.

A template is plain text; its first line is the subject. It sets `happened`, what made us write, and `rule`, by which
rule of the institute, for whoever asks why there is this letter. A template of a new category or
language is checked by the test that renders every one of them with sample data.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from jinja2 import DictLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from services.notifications.model.letter import RenderedText
from services.notifications.model.letter_trigger import Category

FOLDER = Path(__file__).parent
FALLBACK = "en"
LINKS = {"link": "rsvp", "programme_link": "programme", "harvest_link": "harvest",
         "inquiry_link": "inquiry"}  # fmt: skip
"""The pages that a letter can link to: where its recipient answers, reads of a camp, or sees how far an inquiry is."""
_ISO_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_CONTROLS = frozenset({"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"})


@dataclass(frozen=True, kw_only=True)
class Institute:
    """Who writes; `mail_domain` is what its message ids end in, and `public_url` where its pages are."""

    name: str
    contact_name: str
    contact_email: str
    mail_domain: str
    public_url: str


class LetterTemplates:
    """Renders letters in the recipient's language, or in English where there is no text in theirs."""

    def __init__(self, institute: Institute) -> None:
        """Read every text, and write in the name of `institute`."""
        self.institute = institute
        self._texts = ImmutableSandboxedEnvironment(
            loader=DictLoader(_as_they_are_now()),
            undefined=StrictUndefined,
            finalize=_one_line,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._texts.filters |= {
            "day": _day,
            "month": _month,
            "days_written_out": _days_written_out,
            "hour": _hour,
            "until": _until,
            "is_elsewhere": _is_elsewhere,
        }
        self.languages = {path.name for path in FOLDER.iterdir() if any(path.glob("*.txt"))}

    def render(
        self, category: Category, *, language: str, about: Mapping[str, object], reader_zone: str | None = None
    ) -> RenderedText:
        """Give the text of a letter; raises jinja2.UndefinedError when `about` lacks what the text names.

        Times are those of the place that they are about, and of `reader_zone` beside it where it is another time there.
        """
        spoken = self._spoken(language)
        template = self._texts.get_template(f"{spoken}/{category}.txt")
        usual = {"institute": asdict(self.institute), "language": spoken, "reader_zone": reader_zone}
        written: Any = template.make_module({**usual, **about})
        subject, _, body = str(written).partition("\n")
        happened, rule = (_one_line(getattr(written, name, "")) for name in ("happened", "rule"))
        return RenderedText(language=spoken, subject=subject, body=body.strip() + "\n", happened=happened, rule=rule)

    def message_id(self, letter_id: str) -> str:
        """Give the message id of a letter, the same for ever."""
        return f"<{letter_id}@{self.institute.mail_domain}>"

    def links(self, letter_id: str) -> Mapping[str, str]:
        """Give the links to pages, by the names that texts have for them, as they stand until it is handed over."""
        return {name: f"{self.institute.public_url}/{page}/{letter_id}" for name, page in LINKS.items()}

    def _spoken(self, language: str) -> str:
        choices = (language, language.partition("-")[0], FALLBACK)
        return next(choice for choice in choices if choice in self.languages)


def _as_they_are_now() -> dict[str, str]:
    return {path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.txt")}


def _one_line(value: Any) -> Any:
    """Keep what others wrote on its line: no value begins a new paragraph, ends a header or turns the text round."""
    if not isinstance(value, str):
        return value
    return "".join(
        sign
        for sign in " ".join(value.split())
        if unicodedata.category(sign) != "Cc" and unicodedata.bidirectional(sign) not in _CONTROLS
    )


@pass_context
def _day(context: Context, day: date, zone: str | None = None) -> str:
    """Write a day, or that of an instant in a zone, out in the letter's language: 1 June 2026."""
    if not isinstance(day, date) or isinstance(day, datetime) != (zone is not None):
        raise TypeError(f"a day is expected, or an instant with a zone, not {day} with {zone}")
    there = day.astimezone(ZoneInfo(zone)).date() if isinstance(day, datetime) and zone else day
    language = context["language"]
    text: str = format_date(there, "long", locale="en_GB" if language == "en" else language.replace("-", "_"))
    return text


@pass_context
def _month(context: Context, first_day: date) -> str:
    """Write the month of a day out in the letter's language: June 2026."""
    if not isinstance(first_day, date):
        raise TypeError(f"a day is expected, not {first_day}")
    language = context["language"]
    text: str = format_date(first_day, "LLLL y", locale="en_GB" if language == "en" else language.replace("-", "_"))
    return text


@pass_context
def _days_written_out(context: Context, text: str) -> str:
    """Write the days within a text, such as 2026-06-01, out in the letter's language."""
    return _ISO_DAY.sub(lambda found: _day(context, date.fromisoformat(found[0])), str(text))


def _hour(at: datetime, zone: str) -> str:
    """Write the time of day of an instant in a zone: 14:00."""
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"


def _until(day: date, zone: str, hour: str | None = None) -> datetime:
    """Give the instant at which a day is over in a zone, or an hour of it, such as 17:30, has come."""
    last, end = (day, time.fromisoformat(hour)) if hour else (day + timedelta(1), time())
    return datetime.combine(last, end, ZoneInfo(zone))


def _is_elsewhere(at: datetime, zone: str, other: str) -> bool:
    """Whether clocks in two zones differ at an instant."""
    return at.astimezone(ZoneInfo(zone)).utcoffset() != at.astimezone(ZoneInfo(other)).utcoffset()
