"""The components of the OpenAPI document that many operations refer to: problems, headers, parameters."""

from collections.abc import Iterable, Mapping
from typing import Any

from gateway.http import problems

JsonSchema = dict[str, Any]
_TEXT = {"type": "string"}
_ERROR = {
    "type": "object",
    "description": "One error: its place, and what is expected.",
    "properties": {
        "pointer": _TEXT | {"description": "The place in the body, as a JSON pointer (RFC 6901)."},
        "parameter": _TEXT | {"description": "The name of the query parameter."},
        "code": _TEXT,
        "detail": _TEXT,
    },
    "required": ["code", "detail"],
}
PROBLEM: JsonSchema = {
    "type": "object",
    "description": "Problem details of an unsuccessful request (RFC 9457).",
    "properties": {
        "type": _TEXT | {"format": "uri"},
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "instance": _TEXT,
        "code": _TEXT | {"description": "The reason, stable, for programs; `title` and `detail` are for people."},
        "request_id": _TEXT,
        "errors": {"type": "array", "items": {"$ref": "#/components/schemas/ProblemError"}},
    },
    "required": ["type", "title", "status", "detail", "instance", "code", "request_id", "errors"],
}
SCHEMAS: Mapping[str, JsonSchema] = {"Problem": PROBLEM, "ProblemError": _ERROR}
_KEY = "[A-Za-z0-9._~-]{1,128}"
_TAG = r'"[0-9]{1,18}(\.[0-9a-f]{16})?"'
HEADERS: Mapping[str, Mapping[str, Any]] = {
    "ETag": {
        "description": "The entity tag of the representation, for `If-Match` and `If-None-Match`.",
        "schema": _TEXT,
    },
    "Idempotent-Replayed": {
        "description": "`true` when this repeats the response to an earlier request with the same key.",
        "schema": _TEXT,
    },
    "Link": {"description": 'The URL of the next page (`rel="next"`); absent on the last page.', "schema": _TEXT},
    "Location": {"description": "The path of the new resource.", "schema": _TEXT},
    "Retry-After": {"description": "The number of seconds after which to try again.", "schema": _TEXT},
    "WWW-Authenticate": {"description": "The authentication scheme to use.", "schema": _TEXT},
    "X-Request-Id": {
        "description": "The id of the request, as logged and as passed on to every consequence.",
        "schema": _TEXT,
    },
}
PARAMETERS: Mapping[str, Mapping[str, Any]] = {
    "X-Request-Id": {
        "description": "The client's own id of the request: 1 to 64 letters, digits, '.', '_', '-'; else replaced.",
        "schema": _TEXT,
    },
    "Idempotency-Key": {
        "description": (
            "Makes repeats safe: one with the same key gets the first response. Use a new key per request. "
            "In quotation marks or without, it is the same key."
        ),
        "schema": _TEXT | {"pattern": f'^({_KEY}|"{_KEY}")$', "examples": ["8e03978e-40d5-43dd-bc93-6894a57f9324"]},
    },
    "Entered-As": {
        "description": (
            "`history` puts on record what happened before: nobody is written to, invited or asked to coach because of "
            "it, and days that are planned may be past. For the institute's staff."
        ),
        "schema": _TEXT | {"enum": ["history"]},
    },
    "If-Match": {
        "description": (
            "The ETag of the version to change, or the version alone in quotation marks; of up to ten, any may be the "
            "present one. `*` takes whichever there is."
        ),
        "required": True,
        "schema": _TEXT | {"pattern": rf"^(\*|{_TAG}(, {_TAG}){{0,9}})$", "examples": ['"1"']},
    },
    "If-None-Match": {
        "description": "The ETag that the client has: while it is current, the response is 304 without a body.",
        "schema": _TEXT,
    },
}
ENTERED_AS = "Entered-As"
EVERY_REQUEST, READS, WRITES, CONDITIONAL_WRITES = (
    ("X-Request-Id",),
    ("If-None-Match",),
    ("Idempotency-Key", ENTERED_AS),
    ("If-Match",),
)
NOT_MODIFIED = "NotModified"
SECURITY_SCHEMES = {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}


def all_components() -> dict[str, dict[str, Any]]:
    """Return the Components Object."""
    return {
        "schemas": dict(SCHEMAS),
        "headers": dict(HEADERS),
        "parameters": {name: {"name": name, "in": "header", **parameter} for name, parameter in PARAMETERS.items()},
        "responses": {_name(status): _response(status) for status in sorted(_causes())} | _NOT_MODIFIED,
        "securitySchemes": SECURITY_SCHEMES,
    }


def reference(kind: str, name: str) -> dict[str, str]:
    """Return a Reference Object to a component."""
    return {"$ref": f"#/components/{kind}/{name}"}


def headers(*names: str) -> dict[str, dict[str, str]]:
    """Return references to response headers; every response has the id of its request."""
    return {name: reference("headers", name) for name in sorted({*names, *EVERY_REQUEST})}


def problem_responses(kinds: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return references to the responses of these kinds of faults, by status."""
    statuses = sorted({problems.KINDS[kind].status for kind in kinds})
    return {str(status): reference("responses", _name(status)) for status in statuses}


_NOT_MODIFIED = {
    NOT_MODIFIED: {
        "description": "Not Modified: the client has the current representation.",
        "headers": headers("ETag"),
    }
}


PROBLEM_CONTENT = {problems.CONTENT_TYPE: {"schema": reference("schemas", "Problem")}}


def _causes() -> Mapping[int, list[str]]:
    causes: dict[int, list[str]] = {}
    for kind in problems.KINDS.values():
        causes.setdefault(kind.status, []).append(kind.cause)
    return causes


def _response(status: int) -> dict[str, Any]:
    stale = {"ETag"} if status == problems.KINDS["stale"].status else set()
    with_it = headers(*problems.HEADERS.get(status, {}), *stale)
    description = f"{problems.reason(status)}: {'; or '.join(_causes()[status])}."
    return {"description": description, "headers": with_it, "content": PROBLEM_CONTENT}


def _name(status: int) -> str:
    return f"Problem{status}"
