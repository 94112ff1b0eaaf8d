"""The types of arguments about partners; each validates its values."""

from datetime import date
from typing import Annotated, TypedDict

from marshmallow import validate

from chassis.schemas.fields import (
    Day,
    Line,
    Text,
    Unique,
)
from services.partners.model.organisation.focus_area import FocusArea
from services.partners.model.organisation.scope_level import ScopeLevel
from services.partners.schemas.organisation import (
    Bodies,
    FormerNames,
    Identifiers,
    Issues,
    MissionGiven,
    NameUsedFrom,
    OtherLanguages,
    OtherScopeLevels,
    PopulationGiven,
)
from services.partners.schemas.place import CountryCode, LanguageTag, SubdivisionCode, ZoneName


class Area(Text):
    """An area of focus: one of the programme's, or another one named like them."""

    pattern = "^[a-z]+(_[a-z]+)*$"
    expected = f"One of {', '.join(FocusArea)}, or another area in lower-case words joined by _ is expected."
    example = "safer_care"


_A_FEW = validate.Length(1, 20)
Name = Annotated[str, Line(longest=200, example="Region Skåne")]
Place = Annotated[str, Line(longest=200, example="Sweden")]
KindOfPartner = Annotated[str, Line(longest=60, example="region")]
Query = Annotated[str, Line(longest=100, example="jonk")]
"""A search: beginnings of words of a name, whatever their case and accents."""
FocusAreas = Annotated[list[str], Unique(Area(longest=60), validate=_A_FEW)]
Reason = Annotated[str, Text(longest=1000, example="An election")]
Reasons = Annotated[
    list[str],
    Unique(Text(longest=1000, example="Leaders with the will to transform care"), validate=_A_FEW),
]
FirstDayOfTerm = Annotated[date, Day(example="2026-01-01")]
LastDayOfTerm = Annotated[date, Day(example="2028-12-31")]
LastDayOfNextTerm = Annotated[date, Day(example="2031-12-31")]


class BesideAProposal(TypedDict, total=False):
    """What may be described of a partner that is proposed, and need not."""

    name_used_from: NameUsedFrom | None
    former_names: FormerNames
    place: Place | None
    subdivision: SubdivisionCode | None
    other_scope_levels: OtherScopeLevels
    other_languages: OtherLanguages
    issues: Issues
    population_served: PopulationGiven | None
    partner_mission: MissionGiven | None
    institute_mission: MissionGiven | None
    bodies: Bodies
    identifiers: Identifiers


class PartnerChanges(BesideAProposal, total=False):
    """What is described of a partner: the members that are to be changed."""

    name: Name
    country: CountryCode
    zone: ZoneName
    language: LanguageTag
    kind: KindOfPartner
    scope_level: ScopeLevel
    focus_areas: FocusAreas
