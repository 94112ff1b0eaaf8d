"""Cited data, read once: which countries there are, and on which continent each lies."""

import json
from importlib import resources


def _continents() -> dict[str, str]:
    text = resources.files(__package__).joinpath("continents.json").read_text(encoding="utf-8")
    continents = json.loads(text)["continents"]
    return {country: continent for continent, countries in continents.items() for country in countries}


CONTINENT_OF = _continents()
"""Country (ISO 3166-1 alpha-2) → continent, such as `europe`."""
