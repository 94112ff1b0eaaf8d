"""The page on which an invitation is answered by its link, as OpenAPI describes it: for people, so it speaks HTML."""

from typing import Any

from gateway.contracts import Contract
from gateway.http import problems
from gateway.openapi import parts

PATH = "/rsvp/{token}"
SHOWS, ACTS = "camps.show_reply_form", "camps.answer_by_link"
_LOOKING = frozenset(
    {
        "malformed",
        "too_fast",
        "uri_too_long",
        "headers_too_large",
        "not_found",
        "conflict",
        "unavailable",
        "late",
        "broken",
    }
)
_ANSWERING = _LOOKING | {"too_large", "slow", "unsupported", "invalid", "reused"}
_HTML = {"text/html": {"schema": {"type": "string"}}}
_FORM = "application/x-www-form-urlencoded"
_LOOK = 'curl "$LINK"'
_ANSWER = f"""curl -X POST "$LINK" \\
  -H "Content-Type: {_FORM}" \\
  --data @- <<END
answer=accepted&nonce=$NONCE
END"""


def paths(shows: Contract, acts: Contract) -> dict[str, Any]:
    """Give the path with its two methods."""
    form = {**acts.asks, "properties": {name: each for name, each in acts.members.items() if name != "token"}}
    form["required"] = [name for name in form["properties"] if acts.needs(name)]
    token = {"name": "token", "in": "path", "required": True, "schema": shows.members["token"]}
    page = {"200": {"description": "OK: the page with the invitation.", "headers": parts.headers(), "content": _HTML}}
    seen = {
        "303": {
            "description": "See Other: the answer is taken; the page shows it.",
            "headers": parts.headers("Location"),
        }
    }
    look = _operation("look_at_the_invitation", shows, _LOOK, page | _refusals(_LOOKING))
    answer = _operation("answer_by_link", acts, _ANSWER, seen | _refusals(_ANSWERING))
    body = {"required": True, "content": {_FORM: {"schema": form}}}
    return {PATH: {"parameters": [token], "get": look, "post": answer | {"requestBody": body}}}


def _operation(name: str, contract: Contract, source: str, responses: dict[str, Any]) -> dict[str, Any]:
    return {
        "operationId": name,
        "tags": ["camps"],
        "summary": contract.description.rstrip("."),
        "security": [],
        "responses": responses,
        "x-roles": [],
        "x-codeSamples": [{"lang": "Shell", "label": "curl", "source": source}],
    }


def _refusals(kinds: frozenset[str]) -> dict[str, Any]:
    """Return the error responses: an HTML page, or problem details for a request that is no valid HTTP."""
    content = _HTML | parts.PROBLEM_CONTENT
    return {
        status: {"description": f"{problems.reason(int(status))}.", "headers": parts.headers(), "content": content}
        for status in parts.refusals(kinds)
    }
