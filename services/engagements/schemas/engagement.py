"""The types of what is asked of engagements, milestones and coaching sessions."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Annotated, Any

from marshmallow import fields, post_load

from chassis.schemas.decimals import ExactDecimal
from chassis.schemas.fields import Count, Day, Id, Instant, Line, Text, Version, Zone, one_of
from chassis.schemas.messages import Request
from services.engagements.model.evidence import EvidenceKind, EvidenceRule


class EvidenceRuleOf(Request):
    """What data must show for a milestone to be proposed."""

    kind = one_of(*EvidenceKind, required=True)
    measure_id = Id("msr", load_default=None, allow_none=True)
    initiative_id = Id("ini", load_default=None, allow_none=True)
    points = Count(least=1, most=1000, load_default=None, allow_none=True, example=3)
    score = ExactDecimal(load_default=None, allow_none=True, example="3.5")
    percent = Count(least=1, most=100, load_default=None, allow_none=True, example=20)
    since = Day(load_default=None, allow_none=True, example="2026-01-01")

    @post_load
    def rule(self, found: dict[str, Any], **_: Any) -> EvidenceRule:
        """Give the rule as the model has it."""
        return EvidenceRule(**{**found, "kind": EvidenceKind(found["kind"])})


_SHIFT = {"kind": EvidenceKind.FAVOURABLE_SHIFT.value, "measure_id": "msr_01k9x3q0w5m8k4t7v2z9y6c1d3"}
EngagementId = Annotated[str, Id("eng")]
CampId = Annotated[str, Id("cmp")]
MilestoneId = Annotated[str, Id("mst")]
SessionId = Annotated[str, Id("cos")]
PartnerId = Annotated[str, Id("prt")]
PersonId = Annotated[str, Id("per")]
AssessmentIds = Annotated[list[str], fields.List(Id("asm"))]
Gaps = Annotated[list[str], fields.List(Line(longest=60))]
"""The codes of characteristics of partners that are agreed to be missing."""
ExpectedVersion = Annotated[Collection[int] | None, Version()]
Name = Annotated[str, Line(longest=200, example="Åsa Lindqvist")]
Query = Annotated[str, Line(longest=100, example="infec")]
"""A search: beginnings of words of a name or a title, whatever their case and accents."""
Title = Annotated[str, Line(longest=200, example="Infections halved")]
Evidence = Annotated[str, Text(longest=2000, example="A shift of nine points below the median")]
Reason = Annotated[str, Text(longest=1000, example="The new ward opens in autumn")]
Notes = Annotated[str, Text(longest=10_000, example="Test on one ward first")]
DayToCome = Annotated[date, Day(example="2030-09-01")]
AnotherDay = Annotated[date, Day(example="2030-12-01")]
AnotherTime = Annotated[datetime, Instant(example="2030-06-17T14:00:00+02:00")]
ZoneName = Annotated[str, Zone()]
EvidenceRuleAsked = Annotated[EvidenceRule, fields.Nested(EvidenceRuleOf, metadata={"examples": [_SHIFT]})]
