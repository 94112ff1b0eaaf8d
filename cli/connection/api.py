"""A client of the gateway, on the standard library."""

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TIMEOUT_SECONDS = 30.0
PICTURE = "image/svg+xml"
"""What is no JSON, and given as text."""


class Refused(Exception):
    """The gateway answered with a problem; `status` and `problem` say which."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:

        super().__init__(f"{status} {problem.get('code', '')}: {problem.get('detail', problem)}")
        self.status = status
        self.problem = problem


class Unreachable(OSError):
    """The gateway does not answer, or not in time; the message names its address."""


@dataclass(frozen=True, kw_only=True)
class Response:
    """A response of the gateway."""

    status: int
    headers: Mapping[str, str]
    body: Any


@dataclass(frozen=True, kw_only=True)
class Api:
    """A client of the gateway at `gateway`, with a token."""

    gateway: str
    token: str
    timeout_seconds: float = TIMEOUT_SECONDS
    """How long to wait for each part of an answer."""

    def get(self, path: str, **parameters: Any) -> Any:
        """Get a resource; raises Refused and Unreachable."""
        query = urllib.parse.urlencode({name: value for name, value in parameters.items() if value is not None})
        return self.call("GET", f"{path}?{query}" if query else path).body

    def post(self, path: str, body: Mapping[str, Any], **headers: str) -> Response:
        """Post a body; header names are written with underscores. Raises Refused and Unreachable."""
        return self.call("POST", path, body=body, headers=headers)

    def post_file(self, path: str, content: bytes, media_type: str, **headers: str) -> Response:
        """Post a file; header names are written with underscores. Raises Refused and Unreachable."""
        return self._send(self._request("POST", path, {**headers, "Content_Type": media_type}, content))

    def transition(self, path: str, to: str, *, version: int, request_id: str | None = None, **facts: Any) -> Any:
        """Change the state of a resource that was read at `version`; raises Refused and Unreachable."""
        headers = {"If_Match": f'"{version}"'} | ({"X_Request_Id": request_id} if request_id else {})
        return self.call("POST", f"{path}/transitions", body={"to": to, **facts}, headers=headers).body

    def call(
        self, method: str, path: str, *, body: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None
    ) -> Response:
        """Make a request and return the whole response; raises Refused and Unreachable."""
        if body is None:
            return self._send(self._request(method, path, headers or {}, None))
        content = json.dumps(body).encode()
        return self._send(self._request(method, path, {**(headers or {}), "Content_Type": "application/json"}, content))

    def _request(
        self, method: str, path: str, headers: Mapping[str, str], content: bytes | None
    ) -> urllib.request.Request:
        request = urllib.request.Request(self.gateway + path, data=content, method=method)
        request.add_header("Authorization", f"Bearer {self.token}")
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        return request

    def _send(self, request: urllib.request.Request) -> Response:
        try:
            return _answered(request, self.timeout_seconds)
        except OSError as error:
            why = getattr(error, "reason", error)
            trouble = getattr(why, "strerror", None) or why
            raise Unreachable(f"{self.gateway} does not answer ({trouble}): is it running?") from error


def _answered(request: urllib.request.Request, timeout_seconds: float) -> Response:
    try:
        with urllib.request.urlopen(request, timeout=timeout_seconds) as response:
            content, is_picture = response.read(), response.headers.get_content_type() == PICTURE
            body = content.decode() if is_picture else json.loads(content) if content else None
            return Response(status=response.status, headers=dict(response.headers), body=body)
    except urllib.error.HTTPError as error:
        raise Refused(error.code, _problem(error.read())) from None


def _problem(text: bytes) -> Mapping[str, Any]:
    try:
        problem: Mapping[str, Any] = json.loads(text)
    except ValueError:
        return {"detail": text.decode(errors="replace")[:200]}
    return problem
