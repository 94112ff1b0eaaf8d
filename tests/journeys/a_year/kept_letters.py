"""The letters of a year as files: what is another each time, ids and links, is left out of them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.journeys.a_year.played import Told

FOLDER = Path(__file__).parent / "letters"
_LINK = re.compile(r"http\S+?(/rsvp/|/harvest/)\S+")
_ID = re.compile(r"\b([a-z]{3}_)[0-9a-z]{26}\b")
_NO_WORD = re.compile(r"[^a-z0-9]+")


def as_files(told: Iterable[Told]) -> Mapping[str, str]:
    """Give the text of each letter by its file's name, which says the order, the recipient and the subject."""
    return {f"{number:03}-{_name(each)}.txt": _text(each) for number, each in enumerate(told, 1)}


def kept() -> Mapping[str, str]:
    """Give what is kept."""
    return {path.name: path.read_text() for path in sorted(FOLDER.glob("*.txt"))}


def keep(files: Mapping[str, str]) -> None:
    """Keep these, and no others."""
    for path in FOLDER.glob("*.txt"):
        path.unlink()
    for name, text in files.items():
        (FOLDER / name).write_text(text)


def _name(told: Told) -> str:
    words = f"{told.who.partition(',')[0]} {told.mail['Subject']}"
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return _NO_WORD.sub("-", plain)[:60].strip("-")


def _text(told: Told) -> str:
    mail = told.mail
    headers = [f"{name}: {mail[name]}" for name in ("From", "To", "Reply-To", "Subject")]
    day = mail["Date"].datetime
    text = "\n".join(
        [*headers, f"Date: {day.day} {day:%B %Y}", "", mail.get_body(("plain",)).get_content().replace("\r\n", "\n")]
    )
    return _ID.sub(r"\1…", _LINK.sub(r"https://…\1…", text))
