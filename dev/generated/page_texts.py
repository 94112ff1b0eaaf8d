"""gateway/pages/translations: which texts each page has, written from its template; what is translated is kept."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from cli.local.process import REPOSITORY
from gateway.pages.catalogues import FOLDER
from gateway.pages.languages import ENGLISH, LANGUAGES
from gateway.pages.page import FOLDER as TEMPLATES

_JINJA = {"trimmed": "true", "silent": "false", "trim_blocks": "true", "lstrip_blocks": "true"}
_KEYWORDS = {"gettext": None, "ngettext": (1, 2)}
_ABOUT = "# The texts of a page. A text marked fuzzy was translated by a machine, and nobody has read it."
_MADE_AT = datetime(2026, 11, 27, tzinfo=UTC)
"""In every header, so that the same texts make the same file."""


def existing() -> list[Path]:
    """Give every catalogue that is there, also those of templates and languages that are not there any more."""
    return list(FOLDER.glob("*/*.po"))


def written() -> dict[Path, str]:
    """Give each catalogue, with every text of its template and no other."""
    templates = [(path.stem, texts) for path in sorted(TEMPLATES.glob("*.html")) if len(texts := _texts_of(path))]
    languages = [each.tag for each in LANGUAGES if each is not ENGLISH]
    return {
        (path := FOLDER / tag / f"{name}.po"): _updated(path, tag, texts)
        for name, texts in templates
        for tag in languages
    }


def _texts_of(path: Path) -> Catalog:
    texts = Catalog(creation_date=_MADE_AT)
    for message, context in _messages(path):
        texts.add(message, locations=[(path.relative_to(REPOSITORY).as_posix(), 0)], context=context)
    return texts


def _messages(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    with path.open("rb") as file:
        found = extract("jinja2.ext.babel_extract", file, keywords=_KEYWORDS, options=_JINJA)
        yield from [(message, context) for _, message, _, context in found]


def _updated(path: Path, tag: str, texts: Catalog) -> str:
    catalogue = _present(path, tag)
    catalogue.update(texts, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    for message in catalogue:
        if message.id and not "".join(message.string or ""):
            message.flags.add("fuzzy")
    file = BytesIO()
    write_po(file, catalogue, include_lineno=False, width=110)
    return file.getvalue().decode()


def _present(path: Path, tag: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=tag, creation_date=_MADE_AT, revision_date=_MADE_AT, header_comment=_ABOUT, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=tag)
