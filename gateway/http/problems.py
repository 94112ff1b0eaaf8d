"""The HTTP status of each kind of fault, the only such table, and problem details (RFC 9457)."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, NamedTuple

import orjson
from werkzeug.wrappers import Response

from chassis.domain.faults import Fault
from gateway.http.hourly_limit import TooManyInAnHour
from gateway.http.request import ClientRequest

CONTENT_TYPE = "application/problem+json"
PATCHES = "application/merge-patch+json, application/json"
RETRY_AFTER_SECONDS = "1"


class Kind(NamedTuple):
    """The status of a kind of fault, and its cause, for the API description."""

    status: int
    cause: str


KINDS: Mapping[str, Kind] = {
    # from services
    "invalid": Kind(422, "a member of the body has an invalid value"),
    "reused": Kind(422, "the idempotency key was used for another request"),
    "not_found": Kind(404, "the resource does not exist or is not visible to the caller"),
    "gone": Kind(410, "the resource was the caller's, and is no longer"),
    "forbidden": Kind(403, "the caller lacks a role that the operation needs"),
    "conflict": Kind(409, "the present state of the resource does not allow the request"),
    "stale": Kind(412, "the resource has changed since the version in If-Match"),
    # transient
    "unavailable": Kind(503, "a service or the gateway cannot take the request now"),
    "late": Kind(504, "a service did not answer in time"),
    # an error of the platform
    "broken": Kind(500, "an unexpected error occurred; it is logged with the request id"),
    # from the gateway itself
    "malformed": Kind(400, "the request line, a header or the body is malformed"),
    "wrong_parameter": Kind(400, "a query parameter is unknown or has an invalid value"),
    "unauthenticated": Kind(401, "a valid bearer token is missing"),
    "no_such_method": Kind(405, "the resource does not support this method"),
    "not_acceptable": Kind(406, "the Accept header excludes application/json"),
    "slow": Kind(408, "the request was not received in time"),
    "too_large": Kind(413, "the body is too large"),
    "uri_too_long": Kind(414, "the path and query are too long"),
    "unsupported": Kind(415, "the body is not of a supported media type"),
    "unconditional": Kind(428, "the If-Match header is missing"),
    "too_fast": Kind(429, "the caller has exceeded its rate limit"),
    "version": Kind(505, "the request is of another version than HTTP/1.1 and HTTP/1.0"),
    "headers_too_large": Kind(431, "the headers are too large"),
}
RENAMED_BY_RFC_9110 = {413: "Content Too Large", 414: "URI Too Long", 422: "Unprocessable Content"}
"""Reason phrases for which the standard library of Python 3.11 still has the names of earlier RFCs."""
HEADERS: Mapping[int, Mapping[str, str]] = {
    401: {"WWW-Authenticate": "Bearer"},
    429: {"Retry-After": RETRY_AFTER_SECONDS},
    503: {"Retry-After": RETRY_AFTER_SECONDS},
    504: {"Retry-After": RETRY_AFTER_SECONDS},
}


def status(fault: Fault) -> int:
    """Return the HTTP status of a fault; 500 for an unknown kind."""
    return KINDS.get(fault.kind, KINDS["broken"]).status


def reason(status: int) -> str:
    """Return the reason phrase of a status as in RFC 9110, section 15."""
    return RENAMED_BY_RFC_9110.get(status) or HTTPStatus(status).phrase


def is_server_error(status: int) -> bool:
    """Whether a response with this status counts as a failure of the platform."""
    return status >= 500


def document(fault: Fault, *, instance: str, request_id: str) -> dict[str, Any]:
    """Return the problem details of a fault; `instance` is the path of the request."""
    where = "parameter" if fault.kind == "wrong_parameter" else "pointer"
    return {
        "type": f"urn:partnerships:problem:{fault.code}",
        "title": reason(status(fault)),
        "status": status(fault),
        "detail": fault.message,
        "instance": instance,
        "code": fault.code,
        "request_id": request_id,
        "errors": [_error(dict(field), where) for field in fault.fields],
    }


def response(fault: Fault, request: ClientRequest, *, headers: Mapping[str, str] | None = None) -> Response:
    """Return the problem details as a response, with the headers of its status."""
    problem = document(fault, instance=request.instance, request_id=request.request_id)
    all_headers = {**_headers_of(status(fault), request.method), **retrying(fault), **(headers or {})}
    return Response(orjson.dumps(problem), status=status(fault), headers=all_headers, content_type=CONTENT_TYPE)


def retrying(fault: Fault) -> dict[str, str]:
    """Return when to try again, for a fault that passes; no header for another."""
    if isinstance(fault, TooManyInAnHour):
        return {"Retry-After": str(fault.retry_after_seconds)}
    return {name: value for name, value in HEADERS.get(status(fault), {}).items() if name == "Retry-After"}


def _headers_of(status: int, method: str) -> Mapping[str, str]:
    if status == KINDS["unsupported"].status:
        return {"Accept-Patch": PATCHES} if method == "PATCH" else {"Accept": "application/json"}
    return HEADERS.get(status, {})


def _error(field: dict[str, Any], where: str) -> dict[str, Any]:
    """Return one error: a query parameter is named, a member of a body has a JSON pointer."""
    place = field.pop("pointer")
    return {where: place if where == "pointer" else place.removeprefix("/"), **field}
