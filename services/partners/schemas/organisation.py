"""The types of arguments about what an organisation is; each validates its values."""

from datetime import date
from typing import Annotated, Any

from marshmallow import ValidationError, fields, post_load, validate

from chassis.schemas.fields import Choice, Count, Day, Language, Line, Text, Unique, one_of
from chassis.schemas.messages import Request
from services.partners.model.organisation.body import Body
from services.partners.model.organisation.former_name import FormerName, NameEndsBeforeItBegins
from services.partners.model.organisation.identifier import Identifier
from services.partners.model.organisation.issue import OTHER, Issue, IssueNotNamed
from services.partners.model.organisation.mission import MissionStatement
from services.partners.model.organisation.organisation import DESCRIBED
from services.partners.model.organisation.population import PopulationServed
from services.partners.model.organisation.scope_level import ScopeLevel
from services.partners.reference import ISSUES, ISSUES_OF

MOST_IN_A_LIST = 20
EVERY_ISSUE = tuple(dict.fromkeys(code for version in ISSUES_OF.values() for code in version.codes))
"""What an issue can be called by any version of the taxonomy."""


class IssueOf(Request):
    """An issue that an organisation faces."""

    issue = one_of(*EVERY_ISSUE, required=True, metadata={"examples": [ISSUES.codes[0]]})
    named = Line(longest=200, load_default=None, allow_none=True, example="Too few nurses at night")
    taxonomy_version = Count(least=1, load_default=ISSUES.version, example=ISSUES.version)

    @post_load
    def of_model(self, found: dict[str, Any], **_: Any) -> Issue:
        """Give the issue as the model has it."""
        _refuse_another_taxonomy(found["issue"], found["taxonomy_version"])
        try:
            return Issue(**found)
        except IssueNotNamed as problem:
            raise ValidationError(f"{problem}.", field_name="named") from None


class PopulationServedOf(Request):
    """How many people an organisation serves."""

    people = Count(least=1, required=True, example=365_000)
    source = Line(longest=300, required=True, example="Statistics Sweden, population by region")
    counted_on = Day(required=True, example="2025-12-31")

    @post_load
    def of_model(self, found: dict[str, Any], **_: Any) -> PopulationServed:
        """Give the population as the model has it."""
        return PopulationServed(**found)


class MissionStatementOf(Request):
    """What one side says of the mission that both share."""

    statement = Text(longest=4000, required=True, example="A good life in an attractive county, for everybody")
    stated_on = Day(required=True, example="2026-01-15")

    @post_load
    def of_model(self, found: dict[str, Any], **_: Any) -> MissionStatement:
        """Give the statement as the model has it."""
        return MissionStatement(**found)


class BodyOf(Request):
    """One of the organisations that are a partner together."""

    name = Line(longest=200, required=True, example="Scottish Government")
    kind = Line(longest=60, load_default=None, allow_none=True, example="government")

    @post_load
    def of_model(self, found: dict[str, Any], **_: Any) -> Body:
        """Give the body as the model has it."""
        return Body(**found)


class FormerNameOf(Request):
    """A name that an organisation does not use any more."""

    name = Line(longest=200, required=True, example="Jönköping County Council")
    used_from = Day(load_default=None, allow_none=True, example="1963-01-01")
    used_until = Day(required=True, example="2014-12-31")

    @post_load
    def of_model(self, found: dict[str, Any], **_: Any) -> FormerName:
        """Give the name as the model has it."""
        try:
            return FormerName(**found)
        except NameEndsBeforeItBegins as problem:
            raise ValidationError(f"{problem}.", field_name="used_until") from None


class Scheme(Text):
    """A register of organisations."""

    pattern = "^[a-z][a-z0-9]*([_-][a-z0-9]+)*$"
    expected = "A register's short name such as ror, isni or gb-nhs, in lower case, is expected."
    example = "ror"


class NumberInRegister(Text):
    """What a register calls something."""

    pattern = "^[A-Za-z0-9._:/-]{1,100}$"
    expected = "1 to 100 letters, digits, '.', '_', ':', '/' or '-' are expected."
    example = "03t54am93"


class IdentifierOf(Request):
    """What a register calls an organisation."""

    scheme = Scheme(longest=40, required=True)
    identifier = NumberInRegister(longest=100, required=True)

    @post_load
    def of_model(self, found: dict[str, Any], **_: Any) -> Identifier:
        """Give the identifier as the model has it."""
        return Identifier(**found)


def _refuse_another_taxonomy(issue: str, version: int) -> None:
    if version not in ISSUES_OF:
        known = ", ".join(map(str, ISSUES_OF))
        raise ValidationError(f"A version of the taxonomy ({known}) is expected.", field_name="taxonomy_version")
    if issue not in ISSUES_OF[version].codes:
        expected = ", ".join(ISSUES_OF[version].codes)
        raise ValidationError(f"One of {expected} is expected by version {version}.", field_name="issue")


_ISSUES = [{"issue": ISSUES.codes[0]}, {"issue": OTHER, "named": "Too few nurses at night"}]
IssueCode = Annotated[str, one_of(*EVERY_ISSUE, metadata={"examples": [ISSUES.codes[0]]})]
Issues = Annotated[
    list[Issue],
    Unique(fields.Nested(IssueOf), validate=validate.Length(0, MOST_IN_A_LIST), metadata={"examples": [_ISSUES]}),
]
OtherScopeLevels = Annotated[list[ScopeLevel], Unique(Choice(ScopeLevel), validate=validate.Length(0, len(ScopeLevel)))]
OtherLanguages = Annotated[list[str], Unique(Language(example="sma"), validate=validate.Length(0, MOST_IN_A_LIST))]
_FORMER = [{"name": "Jönköping County Council", "used_from": "1963-01-01", "used_until": "2014-12-31"}]
_COUNTED = {"people": 365_000, "source": "Statistics Sweden, population by region", "counted_on": "2025-12-31"}
_MISSION = {"statement": "A good life in an attractive county, for everybody", "stated_on": "2026-01-15"}
_BODIES = [{"name": "NHS Scotland", "kind": "national health system"}, {"name": "Scottish Government"}]
_IDENTIFIERS = [{"scheme": "ror", "identifier": "03t54am93"}]
PopulationGiven = Annotated[PopulationServed, fields.Nested(PopulationServedOf, metadata={"examples": [_COUNTED]})]
MissionGiven = Annotated[MissionStatement, fields.Nested(MissionStatementOf, metadata={"examples": [_MISSION]})]
Bodies = Annotated[
    list[Body],
    Unique(fields.Nested(BodyOf), validate=validate.Length(0, MOST_IN_A_LIST), metadata={"examples": [_BODIES]}),
]
FormerNames = Annotated[
    list[FormerName],
    Unique(fields.Nested(FormerNameOf), validate=validate.Length(0, MOST_IN_A_LIST), metadata={"examples": [_FORMER]}),
]
NameUsedFrom = Annotated[date, Day(example="2015-01-01")]
EffectiveOn = Annotated[date, Day(example="2026-01-01")]
AsOf = Annotated[date, Day(example="2026-03-01")]
DescribedMember = Annotated[str, one_of(*sorted(DESCRIBED), metadata={"examples": ["name"]})]
Identifiers = Annotated[
    list[Identifier],
    Unique(
        fields.Nested(IdentifierOf), validate=validate.Length(0, MOST_IN_A_LIST), metadata={"examples": [_IDENTIFIERS]}
    ),
]
IdentifierText = Annotated[str, NumberInRegister(longest=100)]
