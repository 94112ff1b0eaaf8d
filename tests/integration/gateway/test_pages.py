"""Pages made of many answers, while camps and notifications are away, as they are here on purpose."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

from tests.integration.gateway.conftest import DEADLINE_SECONDS, House
from tests.integration.gateway.gateway_client import Door
from tests.integration.gateway.sample_data import a_partner, an_admitted_partner, its_engagement
from tests.integration.gateway.test_bad_moments import frozen, timed

PARTS = {
    "partner", "people", "engagements", "milestones", "coaching_sessions", "invitations", "follow_ups", "deliveries",
}  # fmt: skip
AWAY = ["deliveries", "follow_ups", "invitations"]


def page_of(door: Door, partner_id: str) -> str:
    return f"/v1/partners/{partner_id}/page"


def test_a_partners_page_is_what_each_service_says_of_it(door: Door) -> None:
    partner = an_admitted_partner(door)
    engagement = its_engagement(door, partner)
    an_admitted_partner(door)

    page = door.get(page_of(door, partner["id"]))

    assert page.status == 200
    assert set(page.body) == PARTS | {"missing"}
    assert page.body["partner"] == door.get(f"/v1/partners/{partner['id']}").body
    assert page.body["engagements"] == {"items": [engagement], "more": False}
    assert [person["partner_id"] for person in page.body["people"]["items"]] == [partner["id"]]


def test_a_service_that_is_away_costs_its_own_parts_only_and_the_page_says_which(door: Door) -> None:
    page = door.get(page_of(door, an_admitted_partner(door)["id"])).body

    assert {part for part in PARTS if page[part] is None} == set(AWAY)
    assert sorted(each["part"] for each in page["missing"]) == AWAY
    assert {each["code"] for each in page["missing"]} == {"service_unavailable"}


def test_a_service_that_hangs_costs_its_deadline_once_however_many_parts_are_its(house: House) -> None:
    partner = an_admitted_partner(house.door)
    its_engagement(house.door, partner)

    paths = (page_of(house.door, partner["id"]), "/v1/partners")
    with frozen(house.partners), ThreadPoolExecutor(2) as clients:
        (page, seconds), (_, for_one_part) = clients.map(partial(timed, house.door), paths)

    missing = {each["part"]: each["code"] for each in page.body["missing"]}
    assert missing["partner"] == missing["people"] == "deadline_exceeded"
    assert page.body["engagements"]["items"]
    # Both at the same moment, so that a busy machine is as slow to both.
    assert DEADLINE_SECONDS <= seconds < for_one_part + DEADLINE_SECONDS


def test_the_page_of_another_partner_is_not_there(door: Door) -> None:
    partner = a_partner(door)

    assert door.as_("prt_another", "partner_lead").get(page_of(door, partner["id"])).problem["status"] == 404


def test_a_page_takes_no_parameters(door: Door) -> None:
    refused = door.get(page_of(door, a_partner(door)["id"]) + "?limit=5")

    assert refused.problem["status"] == 400
    assert refused.problem["errors"][0]["parameter"] == "limit"


def test_the_portfolio_says_how_far_it_reaches_and_how_deep_it_goes(door: Door) -> None:
    before = door.get("/v1/portfolio").body["reach"]
    partner = an_admitted_partner(door)
    engagement = its_engagement(door, partner)
    activated = {"lead_coach_id": "per_coach", "activated_on": "2026-01-12"}
    door.move(f"/v1/engagements/{engagement['id']}", "active", version=engagement["version"], **activated)

    portfolio = door.get("/v1/portfolio").body

    assert portfolio["reach"]["countries"]["SE"] == before["countries"].get("SE", 0) + 1
    assert engagement["id"] in {row["engagement_id"] for row in portfolio["depth"]["items"]}
    assert [each["part"] for each in portfolio["missing"]] == ["camps"]


def test_a_partner_sees_its_own_portfolio(door: Door) -> None:
    partner = an_admitted_partner(door)
    an_admitted_partner(door)

    reach = door.as_(partner["id"], "partner_viewer").get("/v1/portfolio").body["reach"]

    assert (reach["partners"], reach["countries"]) == (1, {"SE": 1})
