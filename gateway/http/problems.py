"""Which refusal is which HTTP status: the only such table. A refusal is told as RFC 9457 has it."""

from collections.abc import Mapping
from typing import Any

import orjson
from werkzeug.wrappers import Response

from chassis.domain.faults import Fault
from gateway.http.request import ClientRequest

CONTENT_TYPE = "application/problem+json"
PATCHES = "application/merge-patch+json, application/json"
RETRY_AFTER_SECONDS = "1"
KINDS: Mapping[str, tuple[int, str]] = {
    # what services say
    "invalid": (422, "Well formed, and wrong"),
    "reused": (422, "The idempotency key stands for another request"),
    "not_found": (404, "Nothing there"),
    "forbidden": (403, "Not for this caller"),
    "conflict": (409, "The present state does not allow it"),
    "stale": (412, "Somebody has changed it since"),
    # what comes and goes
    "unavailable": (503, "Out of reach for the moment"),
    "late": (504, "No answer in time"),
    # what is ours to mend
    "broken": (500, "Something broke here"),
    # what the gateway says itself
    "malformed": (400, "Not understood"),
    "wrong_parameter": (400, "A parameter is wrong"),
    "unauthenticated": (401, "Who is asking?"),
    "no_such_method": (405, "Not this method"),
    "slow": (408, "Too slow"),
    "not_acceptable": (406, "Only JSON is spoken here"),
    "too_large": (413, "Too large"),
    "uri_too_long": (414, "Too long a path and query"),
    "unsupported": (415, "Only JSON is read here"),
    "unconditional": (428, "A version is needed"),
    "too_fast": (429, "Too many requests"),
    "headers_too_large": (431, "Too much in the headers"),
}
HEADERS: Mapping[int, Mapping[str, str]] = {
    401: {"WWW-Authenticate": "Bearer"},
    429: {"Retry-After": RETRY_AFTER_SECONDS},
    503: {"Retry-After": RETRY_AFTER_SECONDS},
    504: {"Retry-After": RETRY_AFTER_SECONDS},
}


def status(fault: Fault) -> int:
    """Give the HTTP status of a refusal."""
    return KINDS.get(fault.kind, KINDS["broken"])[0]


def is_ours_to_mend(status: int) -> bool:
    """Whether a request that ended so counts against us."""
    return status >= 500


def document(fault: Fault, *, instance: str, request_id: str) -> dict[str, Any]:
    """Write a refusal of the request to the path `instance`."""
    _, title = KINDS.get(fault.kind, KINDS["broken"])
    where = "parameter" if fault.kind == "wrong_parameter" else "pointer"
    return {
        "type": f"urn:partnerships:problem:{fault.code}",
        "title": title,
        "status": status(fault),
        "detail": fault.message,
        "instance": instance,
        "code": fault.code,
        "request_id": request_id,
        "errors": [_error(dict(field), where) for field in fault.fields],
    }


def response(fault: Fault, request: ClientRequest, *, headers: Mapping[str, str] | None = None) -> Response:
    """Answer a request with a refusal, with the headers that go with it."""
    problem = document(fault, instance=request.instance, request_id=request.request_id)
    all_headers = {**_what_would_help(status(fault), request.method), **(headers or {})}
    return Response(orjson.dumps(problem), status=status(fault), headers=all_headers, content_type=CONTENT_TYPE)


def _what_would_help(status: int, method: str) -> Mapping[str, str]:
    if status == KINDS["unsupported"][0]:
        return {"Accept-Patch": PATCHES} if method == "PATCH" else {"Accept": "application/json"}
    return HEADERS.get(status, {})


def _error(field: dict[str, Any], where: str) -> dict[str, Any]:
    """A parameter has a name, where a member of a body has a pointer."""
    place = field.pop("pointer")
    return {where: place if where == "pointer" else place.removeprefix("/"), **field}
