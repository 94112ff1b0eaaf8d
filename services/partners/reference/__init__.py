"""Cited data, read once: on which continent each country lies, and what partners are assessed on."""

import json
from importlib import resources

from services.partners.model.assessment import Criteria


def _continents() -> dict[str, str]:
    text = resources.files(__package__).joinpath("continents.json").read_text(encoding="utf-8")
    continents = json.loads(text)["continents"]
    return {country: continent for continent, countries in continents.items() for country in countries}


CONTINENT_OF = _continents()
"""Country (ISO 3166-1 alpha-2) → continent, such as `europe`."""


def _criteria() -> Criteria:
    written = json.loads(resources.files(__package__).joinpath("criteria.json").read_text(encoding="utf-8"))
    (in_force,) = (each for each in written["versions"] if each["version"] == written["in_force"])
    codes = tuple(each["code"] for each in in_force["characteristics"])
    return Criteria(version=in_force["version"], characteristics=codes)


CRITERIA = _criteria()
"""The criteria in force."""
