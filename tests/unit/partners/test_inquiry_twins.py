"""By what a second inquiry of the same organisation is known."""

import pytest

from services.partners.repository.inquiry_twins import organisation_name, twin_keys


@pytest.mark.parametrize(
    "written",
    ["Region Skåne", "REGION  SKÅNE", "Region Ska\u030ane", "Region Skane", "Region Skåne AB", "Region-Skåne, A.B.",
     "Reg\u200bion Skåne"],
)  # fmt: skip
def test_case_accents_white_space_punctuation_and_legal_form_make_no_other_organisation(written: str) -> None:
    assert organisation_name(written) == "region skane"


@pytest.mark.parametrize(("one", "other"), [("स्वास्थ्य", "सवसथय"), ("Region Skåne", "Region Halland"), ("東京", "京都")])
def test_what_other_scripts_write_as_marks_makes_another_name(one: str, other: str) -> None:
    assert organisation_name(one) != organisation_name(other)


@pytest.mark.parametrize("written", ["AB", "!!!", "Ltd Inc"])
def test_a_name_of_nothing_else_is_still_one(written: str) -> None:
    assert organisation_name(written)


def keys(**shown: str | None) -> list[str]:
    said: dict[str, str | None] = {"organisation": "Region Skåne", "country": "SE", "website": None,
                                   "email": "asa@skane.example"}  # fmt: skip
    return twin_keys(**{**said, **shown})  # type: ignore[arg-type]


def test_an_organisation_is_known_by_its_name_in_its_country_and_by_its_domains() -> None:
    known = keys(website="https://www.region-skane.example/about")

    assert known == ["domain region-skane.example", "domain skane.example", "name SE region skane"]


@pytest.mark.parametrize("website", ["skane.example", "WWW.Skane.example/x", "http://skane.example:8080"])
def test_a_website_is_known_by_its_host_however_it_is_written(website: str) -> None:
    assert "domain skane.example" in keys(website=website, email="asa@gmail.com")


def test_an_address_that_anybody_can_have_says_nothing_of_the_organisation() -> None:
    assert keys(email="asa@GMail.com") == ["name SE region skane"]


@pytest.mark.parametrize("website", ["http://[", "//", "https://\u3002", "x" * 70 + ".example"])
def test_a_website_that_is_none_says_nothing(website: str) -> None:
    assert keys(website=website, email="asa@gmail.com") == ["name SE region skane"]


def test_two_countries_have_a_ministry_of_health_each() -> None:
    ghana = keys(organisation="Ministry of Health", country="GH", email="a@gmail.com")
    kenya = keys(organisation="Ministry of Health", country="KE", email="a@gmail.com")

    assert not set(ghana) & set(kenya)
