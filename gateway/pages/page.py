"""Renders the pages that letters link to: plain HTML without scripts, in the reader's language."""

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from werkzeug.wrappers import Response

from chassis.domain.faults import Fault
from gateway.endpoints.aggregation import OUTAGE_KINDS
from gateway.http import problems
from gateway.pages.languages import LANGUAGES, Language
from gateway.pages.translated import INLINED, templates_in

FOLDER = Path(__file__).parent / "templates"
POLICY = "Content-Security-Policy"
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
        self._templates = templates_in(FOLDER)
        self.headers = _headers(self._templates.style)

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
        common = {"institute": self._institute, "style": self._templates.style, "language": language,
                  "languages": LANGUAGES, "is_unread": self._templates.is_unread(template, language)}  # fmt: skip
        html = self._templates.template(template, language).render({**shown, **common})
        status = 200 if refused is None else problems.status(refused)
        headers = {**self.headers, "Content-Language": language.tag, **(problems.retrying(refused) if refused else {})}
        if shown.get("picture"):
            headers[POLICY] += f"; img-src {INLINED}"
        return Response(html, status=status, headers=headers, content_type="text/html; charset=utf-8")


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
