"""The templates of the pages in every language: their files are read once in a process, when it first asks."""

from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Any

from babel.support import Translations
from jinja2 import DictLoader, Environment, StrictUndefined, Template

from gateway.pages import moments
from gateway.pages.catalogues import Texts
from gateway.pages.languages import LANGUAGES, Language

INLINED = "data:"


class TranslatedTemplates:
    """Every template in every language, as the files were when it was made."""

    def __init__(self, folder: Path) -> None:
        """Read the templates, the style and the translations."""
        self.style = (folder / "page.css").read_text()
        self._sources = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.html")}
        self._texts = {language: Texts(language) for language in LANGUAGES}
        self._made: dict[tuple[Language, str], Template] = {}

    def is_unread(self, name: str, language: Language) -> bool:
        """Whether nobody has read some text of a template in a language."""
        return self._texts[language].is_unread(name)

    def template(self, name: str, language: Language) -> Template:
        """Give a template that speaks a language; it is made when it is first asked for."""
        if (language, name) not in self._made:
            environment = self._environment(self._texts[language].translations_of(name), language)
            self._made[language, name] = environment.get_template(name)
        return self._made[language, name]

    def _environment(self, translations: Translations, language: Language) -> Environment:
        environment: Any = Environment(
            extensions=["jinja2.ext.i18n"],
            loader=DictLoader(self._sources),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        environment.policies["ext.i18n.trimmed"] = True
        environment.install_gettext_translations(translations, newstyle=True)
        environment.filters |= moments.filters(language)
        environment.filters["inlined"] = _inlined
        return environment


@cache
def templates_in(folder: Path) -> TranslatedTemplates:
    """Give the templates of a folder as they were when this process first asked for them."""
    return TranslatedTemplates(folder)


def _inlined(svg: str) -> str:
    """Give a picture as the address of an image that is on the page itself, in which no script runs."""
    return f"{INLINED}image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
