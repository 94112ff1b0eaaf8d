"""What goes over the wire: what clients ask, and what they are answered. Partners hears nothing."""

from marshmallow import fields, validate

from chassis.schemas.fields import Count, Day, Email, Flag, Id, Language, Line, Listed, Text, Version, Zone, one_of
from chassis.schemas.messages import PageRequest, Request, Resource, Response, SearchRequest
from services.partners.model.assessment import Verdict
from services.partners.model.partner import FocusArea, PartnerState, ScopeLevel
from services.partners.model.person import PersonState, Role
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


class ProposePartner(Request):
    """Propose a partner."""

    name = Line(longest=200, required=True, example="Region Skåne")
    place = Line(longest=200, load_default=None, allow_none=True, example="Sweden")
    country = Country(required=True)
    subdivision = Subdivision(load_default=None, allow_none=True)
    zone = Zone(required=True)
    language = Language(required=True)
    kind = Line(longest=60, required=True, example="region")
    scope_level = one_of(*ScopeLevel, required=True)
    focus_areas = fields.List(Area(longest=60), required=True, validate=validate.Length(1, 20))
    same_name_is_meant = Flag(load_default=False)


class AdmitPartner(Request):
    """Admit a partner, with reasons, for a term."""

    partner_id = Id("prt", required=True)
    version = Version()
    reasons = fields.List(
        Text(longest=1000, example="Leaders with the will to transform care"),
        required=True,
        validate=validate.Length(1, 20),
    )
    term_starts_on = Day(example="2026-01-01", required=True)
    term_ends_on = Day(example="2028-12-31", required=True)


class ChangePartner(Request):
    """Change a partner's description: only the members given."""

    partner_id = Id("prt", required=True)
    version = Version()
    name = Line(longest=200, example="Region Jönköping")
    place = Line(longest=200, allow_none=True, example="Sweden")
    country = Country()
    subdivision = Subdivision(allow_none=True)
    zone = Zone()
    language = Language()
    kind = Line(longest=60, example="region")
    scope_level = one_of(*ScopeLevel)
    focus_areas = fields.List(Area(longest=60), validate=validate.Length(1, 20))
    same_name_is_meant = Flag(load_default=False)


class Judgement(Request):
    """The finding on one characteristic."""

    characteristic = Line(longest=60, required=True, example=CRITERIA.characteristics[0])
    verdict = one_of(*Verdict, required=True)
    evidence = Text(longest=2000, required=True, example="The board reviews harm each month")


_EACH_ONCE = [
    {"characteristic": code, "verdict": Verdict.PRESENT, "evidence": "Seen on three visits"}
    for code in CRITERIA.characteristics
]


class AssessPartner(Request):
    """Assess a partner by the criteria in force, each characteristic once."""

    partner_id = Id("prt", required=True)
    judgements = fields.List(
        fields.Nested(Judgement),
        required=True,
        validate=validate.Length(1, 20),
        metadata={"examples": [_EACH_ONCE]},
    )


class PausePartner(Request):
    """Pause a partnership, for a reason."""

    partner_id = Id("prt", required=True)
    version = Version()
    reason = Text(longest=1000, required=True, example="An election")


class ResumePartner(Request):
    """Resume a paused partnership."""

    partner_id = Id("prt", required=True)
    version = Version()


class DepartPartner(Request):
    """End a partnership, for a reason."""

    partner_id = Id("prt", required=True)
    version = Version()
    reason = Text(longest=1000, required=True, example="The term is over")


class AddPerson(Request):
    """Add a person of a partner or of the institute."""

    partner_id = Id("prt", load_default=None, allow_none=True)
    name = Line(longest=200, required=True, example="Åsa Lindqvist")
    email = Email(required=True)
    role = one_of(*Role, required=True)
    language = Language(required=True)
    zone = Zone(required=True)


class ChangePerson(Request):
    """Change a person's details: only the members given."""

    person_id = Id("per", required=True)
    version = Version()
    name = Line(longest=200, example="Åsa Lindqvist Berg")
    email = Email()
    role = one_of(*Role)
    language = Language()
    zone = Zone()


class LeavePerson(Request):
    """Record that a person has left."""

    person_id = Id("per", required=True)
    version = Version()


class ShowPartner(Request):
    """One partner."""

    partner_id = Id("prt", required=True)


class ListPartners(SearchRequest):
    """Partners, of one country or in one state."""

    country = Country()
    state = one_of(*PartnerState)


class ShowReach(Request):
    """The reach of the programme."""


class ShowPerson(Request):
    """One person."""

    person_id = Id("per", required=True)


class ListPeople(SearchRequest):
    """People, of one partner, in one role, or in one state."""

    partner_id = Id("prt")
    role = one_of(*Role)
    state = one_of(*PersonState)


class ShowAssessment(Request):
    """One assessment of a partner."""

    partner_id = Id("prt", required=True)
    assessment_id = Id("asm", required=True)


class ListAssessments(PageRequest):
    """The assessments of one partner, the oldest first."""

    partner_id = Id("prt", required=True)


class Admission(Response):
    """The institute's decision to admit a partner: who said yes, when, why, and for which term."""

    decided_by = fields.String()
    decided_on = Day()
    reasons = fields.List(fields.String())
    term_starts_on = Day()
    term_ends_on = Day()


class Partner(Resource):
    """A large organisation, system, region or country with which the institute works for years."""

    name = fields.String()
    place = fields.String(allow_none=True)
    country = Country()
    subdivision = Subdivision(allow_none=True)
    continent = fields.String()
    zone = Zone()
    language = Language()
    kind = fields.String()
    scope_level = one_of(*ScopeLevel)
    focus_areas = fields.List(Area())
    state = one_of(*PartnerState)
    admission = fields.Nested(Admission, allow_none=True)
    departed_on = Day(allow_none=True)


class Finding(Response):
    """What was found of one characteristic, and on what that rests."""

    characteristic = fields.String()
    verdict = one_of(*Verdict)
    evidence = fields.String()


class Assessment(Resource):
    """A profile of a partner by one version of the criteria, in their order; never a total."""

    partner_id = Id("prt")
    criteria_version = Count(least=1)
    assessed_on = Day()
    assessor = fields.String()
    judgements = fields.List(fields.Nested(Finding))


class Person(Resource):
    """Somebody of a partner, or of the institute itself when `partner_id` is null."""

    partner_id = Id("prt", allow_none=True)
    name = fields.String()
    email = Email()
    role = one_of(*Role)
    language = Language()
    zone = Zone()
    state = one_of(*PersonState)
    left_on = Day(allow_none=True)


class Reach(Response):
    """How far the programme reaches: its partners at present, by where they are and what they focus on."""

    partners = Count()
    continents = fields.Dict(keys=fields.String(), values=Count())
    countries = fields.Dict(keys=fields.String(), values=Count())
    scope_levels = fields.Dict(keys=fields.String(), values=Count())
    focus_areas = fields.Dict(keys=fields.String(), values=Count())
