from datetime import UTC, datetime
from typing import Any

import eventlet
import pytest
from werkzeug.test import create_environ

from chassis.audit.quota import REFUSALS_A_MINUTE
from chassis.domain.causation import Cause
from chassis.domain.faults import Fault
from gateway.auth import EVERYBODY
from gateway.endpoints.refusal_audit import ANONYMOUS, RefusalAudit
from gateway.endpoints.route import Route
from gateway.http.request import ClientRequest
from tests.waiting import FixedClock

ROUTE = Route("GET", "/v1/partners", EVERYBODY, "partners.list_partners")
BEGIN = datetime(2026, 6, 1, 9, tzinfo=UTC)
UNKNOWN = Fault(kind="unauthenticated", code="token_missing", message="")


class Asked:
    """The services; `away` of the first questions are not answered."""

    def __init__(self, *, away: int = 0) -> None:
        self.away = away
        self.told: list[dict[str, Any]] = []

    def ask(self, service: str, operation: str, told: dict[str, Any], *, cause: Cause, **_: Any) -> None:
        self.told.append({**told, "service": service, "request_id": cause.correlation_id})
        if len(self.told) <= self.away:
            raise Fault(kind="late", code="deadline_exceeded", message="")


@pytest.fixture
def request_() -> ClientRequest:
    request = ClientRequest(create_environ("/v1/partners") | {"RAW_PATH_INFO": "/v1/partners"})
    request.path_values = {}
    return request


def refused(services: Asked, request: ClientRequest, *, times: int) -> RefusalAudit:
    audit = RefusalAudit(lambda: services, clock=FixedClock(BEGIN))  # type: ignore[arg-type,return-value]
    for _ in range(times):
        audit.record(UNKNOWN, ROUTE, request, ANONYMOUS)
        eventlet.sleep()
    return audit


def test_what_could_not_be_recorded_is_told_later_as_what_was_counted(request_: ClientRequest) -> None:
    services = Asked(away=1)
    audit = refused(services, request_, times=2)

    audit.tell_counted(at_once=True)
    eventlet.sleep()

    assert [told.get("times") for told in services.told] == [None, None, 1]
    assert services.told[2]["first_at"] == "2026-06-01T09:00:00.000Z"


def test_many_refusals_are_recorded_by_kind_with_the_first_and_the_last(request_: ClientRequest) -> None:
    services = Asked()
    audit = refused(services, request_, times=REFUSALS_A_MINUTE + 7)

    audit.tell_counted(at_once=True)
    eventlet.sleep()

    *single, counted = services.told
    assert len(single) == REFUSALS_A_MINUTE
    assert (counted["service"], counted["operation"]) == ("partners", "partners.list_partners")
    assert (counted["code"], counted["times"]) == ("token_missing", 7)
    assert counted["request_id"] == counted["last_request_id"] == request_.request_id
