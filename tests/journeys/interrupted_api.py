"""A client of the gateway that is interrupted, as if its process were killed before it saw an answer."""

from typing import Any

from cli.connection.api import Api, Response


class Interrupted(Exception):
    """The process was killed before it saw the answer."""


class SomeChanges(Api):
    """Speaks to the gateway until it has changed so many things, the last of which is never heard of."""

    left: list[int]

    def call(self, method: str, path: str, **asked: Any) -> Response:
        answer = super().call(method, path, **asked)
        return answer if method == "GET" else self._changed(answer)

    def post_file(self, path: str, content: bytes, media_type: str, **headers: str) -> Response:
        return self._changed(super().post_file(path, content, media_type, **headers))

    def _changed(self, answer: Response) -> Response:
        self.left[0] -= 1
        if self.left == [0]:
            raise Interrupted
        return answer


def interrupted_after(changes: int, api: Api) -> SomeChanges:
    return type("Interrupted", (SomeChanges,), {"left": [changes]})(gateway=api.gateway, token=api.token)
