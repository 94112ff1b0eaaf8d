"""The time zones that somebody can be in."""

import pytest

from chassis.schemas.fields import Zone
from chassis.schemas.messages import Request
from chassis.schemas.validation import InvalidFields, load
from chassis.schemas.zones import positions_of_zones


class Somewhere(Request):
    zone = Zone()


@pytest.mark.parametrize("zone", ["Europe/Stockholm", "Asia/Kolkata", "Antarctica/Troll", "Atlantic/Reykjavik"])
def test_the_zone_of_a_place_is_taken(zone: str) -> None:
    assert load(Somewhere(), {"zone": zone}) == {"zone": zone}


@pytest.mark.parametrize("link", ["Asia/Calcutta", "Europe/Kiev", "US/Eastern", "America/Buenos_Aires", "Japan", "GB"])
def test_another_name_of_the_zone_of_a_place_is_kept_as_it_was_given(link: str) -> None:
    assert load(Somewhere(), {"zone": link}) == {"zone": link}


@pytest.mark.parametrize(
    "zone",
    ["Factory", "Etc/UTC", "UTC", "Etc/GMT+5", "GMT", "GMT0", "Zulu", "PST8PDT", "posixrules", "europe/stockholm"],
)
def test_what_is_no_place_has_no_zone(zone: str) -> None:
    with pytest.raises(InvalidFields, match="time zone of a place"):
        load(Somewhere(), {"zone": zone})


@pytest.mark.parametrize(
    ("zone", "latitude", "longitude"),
    [
        ("Europe/Stockholm", 59.33, 18.07),
        ("America/New_York", 40.71, -74.01),
        ("America/Sao_Paulo", -23.55, -46.63),
        ("Australia/Adelaide", -34.93, 138.60),
        ("Asia/Calcutta", 22.57, 88.36),  # another name of Asia/Kolkata
    ],
)
def test_the_main_town_of_a_zone_is_where_an_atlas_has_it(zone: str, latitude: float, longitude: float) -> None:
    """By the articles of Wikipedia about these towns, to a tenth of a degree."""
    assert positions_of_zones()[zone] == pytest.approx((latitude, longitude), abs=0.1)
