"""From the answer of a service to a response: entity tag, location, caching."""

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlencode

import orjson
from werkzeug.wrappers import Response

from chassis.rpc.client import Result
from gateway.http.etags import etag, is_current
from gateway.http.headers import SVG
from gateway.http.request import ClientRequest

DEFAULT_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}
"""The headers of every response that does not set them itself."""
PICTURE_POLICY = f"{DEFAULT_HEADERS['Content-Security-Policy']}; sandbox"
_REVALIDATE = {"Cache-Control": "private, no-cache", "Vary": "Accept, Authorization"}


def response(answer: Result, request: ClientRequest, status: int) -> Response:
    """Return the response, or 304 if the client has the representation, as `If-None-Match` says."""
    body = orjson.dumps(answer)
    headers = _cache_headers(body, answer, request) | _locations(answer, request, status)
    if answer.repeated:
        headers["Idempotent-Replayed"] = "true"
    if request.is_safe and is_current(headers["ETag"], request.headers):
        return Response(status=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(body, status=status, headers=headers, content_type="application/json")


def picture(answer: Result, request: ClientRequest) -> Response:
    """Return what was drawn, or 304 if the client has it; opened by itself, it may run and fetch nothing."""
    body = str(answer["svg"]).encode()
    sent = {**_cache_headers(body, answer, request), "Content-Security-Policy": PICTURE_POLICY}
    if is_current(sent["ETag"], request.headers):
        return Response(status=HTTPStatus.NOT_MODIFIED, headers=sent)
    return Response(body, headers=sent, content_type=SVG)


def without_content(status: HTTPStatus, headers: Mapping[str, str]) -> Response:
    """Return a response without a body, which is therefore of no type."""
    empty = Response(status=status, headers=headers)
    del empty.headers["Content-Type"]
    return empty


def etag_of(answer: Result) -> str:
    """Return the entity tag of an answer."""
    return etag(orjson.dumps(answer), answer.get("version"))


def _cache_headers(body: bytes, answer: Result, request: ClientRequest) -> dict[str, str]:
    if request.is_safe:
        return {"ETag": etag(body, answer.get("version")), **_REVALIDATE}
    return {"ETag": etag(body, answer["version"])} if "version" in answer else {}


def _locations(answer: Result, request: ClientRequest, status: int) -> dict[str, str]:
    """Return the location of a new resource, or the link to the next page of a list."""
    if status == HTTPStatus.CREATED:
        return {"Location": f"{request.path}/{answer['id']}"}
    if answer.get("next_cursor"):
        next_page = {**request.parameters(), "cursor": answer["next_cursor"]}
        return {"Link": f'<{request.path}?{urlencode(next_page)}>; rel="next"'}
    return {}
