"""Reads letters: which statements a text makes, and which days, numbers and names it says that nobody checks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from tests.journeys.a_year.sentences import SENTENCES

DAY = r"\d{1,2} [A-Z][a-z]+ \d{4}"
_ELSEWHERE = rf"(?:; where you are \d\d:\d\d on {DAY}, \S+ time)?"
MOMENT = rf"{DAY} at \d\d:\d\d \(\S+ time{_ELSEWHERE}\)"
DEADLINE = rf"(?:the end of|\d\d:\d\d on) {DAY} \(\S+ time{_ELSEWHERE}\)"
FORMS = {
    **dict.fromkeys(("starts", "ends", "was_starts", "was_ends", "term_starts", "term_ends"), DAY),
    **dict.fromkeys(("today", "departed_on", "closed_on", "coach_left_on", "absent_since", "answer_day"), DAY),
    "questioned_on": DAY,
    **dict.fromkeys(("reached_on", "due_on", "was_due_on", "follow_day", "any_follow_day", "held_day"), DAY),
    **dict.fromkeys(("held_at", "was_held_at", "was_to_begin", "undo_until"), MOMENT),
    **dict.fromkeys(("answer_by", "due_end", "follow_by"), DEADLINE),
    **dict.fromkeys(("seats", "wanted", "position", "promises"), r"\d+"),
    **dict.fromkeys(("worse_from", "worse_to", "period", "latest", "promised_on", "to_test_by"), DAY),
    "length": r"\d+",
    "held_hour": r"\d\d:\d\d",
    "reasons": r"(?:- [^\n]+\n?)+",
}
"""How what a sentence says is written; what is not here is words."""
TAKEN = "…"
"""Stands where a sentence was read."""
WORDS = rf"(?:(?!\. )[^\n{TAKEN}])+?"
LINK = re.compile(r"http\S+/(?:rsvp|harvest)/\S+")
_PARTS = re.compile(
    rf"(?:(?P<hour>\d\d:\d\d) on |the end of )?(?P<day>{DAY})(?: at (?P<at>\d\d:\d\d))? \((?P<zone>\S+?) time"
    rf"(?:; where you are (?P<local_hour>\d\d:\d\d) on (?P<local_day>{DAY}), (?P<local_zone>\S+) time)?\)"
)
Pattern = tuple[re.Pattern[str], tuple[tuple[str, str], ...]]
"""A sentence to be found, and what it implies."""


@dataclass(frozen=True)
class Statement:
    """That something, by its name in `World`, is so."""

    of: str
    said: Any


@dataclass(frozen=True)
class Read:
    """What a letter says: its statements, what it takes back, and what is left of its text."""

    statements: tuple[Statement, ...]
    forgets: frozenset[str]
    rest: str


def read(text: str) -> Read:
    """Find every sentence that states something; the longest that fits is the one that is meant."""
    text, statements, forgets = LINK.sub(TAKEN, text), list[Statement](), set[str]()
    for pattern, implied in _patterns():
        for found in pattern.finditer(text):
            statements += [each for name, said in found.groupdict().items() for each in _stated(name, said)]
            statements += [Statement(name, said) for name, said in implied if name != "forget"]
            forgets |= {said for name, said in implied if name == "forget"}
        text = pattern.sub(TAKEN, text)
    return Read(tuple(dict.fromkeys(statements)), frozenset(forgets), text)


def moments(text: str) -> list[datetime]:
    """Give every instant that a text names."""
    return [_instant(found) for found in _PARTS.finditer(text)]


@lru_cache
def _patterns() -> list[Pattern]:
    return [_pattern(sentence) for sentence in sorted(SENTENCES, key=_words, reverse=True)]


def _words(sentence: str) -> int:
    return len(sentence.partition(" | ")[0])


def _pattern(sentence: str) -> Pattern:
    words, _, implied = sentence.partition(" | ")
    text = re.sub(r"\\{(\w+)\\}", lambda name: rf"(?P<{name[1]}>{FORMS.get(name[1], WORDS)})", re.escape(words))
    end = r"(?=\s|$)" if words.endswith((".", ":", ",", "\n", "{reasons}")) else r"(?=\n|$)"
    return re.compile(rf"(?:(?<=\n)|(?<=[.:,{TAKEN}] )|^){text}{end}"), tuple(_implied(implied))


def _implied(claims: str) -> Iterator[tuple[str, str]]:
    for claim in claims.split():
        name, _, value = claim.partition("=")
        yield name, value


def _stated(name: str, said: str) -> list[Statement]:
    if name == "reasons":
        return [Statement("reason", line.removeprefix("- ")) for line in said.splitlines()]
    return [Statement(name, _value(name, said))]


def _value(name: str, said: str) -> Any:
    form = FORMS.get(name, "")
    if form == DAY:
        return _day(said)
    if form in (MOMENT, DEADLINE):
        found = _PARTS.fullmatch(said)
        assert found, said
        return _instant(found)
    return said


def _day(said: str) -> str:
    return str(datetime.strptime(said, "%d %B %Y").date())  # noqa: DTZ007 -- a day is none of a zone


def _instant(found: re.Match[str]) -> datetime:
    """Give the instant that is meant; where it is said in the reader's zone, too, both must be the same."""
    hour = found["hour"] or found["at"]
    there = _clock(found["day"], hour or "00:00", found["zone"], days=0 if hour else 1)
    if found["local_zone"]:
        here = _clock(found["local_day"], found["local_hour"], found["local_zone"])
        assert here == there, f"“{found[0]}” names two instants"
    return there


def _clock(day: str, hour: str, zone: str, *, days: int = 0) -> datetime:
    there = datetime.fromisoformat(f"{_day(day)}T{hour}") + timedelta(days)
    return there.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
