"""Renders the page on which an invitation is answered: plain HTML without scripts."""

from base64 import b64encode
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from babel.dates import format_date
from jinja2 import DictLoader, Environment, StrictUndefined
from werkzeug.wrappers import Response

from chassis.domain.faults import Fault
from gateway.endpoints.aggregation import OUTAGE_KINDS
from gateway.http import problems

FOLDER = Path(__file__).parent / "templates"
RETRYABLE_IN_FORM = frozenset({"conflict", "invalid"})
"""The kinds of fault after which the form is shown again, as it is now."""
NOT_UNDERSTOOD = "That was not understood. Please choose one of the answers below."
TRANSIENT = OUTAGE_KINDS | {"too_fast"}
"""The kinds of fault after which the same link works a little later."""


class ReplyPage:
    """The page in the name of the institute."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        """Read the templates and the style."""
        self._institute = {
            "name": settings["ORGANISATION_NAME"],
            "contact": settings["CONTACT_NAME"],
            "email": settings["CONTACT_EMAIL"],
        }
        self._style = (FOLDER / "reply.css").read_text()
        self._templates = _templates()
        self.headers = _headers(self._style)

    def invitation(self, shown: Mapping[str, Any], *, refused: Fault | None) -> Response:
        """Return the page of an invitation with the possible answers, and why the last answer was refused."""
        alert = NOT_UNDERSTOOD if refused and refused.kind == "invalid" else shown["notice"]
        return self._page("reply.html", refused, alert=alert, **shown)

    def refusal(self, fault: Fault, *, headers: Mapping[str, str] | None = None) -> Response:
        """Return the page that says why there is no invitation to show, and what to do."""
        kind = {"is_unknown": fault.kind == "not_found", "is_transient": fault.kind in TRANSIENT}
        kind |= {"has_ended": fault.kind == "gone"}
        page = self._page("refused.html", fault, **kind)
        page.headers.update(headers or {})
        return page

    def _page(self, template: str, refused: Fault | None, **shown: Any) -> Response:
        html = self._templates.get_template(template).render(institute=self._institute, style=self._style, **shown)
        status = 200 if refused is None else problems.status(refused)
        return Response(html, status=status, headers=self.headers, content_type="text/html; charset=utf-8")


def _headers(style: str) -> Mapping[str, str]:
    """Allow nothing but what is on the page; its address is a secret that must not leave it."""
    style_hash = b64encode(sha256(style.encode()).digest()).decode()
    return {
        "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{style_hash}'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
        "Cache-Control": "no-store",
    }


def _templates() -> Environment:
    environment: Any = Environment(
        extensions=["jinja2.ext.i18n"],
        loader=DictLoader({path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.html")}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.install_null_translations(newstyle=True)  # English only: one singular and one plural form
    environment.filters |= {"day": _day, "deadline": _deadline}
    return environment


def _day(day: str) -> str:
    """Format an ISO date: 1 June 2026."""
    return _long(date.fromisoformat(day))


def _deadline(instant: str, zone: str) -> str:
    """Format a local instant by which something must be done: 17:30 on 1 June 2026 (Europe/Stockholm time).

    Midnight is the end of the day before.
    """
    moment = datetime.fromisoformat(instant)
    if moment.time() == time.min:
        return f"the end of {_long(moment.date() - timedelta(days=1))} ({zone} time)"
    return f"{moment:%H:%M} on {_long(moment.date())} ({zone} time)"


def _long(day: date) -> str:
    text: str = format_date(day, "long", locale="en_GB")
    return text
