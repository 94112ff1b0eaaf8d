"""Texts of a chart: cleaned of what could break or disguise them, cut, divided into lines; numbers and days as read."""

import re
from datetime import date
from decimal import Decimal
from unicodedata import east_asian_width

NARROW, UPPER, WIDE = 0.56, 0.7, 1.05
"""Width of an average character, in parts of the size of the font; of a capital or a digit; of the widest."""
_NEVER_SHOWN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb\ufffe\uffff]"
    "|[\ud800-\udfff]"
)
"""What XML does not allow, and marks that make a text read otherwise than it is written."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def cleaned(text: str, *, most: int) -> str:
    """Return a text on one line, without characters that are never shown, and of at most so many."""
    whole = " ".join(_NEVER_SHOWN.sub("\N{REPLACEMENT CHARACTER}", text).split())
    return whole if len(whole) <= most else f"{whole[: most - 1].rstrip()}…"


def width_of(text: str, *, size: float) -> float:
    """Return about how wide a text is, in points."""
    return size * sum(map(_width_of, text))


def _width_of(character: str) -> float:
    if character in "MW@%—…" or east_asian_width(character) in "WF":
        return WIDE
    return UPPER if character.isupper() or character.isdigit() else NARROW


def lines_of(text: str, *, width: float, size: float) -> list[str]:
    """Divide a text into lines of at most a width; a word that is longer is divided."""
    lines: list[str] = []
    line = ""
    for word in _words(text, width=width, size=size):
        longer = f"{line} {word}" if line else word
        if line and width_of(longer, size=size) > width:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line] if line else lines


def _words(text: str, *, width: float, size: float) -> list[str]:
    most = max(int(width / (size * WIDE)), 1)
    words = []
    for word in text.split():
        whole = width_of(word, size=size) <= width
        words += [word] if whole else [word[at : at + most] for at in range(0, len(word), most)]
    return words


def number(value: Decimal | float) -> str:
    """Return a number with four significant digits, or all before the point."""
    exact = Decimal(value)
    digits = max(3 - exact.adjusted(), 0) if exact else 0
    text = f"{exact:,.{min(digits, 15)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def day(value: date) -> str:
    """Return a day as `5 Jan 2026`: by the same names everywhere, whatever the machine's language."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def days(first: date, last: date) -> str:
    """Return the days from one to another."""
    return day(first) if first == last else f"{day(first)} – {day(last)}"
