"""What comes in over the wire: what clients ask. Partners hears nothing."""

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validate

from chassis.schemas import Asked, Day, Email, Id, Language, Paged, Text, Version, Zone, one_of
from services.partners.model.assessment import Verdict
from services.partners.model.partner import FocusArea, PartnerState, ScopeLevel
from services.partners.model.person import PersonState, Role
from services.partners.reference import CONTINENT_OF

_SUBDIVISION = re.compile(r"[A-Z]{2}-[0-9A-Z]{1,3}")
_AREA = re.compile(r"[a-z]+(_[a-z]+)*")


class Country(Text):
    """A country, by its ISO 3166-1 alpha-2 code."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        country = super()._deserialize(value, attr, data, **kwargs)
        if country not in CONTINENT_OF:
            raise ValidationError("An ISO 3166-1 alpha-2 code such as SE is expected.")
        return country


class Subdivision(Text):
    """A part of a country, by its ISO 3166-2 code."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        subdivision = super()._deserialize(value, attr, data, **kwargs)
        if not _SUBDIVISION.fullmatch(subdivision):
            raise ValidationError("An ISO 3166-2 code such as GB-SCT, or null, is expected.")
        return subdivision


class Area(Text):
    """An area of focus: one of the programme's, or another one named like them."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        area = super()._deserialize(value, attr, data, **kwargs)
        if not _AREA.fullmatch(area):
            known = ", ".join(FocusArea)
            raise ValidationError(f"One of {known}, or another area in lower-case words joined by _ is expected.")
        return area


class ProposePartner(Asked):
    """Put forward a partner to be."""

    name = Text(longest=200, required=True)
    place = Text(longest=200, load_default=None, allow_none=True)
    country = Country(required=True)
    subdivision = Subdivision(load_default=None, allow_none=True)
    zone = Zone(required=True)
    language = Language(required=True)
    kind = Text(longest=60, required=True)
    scope_level = one_of(*ScopeLevel, required=True)
    focus_areas = fields.List(Area(longest=60), required=True, validate=validate.Length(1, 20))


class AdmitPartner(Asked):
    """Admit a partner, with reasons, for a term."""

    partner_id = Id("prt", required=True)
    version = Version()
    reasons = fields.List(Text(longest=1000), required=True, validate=validate.Length(1, 20))
    term_starts_on = Day(required=True)
    term_ends_on = Day(required=True)


class ChangePartner(Asked):
    """Change what is described of a partner: the members given, and no other."""

    partner_id = Id("prt", required=True)
    version = Version()
    name = Text(longest=200)
    place = Text(longest=200, allow_none=True)
    country = Country()
    subdivision = Subdivision(allow_none=True)
    zone = Zone()
    language = Language()
    kind = Text(longest=60)
    scope_level = one_of(*ScopeLevel)
    focus_areas = fields.List(Area(longest=60), validate=validate.Length(1, 20))


class Judgement(Asked):
    """What somebody found of one characteristic."""

    characteristic = Text(longest=60, required=True)
    verdict = one_of(*Verdict, required=True)
    evidence = Text(longest=2000, required=True)


class AssessPartner(Asked):
    """Judge a partner by the criteria in force, each characteristic once."""

    partner_id = Id("prt", required=True)
    judgements = fields.List(fields.Nested(Judgement), required=True, validate=validate.Length(1, 20))


class PausePartner(Asked):
    """Let a partnership rest, for a reason."""

    partner_id = Id("prt", required=True)
    version = Version()
    reason = Text(longest=1000, required=True)


class ResumePartner(Asked):
    """Take a partnership up again."""

    partner_id = Id("prt", required=True)
    version = Version()


class DepartPartner(Asked):
    """End a partnership, for a reason."""

    partner_id = Id("prt", required=True)
    version = Version()
    reason = Text(longest=1000, required=True)


class AddPerson(Asked):
    """Put a person of a partner, or of the institute, on record."""

    partner_id = Id("prt", load_default=None, allow_none=True)
    name = Text(longest=200, required=True)
    email = Email(required=True)
    role = one_of(*Role, required=True)
    language = Language(required=True)
    zone = Zone(required=True)


class ChangePerson(Asked):
    """Change what is on record of somebody: the members given, and no other."""

    person_id = Id("per", required=True)
    version = Version()
    name = Text(longest=200)
    email = Email()
    role = one_of(*Role)
    language = Language()
    zone = Zone()


class LeavePerson(Asked):
    """Note that somebody has left."""

    person_id = Id("per", required=True)
    version = Version()


class ShowPartner(Asked):
    """One partner."""

    partner_id = Id("prt", required=True)


class ListPartners(Paged):
    """Partners, of one country or in one state."""

    country = Country()
    state = one_of(*PartnerState)


class ShowReach(Asked):
    """How far the programme reaches."""


class ShowPerson(Asked):
    """One person."""

    person_id = Id("per", required=True)


class ListPeople(Paged):
    """People, of one partner, in one role, or in one state."""

    partner_id = Id("prt")
    role = one_of(*Role)
    state = one_of(*PersonState)


class ShowAssessment(Asked):
    """One assessment of a partner."""

    partner_id = Id("prt", required=True)
    assessment_id = Id("asm", required=True)


class ListAssessments(Paged):
    """The assessments of one partner, the oldest first."""

    partner_id = Id("prt", required=True)
