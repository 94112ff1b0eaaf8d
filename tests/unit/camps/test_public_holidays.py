"""Public holidays of the countries of partners, against what their own governments publish."""

from datetime import date

import pytest

from services.camps.reference.public_holidays import country_of, public_holidays, where


@pytest.mark.parametrize(
    ("place", "day", "name"),
    [
        ("US-WI", "2026-07-03", "Independence Day (observed)"),  # opm.gov, federal holidays: Friday, July 03
        ("US-CA", "2027-03-31", "Cesar Chavez Day"),  # California Government Code 6700 (a)(6)
        ("US-OH", "2027-03-31", None),
        ("GB-SCT", "2027-08-02", "Summer Bank Holiday"),  # gov.uk/bank-holidays, Scotland
        ("GB-ENG", "2027-08-02", None),
        ("GB-ENG", "2027-08-30", "Late Summer Bank Holiday"),  # the same, England and Wales
        ("DK", "2027-05-06", "Ascension Day"),  # 39 days after Easter, 28 March 2027
        ("DK", "2027-04-23", None),  # Great Prayer Day, abolished by Lov nr. 214 of 6 March 2023
        ("SE-F", "2027-06-26", "Midsummer Day"),  # Lag (1989:253): the Saturday of 20 to 26 June
        ("SE-F", "2027-06-24", None),
        ("BR-SP", "2027-07-09", "Constitutionalist Revolution"),  # Lei estadual 9.497/1997
        ("BR-RJ", "2027-07-09", None),
        ("BR-SP", "2027-11-20", "National Day of Zumbi and Black Awareness"),  # Lei 14.759/2023
        ("QA", "2027-02-09", "National Sports Day"),  # Emiri resolution 80 of 2011: the second Tuesday of February
        ("QA", "2027-12-18", "Qatar National Day"),  # Emiri decree 11 of 2007
        ("QA", "2027-05-16", "Eid al-Adha (estimated)"),  # 10 Dhu al-Hijja 1448, as calculated (Umm al-Qura)
    ],
)
def test_a_day_is_a_public_holiday_where_its_government_says_so(place: str, day: str, name: str | None) -> None:
    asked = date.fromisoformat(day)

    assert public_holidays(place, first=asked, last=asked).days.get(asked) == name


def test_the_days_around_are_known_for_clocks_that_are_ahead_or_behind() -> None:
    new_year = date(2027, 1, 1)

    for asked in (date(2026, 12, 31), date(2027, 1, 2)):
        assert public_holidays("BR", first=asked, last=asked).days[new_year] == "Universal Fraternization Day"


def test_of_a_place_that_nobody_knows_there_are_none() -> None:
    day = date(2027, 1, 1)

    assert public_holidays(None, first=day, last=day).days == {}
    assert public_holidays("XX", first=day, last=day).days == {}


@pytest.mark.parametrize(
    ("zone", "subdivision", "place"),
    [
        ("America/Chicago", "US-WI", "US-WI"),
        ("America/Chicago", None, "US"),
        ("Europe/London", "US-WI", "GB"),  # somebody of a partner in Wisconsin who lives in London
        ("Europe/Stockholm", "SE-F", "SE-F"),
        ("Asia/Calcutta", None, "IN"),  # another name of Asia/Kolkata
    ],
)
def test_somebody_is_in_the_country_of_their_zone_and_in_the_part_of_it_that_was_said(
    zone: str, subdivision: str | None, place: str
) -> None:
    assert where(zone, subdivision) == place


def test_each_partner_of_the_programme_is_in_its_country() -> None:
    """By the zones of the places where they are."""
    countries = {
        "America/Chicago": "US",
        "America/New_York": "US",
        "America/Los_Angeles": "US",
        "Europe/Copenhagen": "DK",
        "Europe/London": "GB",
        "Asia/Qatar": "QA",
        "America/Sao_Paulo": "BR",
        "Europe/Stockholm": "SE",
    }

    assert {zone: country_of(zone) for zone in countries} == countries
