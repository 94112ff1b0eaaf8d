"""A client of the gateway, as small as the standard library allows."""

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PATIENCE_SECONDS = 30.0


class Refused(Exception):
    """The gateway answered with a problem; `status` and `problem` say which."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        """Say what the problem says."""
        super().__init__(f"{status} {problem.get('code', '')}: {problem.get('detail', problem)}")
        self.status = status
        self.problem = problem


class Unreachable(OSError):
    """Nobody answers, or not in time; the message says where."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the gateway answered."""

    status: int
    headers: Mapping[str, str]
    body: Any


@dataclass(frozen=True, kw_only=True)
class Api:
    """One caller of the gateway at `gateway`, known by `token`."""

    gateway: str
    token: str
    patience_seconds: float = PATIENCE_SECONDS
    """How long to wait for any sign of an answer."""

    def get(self, path: str, **parameters: Any) -> Any:
        """Give what is there; raises Refused."""
        query = urllib.parse.urlencode({name: value for name, value in parameters.items() if value is not None})
        return self.call("GET", f"{path}?{query}" if query else path).body

    def post(self, path: str, body: Mapping[str, Any], **headers: str) -> Answer:
        """Create something; header names are written with underscores. Raises Refused."""
        return self.call("POST", path, body=body, headers=headers)

    def transition(self, path: str, to: str, *, version: int, request_id: str | None = None, **facts: Any) -> Any:
        """Move a thing that was read at `version` to another state; raises Refused."""
        headers = {"If_Match": f'"{version}"'} | ({"X_Request_Id": request_id} if request_id else {})
        return self.call("POST", f"{path}/transitions", body={"to": to, **facts}, headers=headers).body

    def call(
        self, method: str, path: str, *, body: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Ask and give the whole answer. Raises Refused, and Unreachable when nobody answers."""
        request = urllib.request.Request(self.gateway + path, method=method)
        request.add_header("Authorization", f"Bearer {self.token}")
        for name, value in (headers or {}).items():
            request.add_header(name.replace("_", "-"), value)
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        try:
            return _answered(request, self.patience_seconds)
        except OSError as error:
            why = getattr(error, "reason", error)
            trouble = getattr(why, "strerror", None) or why
            raise Unreachable(f"nobody answers at {self.gateway} ({trouble}): is it running?") from error


def _answered(request: urllib.request.Request, patience_seconds: float) -> Answer:
    try:
        with urllib.request.urlopen(request, timeout=patience_seconds) as answer:
            text = answer.read()
            return Answer(status=answer.status, headers=dict(answer.headers), body=json.loads(text) if text else None)
    except urllib.error.HTTPError as error:
        raise Refused(error.code, _problem(error.read())) from None


def _problem(text: bytes) -> Mapping[str, Any]:
    try:
        problem: Mapping[str, Any] = json.loads(text)
    except ValueError:
        return {"detail": text.decode(errors="replace")[:200]}
    return problem
