"""The highest score of progress that the evidence on record supports: shown beside a score, never in place of one."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

HALF = Fraction(1, 2)


@dataclass(frozen=True, kw_only=True)
class EvidenceOfProgress:
    """What the platform knows of an initiative that a score may rest on."""

    signed: bool = False
    sponsor_and_lead: bool = False
    measures: int = 0
    has_data: bool = False
    tested: bool = False
    """Whether a PDSA cycle is in Do or later."""
    charted_with_target: bool = False
    adopted: bool = False
    """Whether a PDSA cycle ended in adopt."""
    improved: bool = False
    """Whether an outcome or process measure has a favourable signal."""
    outcome_improved: bool = False
    share_reached: Fraction | None = None
    """How much of the way from baseline to target its newest result is."""
    sustained: bool = False
    """Whether an outcome measure has a favourable sustained shift."""
    closing_equity_gaps: bool = False
    has_strata: bool = False


@dataclass(frozen=True, kw_only=True)
class Ceiling:
    """The highest score that the evidence supports, and what is missing for the next one, by code."""

    score: Decimal
    missing: list[str]


def ceiling(evidence: EvidenceOfProgress) -> Ceiling:
    """Give the highest score of which all lower ones are supported, too."""
    supported = Decimal("0.5")
    for score, asked in _asked(evidence):
        missing = [code for code, given in asked.items() if not given]
        if missing:
            return Ceiling(score=supported, missing=missing)
        supported = score
    return Ceiling(score=supported, missing=[])


def _asked(evidence: EvidenceOfProgress) -> list[tuple[Decimal, dict[str, bool]]]:
    """Say what each score asks for beside those below it."""
    share = evidence.share_reached
    strata = not evidence.closing_equity_gaps or evidence.has_strata
    halfway, reached = share is not None and share >= HALF, share is not None and share >= 1
    return [
        (Decimal("1.0"), {"signed_charter": evidence.signed, "sponsor_and_lead": evidence.sponsor_and_lead}),
        (Decimal("1.5"), {"measures": evidence.measures > 0}),
        (Decimal("2.0"), {"data": evidence.has_data}),
        (Decimal("2.5"), {"test_of_change": evidence.tested, "chart_with_target": evidence.charted_with_target}),
        (Decimal("3.0"), {"adopted_change": evidence.adopted}),
        (Decimal("3.5"), {"favourable_signal": evidence.improved}),
        (
            Decimal("4.0"),
            {"favourable_outcome_signal": evidence.outcome_improved, "half_of_the_way": halfway, "strata": strata},
        ),
        (Decimal("4.5"), {"sustained_shift": evidence.sustained}),
        (Decimal("5.0"), {"target": reached}),
    ]
