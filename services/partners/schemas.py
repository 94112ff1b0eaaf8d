"""The types of arguments in partners; each validates its values."""

from collections.abc import Collection
from datetime import date
from typing import Annotated, Any, TypedDict

from marshmallow import fields, post_load, validate

from chassis.schemas.fields import Day, Email, Id, Language, Line, Listed, Text, Unique, Version, Zone, one_of
from chassis.schemas.messages import Request
from services.partners.model.assessment import Judgement, Verdict
from services.partners.model.partner import FocusArea, ScopeLevel
from services.partners.model.person import Role
from services.partners.reference import CONTINENT_OF, CRITERIA


class Country(Listed):
    """A country, by its ISO 3166-1 alpha-2 code."""

    format = "iso-3166-1-alpha-2"
    example = "SE"
    expected = "An ISO 3166-1 alpha-2 code such as SE is expected."
    values = CONTINENT_OF


class Subdivision(Text):
    """A part of a country, by its ISO 3166-2 code."""

    pattern = "^[A-Z]{2}-[0-9A-Z]{1,3}$"
    expected = "An ISO 3166-2 code such as GB-SCT, or null, is expected."
    example = "SE-F"


class Area(Text):
    """An area of focus: one of the programme's, or another one named like them."""

    pattern = "^[a-z]+(_[a-z]+)*$"
    expected = f"One of {', '.join(FocusArea)}, or another area in lower-case words joined by _ is expected."
    example = "safer_care"


class JudgementOf(Request):
    """The finding on one characteristic."""

    characteristic = Line(longest=60, required=True, example=CRITERIA.characteristics[0])
    verdict = one_of(*Verdict, required=True)
    evidence = Text(longest=2000, required=True, example="The board reviews harm each month")

    @post_load
    def judgement(self, found: dict[str, Any], **_: Any) -> Judgement:
        """Give what was found as the model has it."""
        return Judgement(**{**found, "verdict": Verdict(found["verdict"])})


_EACH_ONCE = [
    {"characteristic": code, "verdict": Verdict.PRESENT, "evidence": "Seen on three visits"}
    for code in CRITERIA.characteristics
]
_A_FEW = validate.Length(1, 20)
PartnerId = Annotated[str, Id("prt")]
PersonId = Annotated[str, Id("per")]
AssessmentId = Annotated[str, Id("asm")]
ExpectedVersion = Annotated[Collection[int] | None, Version()]
Name = Annotated[str, Line(longest=200, example="Region Skåne")]
PersonName = Annotated[str, Line(longest=200, example="Åsa Lindqvist")]
Place = Annotated[str, Line(longest=200, example="Sweden")]
KindOfPartner = Annotated[str, Line(longest=60, example="region")]
CountryCode = Annotated[str, Country()]
SubdivisionCode = Annotated[str, Subdivision()]
ZoneName = Annotated[str, Zone()]
LanguageTag = Annotated[str, Language()]
Address = Annotated[str, Email()]
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
Judgements = Annotated[
    list[Judgement],
    fields.List(fields.Nested(JudgementOf), validate=_A_FEW, metadata={"examples": [_EACH_ONCE]}),
]


class PartnerChanges(TypedDict, total=False):
    """What is described of a partner: the members that are to be changed."""

    name: Name
    place: Place | None
    country: CountryCode
    subdivision: SubdivisionCode | None
    zone: ZoneName
    language: LanguageTag
    kind: KindOfPartner
    scope_level: ScopeLevel
    focus_areas: FocusAreas


class PersonChanges(TypedDict, total=False):
    """What is on record of somebody: the members that are to be changed."""

    name: PersonName
    email: Address
    role: Role
    language: LanguageTag
    zone: ZoneName
