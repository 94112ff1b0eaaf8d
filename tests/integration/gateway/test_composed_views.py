"""Pages made of many answers, while camps and notifications are away, as they are here on purpose."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from tests.integration.gateway.conftest import DEADLINE_SECONDS, SystemUnderTest
from tests.integration.gateway.gateway_client import GatewayClient
from tests.integration.gateway.sample_data import (
    a_coach,
    a_partner,
    an_admitted_partner,
    its_active_engagement,
    its_engagement,
)
from tests.integration.gateway.test_unavailability import frozen, timed

PARTS = {
    "partner", "candidacy", "term", "fit", "leadership", "people", "connections", "timeline", "engagements",
    "milestones", "coaching_sessions", "invitations", "attendances", "follow_ups", "deliveries",
}  # fmt: skip
AWAY = ["attendances", "deliveries", "follow_ups", "invitations"]


def page_of(client: GatewayClient, partner_id: str) -> str:
    return f"/v1/partners/{partner_id}/page"


def test_a_partners_page_is_what_each_service_says_of_it(client: GatewayClient) -> None:
    partner = an_admitted_partner(client)
    engagement = its_engagement(client, partner)
    an_admitted_partner(client)

    page = client.get(page_of(client, partner["id"]))

    assert page.status == 200
    assert set(page.body) == PARTS | {"missing", "withheld"}
    assert page.body["withheld"] == []
    assert page.body["term"] == client.get(f"/v1/partners/{partner['id']}/term").body
    assert page.body["partner"] == client.get(f"/v1/partners/{partner['id']}").body
    assert page.body["engagements"] == {"items": [engagement], "more": False}
    assert [person["partner_id"] for person in page.body["people"]["items"]] == [partner["id"]]


def test_a_service_that_is_away_costs_its_own_parts_only_and_the_page_says_which(client: GatewayClient) -> None:
    page = client.get(page_of(client, an_admitted_partner(client)["id"])).body

    assert {part for part in PARTS if page[part] is None} == set(AWAY)
    assert sorted(each["part"] for each in page["missing"]) == AWAY
    assert {each["code"] for each in page["missing"]} == {"service_unavailable"}


def test_a_service_that_hangs_costs_its_deadline_once_however_many_parts_are_its(system: SystemUnderTest) -> None:
    partner = an_admitted_partner(system.client)
    its_engagement(system.client, partner)

    paths = (page_of(system.client, partner["id"]), "/v1/partners")
    with frozen(system.partners), ThreadPoolExecutor(2) as clients:
        (page, seconds), (_, for_one_part) = clients.map(partial(timed, system.client), paths)

    missing = {each["part"]: each["code"] for each in page.body["missing"]}
    assert missing["partner"] == missing["people"] == "deadline_exceeded"
    assert page.body["engagements"]["items"]
    # Both at the same moment, so that a busy machine is as slow to both.
    assert DEADLINE_SECONDS <= seconds < for_one_part + DEADLINE_SECONDS


@pytest.mark.parametrize("role", ["partner_lead", "partner_editor", "partner_viewer"])
def test_a_partners_reader_sees_its_page_without_what_the_institute_finds_of_it_and_is_told_so(
    client: GatewayClient, role: str
) -> None:
    partner = an_admitted_partner(client)

    page = client.as_(partner["id"], role).get(page_of(client, partner["id"])).body

    assert {part for part in PARTS if page[part] is None} == {"fit", *AWAY}
    assert [(each["part"], each["code"]) for each in page["withheld"]] == [("fit", "needs_every_organisation")]
    assert sorted(each["part"] for each in page["missing"]) == AWAY


@pytest.mark.parametrize("role", ["programme_staff", "faculty"])
def test_staff_and_the_coach_of_a_partner_see_how_it_fits_on_its_page(client: GatewayClient, role: str) -> None:
    coach_id = a_coach(client)["id"]
    partner = an_admitted_partner(client)
    its_active_engagement(client, partner, coach_id)

    page = client.as_("*", role, person=coach_id).get(page_of(client, partner["id"])).body

    assert (page["fit"]["partner_id"], page["withheld"]) == (partner["id"], [])


def test_the_page_of_a_partner_is_not_there_for_a_coach_of_others(client: GatewayClient) -> None:
    partner, coach_id = an_admitted_partner(client), a_coach(client)["id"]

    page = client.as_("*", "faculty", person=coach_id).get(page_of(client, partner["id"]))

    assert page.problem["status"] == 404


def test_the_page_of_another_partner_is_not_there(client: GatewayClient) -> None:
    partner = a_partner(client)

    assert client.as_("prt_another", "partner_lead").get(page_of(client, partner["id"])).problem["status"] == 404


def test_a_page_takes_no_parameters(client: GatewayClient) -> None:
    refused = client.get(page_of(client, a_partner(client)["id"]) + "?limit=5")

    assert refused.problem["status"] == 400
    assert refused.problem["errors"][0]["parameter"] == "limit"


def test_the_portfolio_says_how_far_it_reaches_and_how_deep_it_goes(client: GatewayClient) -> None:
    before = client.get("/v1/portfolio").body["reach"]
    coach_id = a_coach(client)["id"]
    partner = an_admitted_partner(client)
    engagement = its_active_engagement(client, partner, coach_id)

    portfolio = client.get("/v1/portfolio").body

    assert portfolio["reach"]["countries"]["SE"] == before["countries"].get("SE", 0) + 1
    assert engagement["id"] in {row["engagement_id"] for row in portfolio["depth"]["items"]}
    assert [each["part"] for each in portfolio["missing"]] == ["camps"]


def test_a_partner_sees_its_own_portfolio(client: GatewayClient) -> None:
    partner = an_admitted_partner(client)
    an_admitted_partner(client)

    reach = client.as_(partner["id"], "partner_viewer").get("/v1/portfolio").body["reach"]

    assert (reach["partners"], reach["countries"]) == (1, {"SE": 1})


def test_anybody_may_read_the_lifecycles_of_the_services_that_answer(client: GatewayClient) -> None:
    page = client.as_("prt_another", "partner_viewer").get("/v1/transitions").body

    assert {
        "aggregate": "engagement", "operation": "resume_engagement", "from_states": ["paused"],
        "to": ["draft", "agreed", "active"], "needs_reason": False, "way_back": "pause_engagement",
    } in page["engagements"]["items"]  # fmt: skip
    assert sorted(each["part"] for each in page["missing"]) == ["camps", "notifications"]
