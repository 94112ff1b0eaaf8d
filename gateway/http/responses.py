"""How a service's answer looks as HTTP: its tag, where it is, what may be kept of it."""

from http import HTTPStatus
from urllib.parse import urlencode

import orjson
from werkzeug.wrappers import Response

from chassis.rpc.client import Answer
from gateway.http.etags import etag, is_known
from gateway.http.request import ClientRequest

ON_EVERY_ANSWER = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}
"""What goes with an answer that does not say otherwise."""
_KEPT_IF_ASKED_AGAIN = {"Cache-Control": "private, no-cache", "Vary": "Accept, Authorization"}


def response(answer: Answer, request: ClientRequest, status: int) -> Response:
    """Answer the request; what the client has already, as `If-None-Match` says, is not sent again."""
    body = orjson.dumps(answer)
    headers = _tagged(body, answer, request) | _places(answer, request, status)
    if answer.repeated:
        headers["Idempotent-Replayed"] = "true"
    if request.only_reads and is_known(headers["ETag"], request.headers):
        return Response(status=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(body, status=status, headers=headers, content_type="application/json")


def tag_of(answer: Answer) -> str:
    """Give the tag of what a service showed."""
    return etag(orjson.dumps(answer), answer.get("version"))


def _tagged(body: bytes, answer: Answer, request: ClientRequest) -> dict[str, str]:
    if request.only_reads:
        return {"ETag": etag(body, answer.get("version")), **_KEPT_IF_ASKED_AGAIN}
    return {"ETag": etag(body, answer["version"])} if "version" in answer else {}


def _places(answer: Answer, request: ClientRequest, status: int) -> dict[str, str]:
    """Say where what was created is, and where a list goes on."""
    if status == HTTPStatus.CREATED:
        return {"Location": f"{request.path}/{answer['id']}"}
    if answer.get("next_cursor"):
        following = {**request.parameters(), "cursor": answer["next_cursor"]}
        return {"Link": f'<{request.path}?{urlencode(following)}>; rel="next"'}
    return {}
