"""By what a second inquiry of the same organisation is known: its name in its country, and its domains."""

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import urlsplit

from chassis.schemas.characters import compared
from chassis.schemas.mail_addresses import canonical_address
from services.partners.reference import LEGAL_FORMS, PUBLIC_MAIL_DOMAINS

_ACCENTS = re.compile("[\\u0300-\\u036f]")
"""The marks of Latin, Greek and Cyrillic letters, which people leave out. Those of other scripts are vowels."""
_BETWEEN_WORDS = re.compile(r"[^\w\s]|_")


def twin_keys(*, organisation: str, country: str, website: str | None, email: str) -> list[str]:
    """Give by what an organisation is known; whoever has one of them in common is the same.

    A name counts within its country, for each has a Ministry of Health; a domain everywhere, unless anybody can have
    mail there. A domain counts whole, without `www.`: which part of it is an organisation's own, no rule says.
    """
    name = f"name {country} {organisation_name(organisation)}"
    return sorted({name, *(f"domain {each}" for each in _domains(website, email))})


def organisation_name(text: str) -> str:
    """Give a name without what its writers differ in: case, accents, white space, punctuation, the legal form."""
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", compared(text)))
    words = _BETWEEN_WORDS.sub(" ", plain.replace(".", "")).split() or [compared(text)]
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    return unicodedata.normalize("NFC", " ".join(words))


def _domains(website: str | None, email: str) -> Iterator[str]:
    own = (canonical_address(email).rpartition("@")[2], _host(website) if website else "")
    return (each for each in own if each and each not in PUBLIC_MAIL_DOMAINS)


def _host(website: str) -> str:
    """Give the host of a web address, also of one written without its scheme, as a browser's line takes it."""
    try:
        host = urlsplit(website if "//" in website else f"//{website}").hostname or ""
        return host.removeprefix("www.").encode("idna").decode()
    except ValueError:
        return ""
