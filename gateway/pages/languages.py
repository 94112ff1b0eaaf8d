"""The languages of the pages, and which of them a reader gets."""

from dataclasses import dataclass

from werkzeug.datastructures import LanguageAccept


@dataclass(frozen=True)
class Language:
    """A language that the pages speak: its BCP 47 tag, what it calls itself, and whose customs its dates follow.

    `locale` is one of CLDR's; `direction` is that of HTML's attribute `dir`.
    """

    tag: str
    name: str
    locale: str
    direction: str = "ltr"


ENGLISH = Language("en", "English", "en_GB")
LANGUAGES = (
    ENGLISH,
    Language("sv", "Svenska", "sv_SE"),
    Language("da", "Dansk", "da_DK"),
    Language("pt", "Português", "pt_BR"),
    Language("ar", "العربية", "ar_QA", direction="rtl"),
)
"""In the order in which a page lists them; the texts are written in the first."""
_BY_TAG = {each.tag: each for each in LANGUAGES}


def chosen(asked: str | None, *, own: str | None, accepted: LanguageAccept) -> Language:
    """Give the language that was asked for, else the reader's own, else the best that the browser accepts.

    What is asked for and is not among ours counts as not asked for: pt-BR is served by pt.
    """
    wishes = (asked, own, *(tag for tag, quality in accepted if quality))
    return next((found for wish in wishes if wish and (found := _served_by(wish))), ENGLISH)


def _served_by(tag: str) -> Language | None:
    return _BY_TAG.get(tag.lower().partition("-")[0])
