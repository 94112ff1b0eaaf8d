"""An entrypoint that takes a file besides JSON, and hands it on in parts: neither it nor the service holds it whole."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from typing import Any

from werkzeug.wrappers import Response

from chassis.domain.errors import FieldError
from chassis.domain.faults import Fault
from chassis.domain.scope import Scope
from chassis.rpc.client import Result
from chassis.schemas.validation import shown
from gateway.endpoints.aggregation import OUTAGE_KINDS, Call
from gateway.endpoints.endpoint import Endpoint
from gateway.http import headers, problems, responses, rows
from gateway.http.concurrency_limit import ConcurrencyLimit
from gateway.http.request import ClientRequest

FILES_AT_ONCE = ConcurrencyLimit(4)
"""Files that are on their way: each may take a minute, and keeps its service busy."""
KEY_CHARACTERS = 26
TRIES = 3
"""How often a part is handed on before the file fails."""


class FileEndpoint(Endpoint):
    """Answers the requests on one route of which the body may be CSV or NDJSON.

    Each part is a command of its own, with an id made from that of the request: sent again under the same
    `Idempotency-Key`, what was received is not received again, and what was broken off goes on.
    """

    def handle_request(self, request: ClientRequest) -> Response:
        """Answer the request; raises Fault when the caller may not call the operation."""
        if headers.media_type(request.headers.get("Content-Type", "")) not in rows.FORMATS:
            return super().handle_request(request)
        scope = self._authorize(request)
        try:
            with self.server.concurrency_limit.slot(), FILES_AT_ONCE.slot():
                answer = self._received(request, scope)
        except Fault as fault:
            return problems.response(self._as_http(fault, request), request)
        return responses.response(answer, request, self.route.status)

    def _received(self, request: ClientRequest, scope: Scope) -> Result:
        """Hand on part after part; raises Fault, and then nothing of the file is kept."""
        upload = Upload(self, request, scope, self._choices(request))
        try:
            for number, (part, is_last) in enumerate(rows.parts(_rows(request)), 1):
                answer = upload.send(number, part, is_last=is_last)
        except Fault as fault:
            upload.give_up(because=fault)
            raise
        return answer

    def _choices(self, request: ClientRequest) -> dict[str, Any]:
        """Return what is chosen in the query: those members of the operation that are true or false."""
        typed = self.server.contracts[self.route.operation].typed
        given = request.parameters(types=typed)
        for name in given:
            if typed.get(name) != "boolean":
                error = FieldError(pointer=f"/{name}", code="unknown", detail=f"Not expected; got {shown(name)}")
                raise Fault(kind="wrong_parameter", code="invalid_fields", message=error["detail"], fields=(error,))
        return given


class Upload:
    """One file on its way to its service."""

    def __init__(
        self, endpoint: FileEndpoint, request: ClientRequest, scope: Scope, choices: Mapping[str, Any]
    ) -> None:
        """Name the batch by the key of the request, which only its caller can use again."""
        self._endpoint, self._request, self._scope, self._choices = endpoint, request, scope, choices
        self._key = headers.command_id(request.headers)
        named = "\n".join([scope.organisation, scope.subject, request.path, self._key])
        self._batch_id = f"bat_{sha256(named.encode()).hexdigest()[:KEY_CHARACTERS]}"
        self._is_begun = False

    def send(self, number: int, part: list[rows.Row], *, is_last: bool) -> Result:
        """Hand on one part; raises Fault."""
        asked = {**self._choices, **self._request.path_values, "batch_id": self._batch_id, "part": number}
        receives, _ = self._endpoint.route.by_file
        answer = self._insist(receives, {**asked, "rows": part, "is_last": is_last}, f"{self._key}.{number}")
        self._is_begun = not is_last
        return answer

    def give_up(self, *, because: Fault) -> None:
        """Have what was received discarded, unless the client can go on: with its key, after an outage."""
        can_go_on = because.kind in OUTAGE_KINDS and "Idempotency-Key" in self._request.headers
        if self._is_begun and not can_go_on:
            _, discards = self._endpoint.route.by_file
            with suppress(Fault):
                self._call(discards, {**self._request.path_values, "batch_id": self._batch_id}, f"{self._key}.discard")

    def _insist(self, operation: str, arguments: Mapping[str, Any], command_id: str) -> Result:
        """Call again after an outage, for a file of a hundred parts must not fail because one is late.

        The id of the command is the same, so that no part is taken twice.
        """
        for _ in range(TRIES - 1):
            try:
                return self._call(operation, arguments, command_id)
            except Fault as fault:
                if fault.kind not in OUTAGE_KINDS:
                    raise
        return self._call(operation, arguments, command_id)

    def _call(self, operation: str, arguments: Mapping[str, Any], command_id: str) -> Result:
        service, _, name = operation.partition(".")
        call = Call(service=service, operation=name, arguments=arguments, scope=self._scope,
                    cause=self._request.cause(), command_id=command_id)  # fmt: skip
        return self._endpoint.run_in_worker(call)


def _rows(request: ClientRequest) -> Iterator[rows.Row]:
    read = rows.FORMATS[headers.media_type(request.headers["Content-Type"])]
    return read(request.chunks(rows.MAX_FILE_BYTES, otherwise=rows.too_many_rows()))
