"""The parts of the OpenAPI document that many operations refer to: headers, refusals, who may ask."""

from collections.abc import Iterable, Mapping
from typing import Any

from gateway.http import problems

JsonSchema = dict[str, Any]
_TEXT = {"type": "string"}
_ERROR = {
    "type": "object",
    "description": "One thing that is wrong: where it is, and what would be right.",
    "properties": {
        "pointer": _TEXT | {"description": "Where in the body, as RFC 6901 has it."},
        "parameter": _TEXT | {"description": "Which parameter."},
        "code": _TEXT,
        "detail": _TEXT,
    },
    "required": ["code", "detail"],
}
PROBLEM: JsonSchema = {
    "type": "object",
    "description": "A refusal, as RFC 9457 has it.",
    "properties": {
        "type": _TEXT | {"format": "uri"},
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "instance": _TEXT,
        "code": _TEXT | {"description": "Stable, for programs."},
        "request_id": _TEXT,
        "errors": {"type": "array", "items": {"$ref": "#/components/schemas/ProblemError"}},
    },
    "required": ["type", "title", "status", "detail", "instance", "code", "request_id", "errors"],
}
SCHEMAS: Mapping[str, JsonSchema] = {"Problem": PROBLEM, "ProblemError": _ERROR}
HEADERS: Mapping[str, Mapping[str, Any]] = {
    "ETag": {"description": "Names what is shown, for `If-Match` and `If-None-Match`.", "schema": _TEXT},
    "Idempotent-Replayed": {"description": "`true` on an answer given before.", "schema": _TEXT},
    "Link": {"description": 'Where the next page is (`rel="next"`), unless this is the last.', "schema": _TEXT},
    "Location": {"description": "Where to find what was created.", "schema": _TEXT},
    "Retry-After": {"description": "After how many seconds to try again.", "schema": _TEXT},
    "WWW-Authenticate": {"description": "How to say who is asking.", "schema": _TEXT},
    "X-Request-Id": {"description": "The request's id, in every log and every consequence.", "schema": _TEXT},
}
PARAMETERS: Mapping[str, Mapping[str, Any]] = {
    "X-Request-Id": {
        "description": "An id of the client's own for this request; one that could do harm in a log is replaced.",
        "schema": _TEXT,
    },
    "Idempotency-Key": {
        "description": "Makes a repeat safe: it gets the first answer. Take a new one for each thing you want.",
        "schema": _TEXT | {"pattern": "^[A-Za-z0-9._~-]{1,128}$"},
    },
    "If-Match": {
        "description": "The ETag of what you have seen.",
        "required": True,
        "schema": _TEXT | {"pattern": r'^"[0-9]{1,18}(\.[0-9a-f]{16})?"$', "examples": ['"1"']},
    },
    "If-None-Match": {
        "description": "The ETag of what you have: it is not sent again.",
        "schema": _TEXT,
    },
}
ALWAYS, WHEN_READING, WHEN_CHANGING, WHEN_SEEN = (
    ("X-Request-Id",),
    ("If-None-Match",),
    ("Idempotency-Key",),
    ("If-Match",),
)
NOT_MODIFIED = "NotModified"
SECURITY_SCHEMES = {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}


def components() -> dict[str, dict[str, Any]]:
    """Give all of them as OpenAPI's components."""
    return {
        "schemas": dict(SCHEMAS),
        "headers": dict(HEADERS),
        "parameters": {name: {"name": name, "in": "header", **said} for name, said in PARAMETERS.items()},
        "responses": {_name(status): _response(status) for status in sorted(_titles())} | _NOT_MODIFIED,
        "securitySchemes": SECURITY_SCHEMES,
    }


def reference(kind: str, name: str) -> dict[str, str]:
    """Refer to one of the components."""
    return {"$ref": f"#/components/{kind}/{name}"}


def headers(*names: str) -> dict[str, dict[str, str]]:
    """Give response headers by reference; every response has its request's id."""
    return {name: reference("headers", name) for name in sorted({*names, *ALWAYS})}


def refusals(kinds: Iterable[str]) -> dict[str, dict[str, str]]:
    """Give the responses of these kinds of errors, by status."""
    statuses = sorted({problems.KINDS[kind][0] for kind in kinds})
    return {str(status): reference("responses", _name(status)) for status in statuses}


_NOT_MODIFIED = {NOT_MODIFIED: {"description": "You have it already.", "headers": headers("ETag")}}


PROBLEM_CONTENT = {problems.CONTENT_TYPE: {"schema": reference("schemas", "Problem")}}


def _titles() -> Mapping[int, list[str]]:
    titles: dict[int, list[str]] = {}
    for status, title in problems.KINDS.values():
        titles.setdefault(status, []).append(title)
    return titles


def _response(status: int) -> dict[str, Any]:
    stale = {"ETag"} if status == problems.KINDS["stale"][0] else set()
    with_it = headers(*problems.HEADERS.get(status, {}), *stale)
    return {"description": "; or: ".join(_titles()[status]), "headers": with_it, "content": PROBLEM_CONTENT}


def _name(status: int) -> str:
    return f"Problem{status}"
