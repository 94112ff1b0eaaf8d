"""A page that is aggregated from several services."""

from typing import Any

import pytest

from chassis.domain.causation import Cause
from chassis.domain.faults import Fault
from chassis.domain.scope import PLATFORM
from gateway.endpoints.aggregation import Call, PageQuery, aggregate

REFUSED = Fault(kind="not_found", code="partner_not_found", message="there is no partner 'prt_1'")


class Refusing:
    """Services that refuse whatever they are asked."""

    def ask(self, *_: Any, **__: Any) -> Any:
        raise REFUSED


def test_a_refused_page_is_no_error_of_the_gateway_and_leaves_no_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    call = Call(service="partners", operation="show", arguments={}, scope=PLATFORM, cause=Cause(correlation_id="req_1"))

    services: Any = Refusing()

    with pytest.raises(Fault) as refused:
        aggregate(services, PageQuery(parts={"partner": call, "people": call}))

    assert refused.value is REFUSED
    assert capsys.readouterr().err == ""
