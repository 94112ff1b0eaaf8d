"""The entrypoint of what anybody may send without a token: little at a time, and only so often within an hour."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from chassis.domain.faults import Fault
from chassis.domain.scope import Scope
from chassis.rpc.client import Result
from gateway.endpoints.endpoint import Endpoint
from gateway.http import headers
from gateway.http.client_address import network_of
from gateway.http.request import MAX_INQUIRY_BYTES, ClientRequest

INQUIRER = Scope(subject="inquirer", organisation="none")
"""Whoever asks: they see nothing of what is there."""


class PublicEndpoint(Endpoint):
    """Answers who shows no token, and who shows one likewise: what is asked is nobody's."""

    longest_body = MAX_INQUIRY_BYTES

    def _authorize(self, request: ClientRequest) -> Scope:
        request.subject = INQUIRER.subject
        self.server.rate_limit.check("address", network_of(request.address))
        if headers.entered_as_history(request.headers):
            message = "What happened before is entered with a token"
            raise Fault(kind="forbidden", code="role_missing", message=message)
        request.choose_media_type(self.route.media_types)
        return replace(INQUIRER, address=request.address)

    def _perform(self, operation: str, given: Mapping[str, Any], request: ClientRequest, scope: Scope) -> Result:
        with self.server.inquiry_limit.counted(network_of(request.address)):
            return super()._perform(operation, given, request, scope)
