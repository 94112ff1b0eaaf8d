"""The partners the programme starts with; what is expected is typed from the institute's page."""

import json
from pathlib import Path
from typing import Any

import pytest

import services.partners.reference
from chassis.schemas.operations import declared
from chassis.schemas.validation import load
from services.partners.model.organisation.focus_area import FocusArea
from services.partners.model.organisation.scope_level import ScopeLevel
from services.partners.model.role import Role
from services.partners.reference import CONTINENT_OF
from services.partners.use_cases.partner import propose_partner
from services.partners.use_cases.person import add_person

FROM_THE_PAGE = [
    ("Bellin Health", "Green Bay, WI", "US", "US-WI", "north_america"),
    ("Cincinnati Children’s Hospital Medical Center", "Cincinnati, OH", "US", "US-OH", "north_america"),
    ("Contra Costa Health Services", "Martinez, CA", "US", "US-CA", "north_america"),
    ("Danish Society for Patient Safety", "Denmark", "DK", None, "europe"),
    ("East London NHS Foundation Trust", "England", "GB", "GB-ENG", "europe"),
    ("Hamad Medical Corporation", "Qatar", "QA", None, "asia"),
    ("Hospital Israelita Albert Einstein", "Brazil", "BR", None, "south_america"),
    ("Kaiser Permanente", "Oakland, CA", "US", "US-CA", "north_america"),
    ("Military Health System", "Washington, DC", "US", "US-DC", "north_america"),
    ("NHS Scotland and Scottish Government", "Scotland", "GB", "GB-SCT", "europe"),
    ("Northwell Health", "Greater New York Area", "US", None, "north_america"),
    ("Providence St. Joseph Health", "Renton, WA", "US", "US-WA", "north_america"),
    ("Region Jönköping County", "Sweden", "SE", "SE-F", "europe"),
]
SEEDS: dict[str, Any] = json.loads(
    (Path(services.partners.reference.__file__).parent / "partners.json").read_text(encoding="utf-8")
)
PARTNERS: list[dict[str, Any]] = SEEDS["partners"]


def test_there_are_thirteen_in_the_order_of_the_page_with_every_letter_kept() -> None:
    found = [(each["name"], each["place"]) for each in PARTNERS]

    assert len(found) == 13
    assert found == [(name, place) for name, place, *_ in FROM_THE_PAGE]


def test_each_lies_where_the_page_says() -> None:
    found = [(each["country"], each["subdivision"], CONTINENT_OF[each["country"]]) for each in PARTNERS]

    assert found == [row[2:] for row in FROM_THE_PAGE]


def test_they_are_in_six_countries_on_four_continents_and_seven_in_the_united_states() -> None:
    countries = [each["country"] for each in PARTNERS]

    assert set(countries) == {"US", "DK", "GB", "QA", "BR", "SE"}
    assert {CONTINENT_OF[country] for country in countries} == {"north_america", "south_america", "europe", "asia"}
    assert countries.count("US") == 7


def test_two_bodies_of_scotland_are_one_partner_with_a_leader_from_each() -> None:
    scottish = [each for each in PARTNERS if "Scot" in each["name"]]

    assert len(scottish) == 1
    assert [leader["name"].rpartition(", ")[2] for leader in scottish[0]["leaders"]] == [
        "NHS Scotland",
        "Scottish Government",
    ]
    assert scottish[0]["bodies"] == [{"name": "NHS Scotland"}, {"name": "Scottish Government"}]
    assert [each["name"] for each in PARTNERS if each.get("bodies")] == ["NHS Scotland and Scottish Government"]


@pytest.mark.parametrize("partner", PARTNERS, ids=lambda partner: partner["name"])
def test_each_can_be_proposed_as_it_stands(partner: dict[str, Any]) -> None:
    proposal = {name: value for name, value in partner.items() if name != "leaders"}

    read = load(declared(propose_partner).reader, proposal)

    assert read["name"] == partner["name"]
    assert read["scope_level"] in list(ScopeLevel)
    assert set(read["focus_areas"]) <= set(FocusArea)


@pytest.mark.parametrize("partner", PARTNERS, ids=lambda partner: partner["name"])
def test_each_has_leaders_with_addresses_that_can_belong_to_nobody(partner: dict[str, Any]) -> None:
    leaders = [load(declared(add_person).reader, {**leader, "role": "leader"}) for leader in partner["leaders"]]

    assert 1 <= len(leaders) <= 2
    assert [leader["email"] for leader in leaders if not leader["email"].endswith(".example")] == []


def test_the_institute_has_coaches_with_addresses_that_can_belong_to_nobody() -> None:
    coaches = [load(declared(add_person).reader, coach) for coach in SEEDS["coaches"]]

    assert len(coaches) in (2, 3)
    assert {coach["role"] for coach in coaches} == {Role.COACH}
    assert [coach["email"] for coach in coaches if not coach["email"].endswith(".example")] == []


def test_no_address_is_used_twice() -> None:
    addresses = [person["email"] for partner in PARTNERS for person in partner["leaders"]]
    addresses += [coach["email"] for coach in SEEDS["coaches"]]

    assert len(addresses) == len(set(addresses))


def test_every_member_is_marked_as_the_pages_or_as_ours() -> None:
    marked = {name for names in SEEDS["members"].values() for name in names}

    assert {name for partner in PARTNERS for name in partner} | {"coaches"} == marked


def test_the_six_areas_of_focus_are_the_pages() -> None:
    assert len(FocusArea) == 6


@pytest.mark.parametrize(
    ("country", "continent"),
    [
        ("GB", "europe"),
        ("TR", "asia"),
        ("MX", "north_america"),
        ("AR", "south_america"),
        ("EG", "africa"),
        ("NZ", "oceania"),
    ],
)
def test_a_country_lies_on_one_continent(country: str, continent: str) -> None:
    assert CONTINENT_OF[country] == continent


def test_no_country_lies_on_two_continents() -> None:
    table = json.loads((Path(services.partners.reference.__file__).parent / "continents.json").read_text())
    listed = [country for countries in table["continents"].values() for country in countries]

    assert len(listed) == len(set(listed)) == 249
