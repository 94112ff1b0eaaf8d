"""The types of arguments about what an organisation is; each validates its values."""

from typing import Annotated, Any

from marshmallow import ValidationError, fields, post_load, validate

from chassis.schemas.fields import Choice, Count, Language, Line, Unique, one_of
from chassis.schemas.messages import Request
from services.partners.model.organisation.issue import OTHER, Issue, IssueNotNamed
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
