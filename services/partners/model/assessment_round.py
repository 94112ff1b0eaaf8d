"""A round of assessments: several people judge a partner, each by themselves, and then it is agreed on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from chassis.domain.errors import Invalid
from services.partners.model.assessment import GAPS, Assessment, Verdict, levels_between


class VerdictMissing(Invalid):
    """Where assessors differ, it is said which verdict is agreed on, and why."""


class UnknownCharacteristic(Invalid):
    """A verdict is about a characteristic of the criteria of its round, once."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one assessor found in a round: the verdicts of their newest assessment of it, by characteristic."""

    assessment_id: str
    assessor: str
    assessed_on: date
    verdicts: dict[str, Verdict]


@dataclass(frozen=True, kw_only=True)
class AgreedVerdict:
    """What is agreed on about one characteristic, and why; without a reason where all had found just that."""

    characteristic: str
    verdict: Verdict
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class FitAgreement:
    """What somebody said for the institute that a partner is like: by whom, on which day where the partner is."""

    verdicts: list[AgreedVerdict]
    by: str
    on: date
    at: datetime

    @property
    def gaps(self) -> list[str]:
        """The codes of what is agreed to be absent or only emerging."""
        return [each.characteristic for each in self.verdicts if each.verdict in GAPS]

    def verdict_on(self, characteristic: str) -> Verdict | None:
        """Give what was agreed on, if its criteria had this characteristic."""
        return next((each.verdict for each in self.verdicts if each.characteristic == characteristic), None)


@dataclass(kw_only=True)
class AssessmentRound:
    """The assessments of one time: round 1 at entry, then one each year; each assessor has one, their newest.

    `former_agreements` are those that were reconsidered.
    """

    number: int
    criteria_version: int
    characteristics: list[str]
    findings: list[Finding] = field(default_factory=list)
    agreement: FitAgreement | None = None
    former_agreements: list[FitAgreement] = field(default_factory=list)

    def add(self, assessment: Assessment) -> str | None:
        """Put an assessment beside the others; gives the id of the earlier one of its assessor that it replaces."""
        mine = Finding(
            assessment_id=assessment.id,
            assessor=assessment.assessor,
            assessed_on=assessment.assessed_on,
            verdicts={each.characteristic: each.verdict for each in assessment.judgements},
        )
        for place, finding in enumerate(self.findings):
            if finding.assessor == assessment.assessor:
                self.findings[place] = mine
                return finding.assessment_id
        self.findings.append(mine)
        return None

    def take_out(self, assessment_id: str) -> bool:
        """Take out what was found in an assessment; gives whether it was the newest one of its assessor."""
        before = len(self.findings)
        self.findings = [each for each in self.findings if each.assessment_id != assessment_id]
        return len(self.findings) < before

    def verdicts_on(self, characteristic: str) -> list[Verdict]:
        """Give what the assessors found, in the order in which they came."""
        return [each.verdicts[characteristic] for each in self.findings]

    @property
    def differing(self) -> list[str]:
        """The codes of the characteristics on which assessors differ."""
        return [code for code in self.characteristics if levels_between(self.verdicts_on(code))]

    def hides_from(self, viewer: str, assessor: str) -> bool:
        """Whether somebody is not to see yet what an assessor found: they might still assess, unswayed."""
        return self.agreement is None and viewer != assessor and {each.assessor for each in self.findings} <= {assessor}

    def settled_by(self, said: Sequence[AgreedVerdict]) -> list[AgreedVerdict]:
        """Give the verdict on each characteristic: what is said, else what all found.

        Raises UnknownCharacteristic, and VerdictMissing where they differ and nothing is said.
        """
        codes = [each.characteristic for each in said]
        if len({*codes} & {*self.characteristics}) != len(codes):
            detail = f"Each of {', '.join(self.characteristics)} at most once is expected; got {', '.join(codes)}"
            raise UnknownCharacteristic.at("/verdicts", "unknown_characteristic", detail)
        if missing := [code for code in self.differing if code not in codes]:
            detail = f"A verdict and a reason for each of {', '.join(missing)} is expected: assessors differ there"
            raise VerdictMissing.at("/verdicts", "verdict_missing", detail)
        stated = {each.characteristic: each for each in said}
        return [stated.get(code) or self._found_by_all(code) for code in self.characteristics]

    def _found_by_all(self, code: str) -> AgreedVerdict:
        return AgreedVerdict(characteristic=code, verdict=self.verdicts_on(code)[0])
