"""Renders the pages that letters link to: plain HTML without scripts, in the reader's language."""

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from babel.support import Translations
from jinja2 import DictLoader, Environment, StrictUndefined, Template
from werkzeug.wrappers import Response

from chassis.domain.faults import Fault
from gateway.endpoints.aggregation import OUTAGE_KINDS
from gateway.http import problems
from gateway.pages import moments
from gateway.pages.catalogues import Texts
from gateway.pages.languages import LANGUAGES, Language

FOLDER = Path(__file__).parent / "templates"
POLICY, INLINED = "Content-Security-Policy", "data:"
TRANSIENT = OUTAGE_KINDS | {"too_fast"}
"""The kinds of fault after which the same link works a little later."""


class Pages:
    """Every page in every language."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        """Read the templates, the style and the translations."""
        self._institute = {
            "name": settings["ORGANISATION_NAME"],
            "contact": settings["CONTACT_NAME"],
            "email": settings["CONTACT_EMAIL"],
        }
        self.domain = settings["CONTACT_EMAIL"].rpartition("@")[2]
        self._style = (FOLDER / "page.css").read_text()
        sources = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.html")}
        self._texts = {language: Texts(language) for language in LANGUAGES}
        self._sources = sources
        self._templates: dict[tuple[Language, str], Template] = {}
        self.headers = _headers(self._style)

    def show(self, template: str, language: Language, shown: Mapping[str, Any], *, refused: Fault | None) -> Response:
        """Return a page, and with `refused` why what was last submitted was not taken.

        The template knows that as the code of the refusal, which is `invalid` where only its kind tells something.
        """
        code = refused and ("invalid" if refused.kind == "invalid" else refused.code)
        return self._page(template, language, refused, {**shown, "refused": code})

    def refusal(self, fault: Fault, language: Language, *, headers: Mapping[str, str] | None = None) -> Response:
        """Return the page that says why there is nothing to show, and what to do."""
        kind = {"is_unknown": fault.kind == "not_found", "is_transient": fault.kind in TRANSIENT}
        kind |= {"has_ended": fault.kind == "gone"}
        page = self._page("refused.html", language, fault, kind)
        page.headers.update(headers or {})
        return page

    def _page(self, template: str, language: Language, refused: Fault | None, shown: Mapping[str, Any]) -> Response:
        common = {"institute": self._institute, "style": self._style, "language": language, "languages": LANGUAGES}
        unread = self._texts[language].is_unread(template)
        html = self._template(language, template).render({**shown, **common, "is_unread": unread})
        status = 200 if refused is None else problems.status(refused)
        headers = {**self.headers, "Content-Language": language.tag, **(problems.retrying(refused) if refused else {})}
        if shown.get("picture"):
            headers[POLICY] += f"; img-src {INLINED}"
        return Response(html, status=status, headers=headers, content_type="text/html; charset=utf-8")

    def _template(self, language: Language, name: str) -> Template:
        """Give a template that speaks a language; it is made when it is first asked for."""
        if (language, name) not in self._templates:
            environment = _environment(self._sources, self._texts[language].translations_of(name), language)
            self._templates[language, name] = environment.get_template(name)
        return self._templates[language, name]


def _headers(style: str) -> Mapping[str, str]:
    """Allow nothing but what is on the page; its address is a secret that must not leave it."""
    style_hash = b64encode(sha256(style.encode()).digest()).decode()
    return {
        POLICY: f"default-src 'none'; style-src 'sha256-{style_hash}'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
        "Cache-Control": "no-store",
        "Vary": "Accept-Language",
    }


def _inlined(svg: str) -> str:
    """Give a picture as the address of an image that is on the page itself, in which no script runs."""
    return f"{INLINED}image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def _environment(sources: Mapping[str, str], translations: Translations, language: Language) -> Environment:
    environment: Any = Environment(
        extensions=["jinja2.ext.i18n"],
        loader=DictLoader(sources),
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
