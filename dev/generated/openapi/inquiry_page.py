"""The public form of an inquiry, as OpenAPI describes it; its responses are HTML."""

from collections.abc import Mapping
from typing import Any

from dev.generated.openapi import components
from dev.generated.openapi.reply_page import HTML, refusals
from gateway.contracts import Contract
from gateway.pages.inquiry_form import FORM, MAKE_INQUIRY, SEAL, SENT, UNSEEN

_READING = frozenset({"malformed", "too_fast", "uri_too_long", "headers_too_large", "unavailable", "broken"})
_WRITING = _READING | {"too_large", "slow", "unsupported", "invalid", "reused", "conflict", "late"}
_TYPE = "application/x-www-form-urlencoded"
_TEXT = {"type": "string"}
_PAGE = {"200": {"description": "OK: the page.", "headers": components.headers(), "content": HTML}}
_SENT = {"303": {"description": "See Other: it was taken.", "headers": components.headers("Location")}}
_SAMPLE = f"""curl -X POST "$GATEWAY{FORM}" \\
  -H "Content-Type: {_TYPE}" \\
  --data @- <<END
organisation=Region+Sk%C3%A5ne&country=SE&contact_name=Bo&contact_email=bo@example.org&message=We+ask&{SEAL}=$FORM
END"""


def paths(known: Mapping[str, Contract]) -> dict[str, Any]:
    """Return the path of the form, with its two methods, and of what is seen when it was sent."""
    opening = _operation("show_inquiry_form", "Show the form of an inquiry", f'curl "$GATEWAY{FORM}"', _PAGE, _READING)
    sending = _operation("send_inquiry_form", "Make an inquiry by the form", _SAMPLE, _SENT, _WRITING)
    after = _operation("show_inquiry_sent", "Show that an inquiry was sent", f'curl "$GATEWAY{SENT}"', _PAGE, _READING)
    body = {"required": True, "content": {_TYPE: {"schema": _form(known[MAKE_INQUIRY])}}}
    return {FORM: {"get": opening, "post": sending | {"requestBody": body}}, SENT: {"get": after}}


def _form(contract: Contract) -> dict[str, Any]:
    """Return what the form has: the members of an inquiry, its language apart, which is that of the page."""
    said = {name: each for name, each in contract.members.items() if name not in ("language", "focus_areas")}
    seal = {"description": "When the form was opened, as the page was shown with.", **_TEXT, "examples": ["$FORM"]}
    unseen = {"description": "Is empty: people do not see it.", **_TEXT, "maxLength": 0}
    required = [SEAL, *(name for name in said if contract.requires(name))]
    return {"type": "object", "properties": {**said, SEAL: seal, UNSEEN: unseen}, "required": required}


def _operation(
    name: str, summary: str, source: str, responses: dict[str, Any], refused: frozenset[str]
) -> dict[str, Any]:
    return {
        "operationId": name,
        "tags": ["partners"],
        "summary": summary,
        "security": [],
        "responses": responses | refusals(refused),
        "x-roles": [],
        "x-codeSamples": [{"lang": "Shell", "label": "curl", "source": source}],
    }
