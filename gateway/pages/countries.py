"""The countries, as each language calls them."""

import unicodedata
from functools import cache

from babel import Locale

from gateway.pages.languages import Language

_NO_COUNTRIES = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"])
"""What CLDR names and ISO 3166-1 does not: parts of countries, unions, Kosovo, and what is unknown."""


@cache
def countries(language: Language) -> tuple[tuple[str, str], ...]:
    """Give each country's code (ISO 3166-1 alpha-2) and name, in the order of the names."""
    names = Locale.parse(language.locale).territories
    found = [(code, name) for code, name in names.items() if len(code) == 2 and code not in _NO_COUNTRIES]
    return tuple(sorted(found, key=lambda each: _without_accents(each[1])))


def _without_accents(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(each for each in decomposed if not unicodedata.combining(each))
