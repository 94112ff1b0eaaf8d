"""The types of arguments about assessments; each validates its values."""

from typing import Annotated, Any

from marshmallow import fields, post_load, validate

from chassis.schemas.fields import (
    Line,
    Text,
    one_of,
)
from chassis.schemas.messages import Request
from services.partners.model.assessment import Confidence, Judgement, Verdict
from services.partners.model.assessment_round import AgreedVerdict
from services.partners.reference import CRITERIA


class JudgementOf(Request):
    """The finding on one characteristic."""

    characteristic = Line(longest=60, required=True, example=CRITERIA.characteristics[0])
    verdict = one_of(*Verdict, required=True)
    evidence = Text(longest=2000, required=True, example="The board reviews harm each month")
    confidence = one_of(*Confidence, load_default=None, allow_none=True)

    @post_load
    def judgement(self, found: dict[str, Any], **_: Any) -> Judgement:
        """Give what was found as the model has it."""
        sure = found["confidence"]
        told = {"verdict": Verdict(found["verdict"]), "confidence": Confidence(sure) if sure else None}
        return Judgement(**{**found, **told})


class AgreedVerdictOf(Request):
    """What is agreed on about one characteristic, and why."""

    characteristic = Line(longest=60, required=True, example=CRITERIA.characteristics[0])
    verdict = one_of(*Verdict, required=True)
    reason = Text(longest=1000, required=True, example="Both visits together show more than either did")

    @post_load
    def agreed(self, found: dict[str, Any], **_: Any) -> AgreedVerdict:
        """Give what is agreed on as the model has it."""
        return AgreedVerdict(**{**found, "verdict": Verdict(found["verdict"])})


_EACH_ONCE = [
    {"characteristic": code, "verdict": Verdict.PRESENT, "evidence": "Seen on three visits", "confidence": "high"}
    for code in CRITERIA.characteristics
]
Judgements = Annotated[
    list[Judgement],
    fields.List(fields.Nested(JudgementOf), validate=validate.Length(1, 20), metadata={"examples": [_EACH_ONCE]}),
]
AgreedVerdicts = Annotated[
    list[AgreedVerdict],
    fields.List(
        fields.Nested(AgreedVerdictOf),
        validate=validate.Length(0, 20),
        metadata={
            "examples": [
                [{"characteristic": CRITERIA.characteristics[0], "verdict": "present", "reason": "Both visits show it"}]
            ]
        },
    ),
]
