"""What is refused before any rule is asked."""

from typing import Any

import pytest

from chassis.schemas.operations import declared
from chassis.schemas.validation import InvalidFields, load
from services.partners.use_cases.partner import admit_partner, propose_partner
from services.partners.use_cases.person import add_person
from services.partners.views.partner import list_partners

ADD_PERSON, ADMIT_PARTNER, LIST_PARTNERS, PROPOSE_PARTNER = (
    declared(each).reads for each in (add_person, admit_partner, list_partners, propose_partner)
)

PARTNER = {
    "name": "NHS Scotland and Scottish Government",
    "place": "Scotland",
    "country": "GB",
    "subdivision": "GB-SCT",
    "zone": "Europe/London",
    "language": "en-GB",
    "kind": "national health system and government",
    "scope_level": "national",
    "focus_areas": ["closing_equity_gaps"],
}
ADMISSION = {
    "partner_id": "prt_1",
    "version": 1,
    "reasons": ["Leaders with the will to transform care"],
    "term_starts_on": "2026-01-01",
    "term_ends_on": "2028-12-31",
}
PERSON = {
    "partner_id": "prt_1",
    "name": "Åsa Påhittad",
    "email": "asa@jonkoping.example",
    "role": "leader",
    "language": "sv",
    "zone": "Europe/Stockholm",
}


def refused(schema: Any, data: Any) -> list[str]:
    with pytest.raises(InvalidFields) as refusal:
        load(schema(), data)
    return [field["pointer"] for field in refusal.value.fields]


def without(data: dict[str, Any], member: str) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != member}


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("name", " "),
        ("name", "x" * 201),
        ("name", "Bellin\nHealth"),
        ("place", "Green Bay\r\nWI"),
        ("kind", "region\u2028county"),
        ("zone", "Factory"),
        ("country", "UK"),
        ("country", "gb"),
        ("country", "England"),
        ("subdivision", "Scotland"),
        ("subdivision", "GB-"),
        ("zone", "Europe/Jonkoping"),
        ("language", "English"),
        ("scope_level", "continental"),
        ("focus_areas", []),
        ("continent", "europe"),
        ("id", "prt_mine"),
        ("state", "admitted"),
    ],
)
def test_a_proposal_names_the_member_that_is_wrong(member: str, value: Any) -> None:
    assert refused(PROPOSE_PARTNER, {**PARTNER, member: value}) == [f"/{member}"]


@pytest.mark.parametrize("area", ["Safer Care", "safer-care", "_care", "care_", ""])
def test_an_area_of_focus_is_named_like_the_six_of_the_programme(area: str) -> None:
    assert refused(PROPOSE_PARTNER, {**PARTNER, "focus_areas": ["safer_care", area]})[0] == "/focus_areas/1"


def test_the_areas_of_focus_are_open() -> None:
    read = load(PROPOSE_PARTNER(), {**PARTNER, "focus_areas": ["volume_to_value", "older_adults"]})

    assert read["focus_areas"] == ["volume_to_value", "older_adults"]


@pytest.mark.parametrize("scope_level", ["local", "state", "regional", "national"])
def test_care_is_delivered_on_four_levels(scope_level: str) -> None:
    assert load(PROPOSE_PARTNER(), {**PARTNER, "scope_level": scope_level})["scope_level"] == scope_level


@pytest.mark.parametrize("member", ["place", "subdivision"])
def test_a_partner_may_have_no_place_and_no_subdivision(member: str) -> None:
    assert load(PROPOSE_PARTNER(), {**PARTNER, member: None})[member] is None
    assert load(PROPOSE_PARTNER(), without(PARTNER, member)).get(member) is None


@pytest.mark.parametrize("name", ["Region Jönköping County", "Cincinnati Children’s", "Região São João", "東京"])
def test_names_are_read_letter_by_letter(name: str) -> None:
    assert load(PROPOSE_PARTNER(), {**PARTNER, "name": name})["name"] == name


@pytest.mark.parametrize("member", ["name", "place", "kind"])
def test_white_space_at_the_ends_of_a_name_is_no_part_of_it(member: str) -> None:
    assert load(PROPOSE_PARTNER(), {**PARTNER, member: "  NHS Scotland "})[member] == "NHS Scotland"


@pytest.mark.parametrize("reasons", [[], [""], ["  "], ["Will", ""], "Will", None])
def test_an_admission_has_reasons_and_none_is_empty(reasons: Any) -> None:
    assert refused(ADMIT_PARTNER, {**ADMISSION, "reasons": reasons})[0].startswith("/reasons")


@pytest.mark.parametrize("member", ["version", "reasons", "term_starts_on", "term_ends_on"])
def test_an_admission_misses_nothing(member: str) -> None:
    assert refused(ADMIT_PARTNER, without(ADMISSION, member)) == [f"/{member}"]


def test_a_person_without_a_partner_is_the_institutes() -> None:
    assert load(ADD_PERSON(), without(PERSON, "partner_id"))["partner_id"] is None


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("name", "Evil\r\nBcc: x@y.z"),
        ("email", "asa"),
        ("email", "Åsa <asa@jonkoping.example>"),
        ("role", "boss"),
        ("zone", "CEST+2"),
        ("partner_id", "x"),
    ],
)
def test_a_person_names_the_member_that_is_wrong(member: str, value: str) -> None:
    assert refused(ADD_PERSON, {**PERSON, member: value}) == [f"/{member}"]


@pytest.mark.parametrize("where", [{"country": "Sweden"}, {"state": "gone"}, {"name": "Bellin"}])
def test_partners_are_found_by_country_and_state_only(where: dict[str, str]) -> None:
    assert refused(LIST_PARTNERS, where) == [f"/{name}" for name in where]
