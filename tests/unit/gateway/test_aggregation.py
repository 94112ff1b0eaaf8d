"""A page that is aggregated from several services."""

from typing import Any

import pytest

from chassis.domain.causation import Cause
from chassis.domain.faults import Fault
from chassis.domain.scope import PLATFORM
from gateway.endpoints.aggregation import Call, PageQuery, aggregate

REFUSED = Fault(kind="not_found", code="partner_not_found", message="there is no partner 'prt_1'")


DOWN = Fault(kind="unavailable", code="service_unavailable", message="camps does not answer")
FORBIDDEN = Fault(kind="forbidden", code="needs_every_organisation", message="Only for the institute")
PART_OF = {"partners": "partner", "engagements": "engagements", "camps": "invitations", "notifications": "follow_ups"}
"""One part of each service that a page is made of."""


class Answering:
    """Services that answer with their names, unless a fault is given for one."""

    def __init__(self, **faults: Fault) -> None:
        self.faults = faults

    def ask(self, service: str, *_: Any, **__: Any) -> Any:
        if service in self.faults:
            raise self.faults[service]
        return {"by": service}


def page(**faults: Fault) -> Any:
    cause = Cause(correlation_id="req_1")
    parts = {
        part: Call(service=service, operation="show", arguments={}, scope=PLATFORM, cause=cause)
        for service, part in PART_OF.items()
    }
    services: Any = Answering(**faults)
    return aggregate(services, PageQuery(parts=parts))


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


@pytest.mark.parametrize("away", sorted(PART_OF))
def test_whichever_service_is_down_the_rest_of_the_page_is_there_and_it_says_what_is_missing(away: str) -> None:
    made = page(**{away: DOWN})

    there = {part: {"by": service} for service, part in PART_OF.items() if service != away}
    named = {"part": PART_OF[away], "code": "service_unavailable", "detail": "camps does not answer"}
    assert made == {**there, PART_OF[away]: None, "missing": [named], "withheld": []}


def test_a_part_that_its_reader_may_not_see_is_left_out_and_named_apart_from_what_is_missing() -> None:
    made = page(camps=DOWN, notifications=FORBIDDEN)

    assert (made["partner"], made["invitations"], made["follow_ups"]) == ({"by": "partners"}, None, None)
    assert [each["part"] for each in made["missing"]] == ["invitations"]
    assert made["withheld"] == [
        {"part": "follow_ups", "code": "needs_every_organisation", "detail": "Only for the institute"}
    ]


def test_what_is_not_there_has_no_page_whatever_else_is_withheld() -> None:
    with pytest.raises(Fault) as refused:
        page(partners=REFUSED, notifications=FORBIDDEN)

    assert refused.value is REFUSED


def test_a_page_of_which_nothing_is_left_says_that_services_are_down_before_it_says_what_is_withheld() -> None:
    with pytest.raises(Fault) as refused:
        page(partners=FORBIDDEN, engagements=DOWN, camps=DOWN, notifications=DOWN)

    assert refused.value is DOWN
