from typing import Any

import eventlet
import pytest
from werkzeug.test import create_environ

from chassis.domain.faults import Fault
from gateway.auth import EVERYBODY
from gateway.endpoints.refusal_audit import ANONYMOUS, RefusalAudit
from gateway.endpoints.route import Route
from gateway.http.request import ClientRequest

ROUTE = Route("GET", "/v1/partners", EVERYBODY, "partners.list_partners")
UNKNOWN = Fault(kind="unauthenticated", code="token_missing", message="")


class Away:
    """A service that does not answer before the second question."""

    def __init__(self) -> None:
        self.told: list[int] = []

    def ask(self, service: str, operation: str, told: dict[str, Any], **_: Any) -> None:
        self.told.append(told["unrecorded"])
        if len(self.told) == 1:
            raise Fault(kind="late", code="deadline_exceeded", message="")


@pytest.fixture
def request_() -> ClientRequest:
    request = ClientRequest(create_environ("/v1/partners") | {"RAW_PATH_INFO": "/v1/partners"})
    request.path_values = {}
    return request


def test_what_could_not_be_recorded_is_counted_and_told_with_the_next(request_: ClientRequest) -> None:
    services = Away()
    refused = RefusalAudit(lambda: services)  # type: ignore[arg-type,return-value]

    for _ in range(2):
        refused.record(UNKNOWN, ROUTE, request_, ANONYMOUS)
        eventlet.sleep()

    assert services.told == [0, 1]
