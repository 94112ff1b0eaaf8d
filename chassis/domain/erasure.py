"""What stands in place of who somebody was, once that is erased."""

from typing import Final

ERASED: Final = "erased"
"""In place of a name or a text."""
NO_LANGUAGE, NO_ZONE = "und", "UTC"
"""In place of a language (BCP 47: undetermined) and of a time zone."""


def erased_address(id: str) -> str:
    """Give what stands in place of the address of who has this id: one of its own, where nobody is reached.

    Names under `.example` belong to nobody (RFC 2606, section 2).
    """
    return f"{id.lower()}@{ERASED}.example"
