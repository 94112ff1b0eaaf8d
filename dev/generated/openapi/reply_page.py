"""The page on which an invitation is answered by its link, as OpenAPI describes it; its responses are HTML."""

from typing import Any

from dev.generated.openapi import components
from dev.generated.openapi.operations import in_short_and_whole
from gateway.contracts import Contract
from gateway.http import problems

PATH = "/rsvp/{token}"
SHOW, ANSWER = "camps.show_reply_form", "camps.answer_by_link"
_READING = frozenset(
    {
        "malformed",
        "too_fast",
        "uri_too_long",
        "headers_too_large",
        "not_found",
        "gone",
        "conflict",
        "unavailable",
        "late",
        "broken",
    }
)
_WRITING = _READING | {"too_large", "slow", "unsupported", "invalid", "reused"}
_HTML = {"text/html": {"schema": {"type": "string"}}}
_FORM = "application/x-www-form-urlencoded"
_LOOK_SAMPLE = 'curl "$LINK"'
_ANSWER_SAMPLE = f"""curl -X POST "$LINK" \\
  -H "Content-Type: {_FORM}" \\
  --data @- <<END
answer=accepted&nonce=$NONCE
END"""


def paths(show: Contract, answer: Contract) -> dict[str, Any]:
    """Return the path with its two methods."""
    form = {**answer.request, "properties": {name: each for name, each in answer.members.items() if name != "token"}}
    form["required"] = [name for name in form["properties"] if answer.requires(name)]
    token = {"name": "token", "in": "path", "required": True, "schema": show.members["token"]}
    page = {"200": {"description": "OK: the invitation.", "headers": components.headers(), "content": _HTML}}
    seen = {
        "303": {
            "description": "See Other: the answer is taken; the page shows it.",
            "headers": components.headers("Location"),
        }
    }
    looking = _operation("show_invitation_page", show, _LOOK_SAMPLE, page | _problems(_READING))
    answering = _operation("answer_by_link", answer, _ANSWER_SAMPLE, seen | _problems(_WRITING))
    body = {"required": True, "content": {_FORM: {"schema": form}}}
    return {PATH: {"parameters": [token], "get": looking, "post": answering | {"requestBody": body}}}


def _operation(name: str, contract: Contract, source: str, responses: dict[str, Any]) -> dict[str, Any]:
    return {
        "operationId": name,
        "tags": ["camps"],
        **in_short_and_whole(contract),
        "security": [],
        "responses": responses,
        "x-roles": [],
        "x-codeSamples": [{"lang": "Shell", "label": "curl", "source": source}],
    }


def _problems(kinds: frozenset[str]) -> dict[str, Any]:
    """Return the error responses: an HTML page, or problem details for a request that is no valid HTTP."""
    content = _HTML | components.PROBLEM_CONTENT
    return {
        status: {"description": f"{problems.reason(int(status))}.", "headers": components.headers(), "content": content}
        for status in components.problem_responses(kinds)
    }
