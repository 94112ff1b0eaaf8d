"""A page that a service refuses is refused, and nothing of it goes past the log."""

from typing import Any

import pytest

from chassis.domain.causation import Cause
from chassis.domain.faults import Fault
from chassis.domain.scope import Scope
from gateway.endpoints.aggregation import Call, PageQuery, aggregate

CALLER = Scope(subject="anna", organisation="prt_1")


class RefusingServices:
    """Services that have nothing of what is asked."""

    def ask(self, service: str, operation: str, arguments: Any, **_: Any) -> Any:
        raise Fault(kind="not_found", code="not_found", message="there is no partner 'prt_2'")


def test_a_page_that_is_refused_leaves_no_traceback(capfd: pytest.CaptureFixture[str]) -> None:
    cause = Cause(correlation_id="req_1", actor="anna", traceparent=None)
    call = Call(service="partners", operation="show_partner", arguments={}, scope=CALLER, cause=cause)
    services: Any = RefusingServices()

    with pytest.raises(Fault, match="there is no partner"):
        aggregate(services, PageQuery(parts={"partner": call, "people": call}))

    assert capfd.readouterr().err == ""
