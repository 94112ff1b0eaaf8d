"""The translations of the pages' texts: gettext catalogues, one for each template and language, read as they are.

`translations/sv/reply.po` has the Swedish of `templates/reply.html`. A text that is marked `fuzzy` was translated by a
machine, and nobody who speaks the language has read it yet.
"""

from functools import cached_property
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from gateway.pages.languages import ENGLISH, Language

FOLDER = Path(__file__).parent / "translations"

IN_COMMON = ("page", "where")
"""The templates whose texts stand on other pages, too."""


class Texts:
    """All texts of the pages in one language; those of English are the messages themselves."""

    def __init__(self, language: Language, *, folder: Path = FOLDER) -> None:
        """Read the catalogues of the language."""
        paths = [] if language is ENGLISH else sorted((folder / language.tag).glob("*.po"))
        self._catalogues = {path.stem: _read(path, language) for path in paths}

    def is_unread(self, template: str) -> bool:
        """Whether nobody has read some text of a template in this language, or of what all pages have in common."""
        return any(name in self._unread for name in (template.removesuffix(".html"), *IN_COMMON))

    def translations_of(self, template: str) -> Translations:
        """What a template says and what all pages have in common, as Jinja takes it.

        Another template may have the same text and speak to somebody else: many, where this one speaks to one.
        """
        spoken = (template.removesuffix(".html"), *IN_COMMON)
        known = [self._catalogues[name] for name in spoken if name in self._catalogues]
        first, *others = map(_compiled, known or [Catalog(locale=ENGLISH.tag)])
        for each in others:
            first.merge(each)
        return first  # and not an empty one they are merged into: its rule of plurals would be that of English

    @cached_property
    def _unread(self) -> frozenset[str]:
        catalogues = self._catalogues.items()
        return frozenset(name for name, texts in catalogues if any(text.fuzzy for text in texts if text.id))


def _read(path: Path, language: Language) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language.tag, abort_invalid=True)


def _compiled(catalogue: Catalog) -> Translations:
    compiled = BytesIO()
    write_mo(compiled, catalogue, use_fuzzy=True)
    compiled.seek(0)
    return Translations(compiled)
