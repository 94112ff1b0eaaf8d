"""How things are found by the beginning of any word of their names, whatever the case and the accents.

A document keeps the words of its name, folded, in one member with a multikey index. A document that was stored
without it is found by everything else, and by its words once it is stored again.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from pymongo import IndexModel

SEARCH_WORDS = "search_words"
INDEX = IndexModel([SEARCH_WORDS, "_id"])
_NOT_DECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
"""Characters that Unicode does not decompose, as CLDR's transform Latin-ASCII writes them."""
_WORD = re.compile(r"[^\W_]+")


def search_words(text: str) -> list[str]:
    """Give the words of a text, each once, without accents and case."""
    return sorted(set(_WORD.findall(_folded(text))))


def found_by(query: str) -> Mapping[str, Any]:
    """Give the condition for what has, for every word of the query, a word that begins with it.

    A query without a character of a word finds nothing.
    """
    begins = [{SEARCH_WORDS: {"$regex": f"^{word}"}} for word in search_words(query)]
    return {"$and": begins} if begins else {SEARCH_WORDS: {"$in": []}}


def _folded(text: str) -> str:
    """Decompose (NFKD), leave out the marks, and fold the case."""
    characters = (each for each in unicodedata.normalize("NFKD", text) if unicodedata.category(each) != "Mn")
    return "".join(characters).casefold().translate(_NOT_DECOMPOSED)
