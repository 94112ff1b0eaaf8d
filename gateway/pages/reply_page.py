"""How the page looks on which an invitation is answered: plain, without scripts, and readable by everybody."""

from base64 import b64encode
from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from nameko import config
from werkzeug.wrappers import Response

from chassis.domain.faults import Fault
from gateway.endpoints.aggregation import AWAY
from gateway.http import problems

FOLDER = Path(__file__).parent / "templates"
STYLE = (FOLDER / "reply.css").read_text()
_STYLE_HASH = b64encode(sha256(STYLE.encode()).digest()).decode()
HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
}
"""Nothing but what is on the page itself; its address is a secret that goes nowhere else."""
TOLD_BESIDE_THE_FORM = frozenset({"conflict", "invalid"})
"""The kinds of refusal after which one can try again with the form as it is now."""
SENTENCES: Mapping[str, str] = {
    "answers_are_over": "The time to answer is over.",
    "more_seats_than_offered": "There are not that many seats for you.",
    "invalid": "That was not understood. Please choose one of the answers below.",
}
"""What people are told of a refusal, by its code or kind."""
ANSWERED_SINCE = "There was an answer already, from here or from elsewhere. This is how it stands now."


WILL_PASS = AWAY | {"too_fast"}
"""The kinds of refusal after which the same link works a little later."""


def invitation(shown: Mapping[str, Any], *, refused: Fault | None) -> Response:
    """Show an invitation and what can be answered, with why the last answer was refused."""
    alert = None if refused is None else SENTENCES.get(refused.code) or SENTENCES.get(refused.kind, ANSWERED_SINCE)
    return _page("reply.html", refused, alert=alert, **shown)


def refusal(fault: Fault, *, headers: Mapping[str, str] | None = None) -> Response:
    """Say that there is nothing to show, and what to do."""
    page = _page("refused.html", fault, is_unknown=fault.kind == "not_found", will_pass=fault.kind in WILL_PASS)
    page.headers.update(headers or {})
    return page


def _page(template: str, refused: Fault | None, **shown: Any) -> Response:
    institute = {
        "name": config["ORGANISATION_NAME"],
        "contact": config["CONTACT_NAME"],
        "email": config["CONTACT_EMAIL"],
    }
    html = _PAGES.get_template(template).render(institute=institute, style=STYLE, **shown)
    status = 200 if refused is None else problems.status(refused)
    return Response(html, status=status, headers=HEADERS, content_type="text/html; charset=utf-8")


def _day(day: str) -> str:
    """Write a day out: 1 June 2026."""
    written: str = format_date(date.fromisoformat(day), "long", locale="en_GB")
    return written


def _moment(instant: str) -> str:
    """Write an instant out as the clocks at the camp show it: 1 June 2026, 17:30."""
    moment = datetime.fromisoformat(instant)
    return f"{format_date(moment, 'long', locale='en_GB')}, {moment:%H:%M}"


_PAGES: Any = Environment(
    extensions=["jinja2.ext.i18n"],
    loader=FileSystemLoader(FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
_PAGES.install_null_translations(newstyle=True)  # in English alone, which has a word for one and a word for more
_PAGES.filters |= {"day": _day, "moment": _moment}
