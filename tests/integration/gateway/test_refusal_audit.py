"""Whom the gateway does not let through: recorded by the service they wanted to ask, and nobody waits for it."""

from typing import Any
from uuid import uuid4

import pytest
from pymongo.database import Database

from chassis.audit.quota import REFUSALS_A_MINUTE
from tests.integration.gateway.conftest import SystemUnderTest
from tests.integration.gateway.gateway_client import GatewayClient
from tests.waiting import eventually

Partners = Database[dict[str, Any]]


def recorded(partners: Partners, **where: Any) -> list[dict[str, Any]]:
    return list(partners["audit_records"].find(where))


def test_a_missing_role_is_recorded_with_who_and_what(client: GatewayClient, partners_database: Partners) -> None:
    id = f"req.{uuid4().hex}"
    viewer = client.as_("prt_viewing", "partner_viewer")

    refused = viewer.patch("/v1/partners/prt_77", {}, X_Request_Id=id)

    assert refused.problem["status"] == 403
    (record,) = eventually(lambda: recorded(partners_database, request_id=id))
    assert (record["subject"], record["organisation"], record["roles"]) == (
        "someone", "prt_viewing", ["partner_viewer"],
    )  # fmt: skip
    assert (record["operation"], record["resources"]) == ("partners.change_partner", ["prt_77"])
    assert (record["outcome"], record["code"]) == ("refused", "role_missing")


@pytest.mark.parametrize(("token", "code"), [("", "token_missing"), ("x", "token_invalid")])
def test_a_caller_without_a_token_is_recorded_as_anonymous(
    system: SystemUnderTest, partners_database: Partners, token: str, code: str
) -> None:
    id = f"req.{uuid4().hex}"

    GatewayClient(port=system.client.port, token=token).get("/v1/people/Aasa%20Lindqvist", X_Request_Id=id)

    (record,) = eventually(lambda: recorded(partners_database, request_id=id))
    assert (record["subject"], record["organisation"], record["code"]) == ("anonymous", "", code)
    assert record["resources"] == []


def test_a_flood_of_refusals_is_counted_and_does_not_fill_the_audit_trail(
    system: SystemUnderTest, partners_database: Partners
) -> None:
    flooding = f"prt_{uuid4().hex}"
    intruder = system.client.as_(flooding, "partner_viewer")
    before = len(recorded(partners_database, organisation=flooding))

    with intruder.kept_open() as connection:
        answers = [intruder.ask_over(connection, "POST", "/v1/partners").status for _ in range(4 * REFUSALS_A_MINUTE)]

    assert set(answers) == {403}
    assert eventually(lambda: len(recorded(partners_database, organisation=flooding)) > before)
    assert (
        len(recorded(partners_database, organisation=flooding)) <= 2 * REFUSALS_A_MINUTE
    )  # the minute may have turned


def test_a_service_that_is_away_changes_no_refusal(client: GatewayClient, system: SystemUnderTest) -> None:
    id = f"prt_{uuid4().hex}"

    refused = client.as_(id, "partner_viewer").post("/v1/camps", {})

    assert refused.problem["status"] == 403
    eventually(lambda: system.gateway.logged("refusal_not_recorded"))
