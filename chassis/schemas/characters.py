r"""Which characters a text may have, and in which form texts are stored.

The sets are written as the inside of a character class that means the same to every engine of regular expressions;
what lies beyond U+FFFF stands for itself there, for JavaScript and Python have no escape in common for it.
"""

import unicodedata

_BIDI_CONTROLS = r"\u202a-\u202e\u2066-\u2069"
"""They make a reader see other characters, or another order, than are there (Unicode Standard Annex #9, section 2)."""
NOT_IN_TEXT = rf"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{_BIDI_CONTROLS}"
"""Control characters other than tab and line break, and bidirectional controls."""
NOT_IN_LINE = rf"\x00-\x1f\x7f-\x9f\u2028\u2029{_BIDI_CONTROLS}"
"""All control characters, line and paragraph separators, and bidirectional controls."""
INVISIBLE = (
    r"\x00-\x20\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f"
    r"\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""White space, controls, the blank Braille pattern, and what Unicode calls Default_Ignorable_Code_Point: a text of
nothing else shows nothing."""


def pattern_without(refused: str) -> str:
    """Give the pattern of texts that have none of the `refused` characters and at least one that can be seen."""
    return f"^[^{refused}]*[^{refused}{INVISIBLE}][^{refused}]*$"


def compared(text: str) -> str:
    """Give the form in which names are compared: case, white space and format characters make no difference."""
    shown = "".join(each for each in unicodedata.normalize("NFC", text) if unicodedata.category(each) != "Cf")
    return unicodedata.normalize("NFC", " ".join(shown.split()).casefold())


def normalised(text: str) -> str:
    """Give a text as it is stored: in normalisation form C, without white space at its ends."""
    return unicodedata.normalize("NFC", text).strip()
