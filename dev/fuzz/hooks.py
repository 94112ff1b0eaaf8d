"""Formats and checks that schemathesis needs besides the OpenAPI document."""

from collections.abc import Mapping
from typing import Any

import schemathesis
from hypothesis import strategies
from schemathesis import Case, CheckContext, Response

from chassis.schemas.decimals import ExactDecimal
from chassis.schemas.fields import Zone
from chassis.schemas.mail_addresses import NotAMailAddress, read_address
from services.partners.reference import CONTINENT_OF

OF_FIELDS = "invalid_fields"
"""The error code of a violated schema."""


def _is_address(text: str) -> bool:
    try:
        return bool(read_address(text))
    except NotAMailAddress:
        return False


def _has_a_finer_number(body: Any) -> bool:
    """Whether a number in a body has more digits than an exact decimal may."""
    if isinstance(body, Mapping | list):
        return any(map(_has_a_finer_number, body.values() if isinstance(body, Mapping) else body))
    return isinstance(body, float) and not ExactDecimal.takes(body)


schemathesis.openapi.format("idn-email", strategies.emails().filter(_is_address))
schemathesis.openapi.format("iana-time-zone", strategies.sampled_from(sorted(Zone.values)))
schemathesis.openapi.format("iso-3166-1-alpha-2", strategies.sampled_from(sorted(CONTINENT_OF)))


@schemathesis.check
def refused_by_a_rule(context: CheckContext, response: Response, case: Case[Any]) -> None:  # noqa: ARG001  as it is called
    """A request that conforms to its schema is refused only by a domain rule, with that rule's own code."""
    if not case.meta or not case.meta.generation.mode.is_positive or response.status_code not in (400, 422):
        return
    if "text/html" in response.headers["content-type"]:
        return  # the page for people has no codes
    if _has_a_finer_number(case.body):
        return  # how many digits a number may have behind its point, JSON Schema cannot say
    problem = response.json()
    if problem["code"] in (OF_FIELDS, "malformed_body", "malformed_header", "malformed_query"):
        raise AssertionError(f"What fits the description is refused: {problem['code']}: {problem['detail']}")
