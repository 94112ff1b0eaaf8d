"""A client that asks again, under the same key, what was not answered: so the documentation tells every client to."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from cli.connection.api import Api, Refused, Response
from tests.waiting import eventually

NOT_ANSWERED = (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT)
CHANGES = ("POST", "PATCH", "PUT", "DELETE")


class PatientClient(Api):
    """What a process that is killed had in hand is locked, or not redelivered, for a few seconds."""

    def call(
        self, method: str, path: str, *, body: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None
    ) -> Response:
        """Make a request, as often as it takes, and return the whole response; raises Refused and Unreachable."""
        key = {"Idempotency_Key": uuid4().hex} if method in CHANGES else {}

        def answered() -> Response:
            try:
                return super(PatientClient, self).call(method, path, body=body, headers={**key, **(headers or {})})
            except Refused as refused:
                assert refused.status not in NOT_ANSWERED, str(refused)
                raise

        return eventually(answered)
