"""Where somebody is, and which language they speak."""

from typing import Annotated

from chassis.schemas.fields import (
    Language,
    Listed,
    Subdivision,
    Zone,
)
from services.partners.reference import CONTINENT_OF


class Country(Listed):
    """A country, by its ISO 3166-1 alpha-2 code."""

    format = "iso-3166-1-alpha-2"
    example = "SE"
    expected = "An ISO 3166-1 alpha-2 code such as SE is expected."
    values = CONTINENT_OF


CountryCode = Annotated[str, Country()]
SubdivisionCode = Annotated[str, Subdivision()]
ZoneName = Annotated[str, Zone()]
LanguageTag = Annotated[str, Language()]
