"""An assessment: how a partner was judged, characteristic by characteristic, with evidence; there is no total."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chassis.domain.aggregate import Aggregate
from chassis.domain.errors import Invalid


class Verdict(StrEnum):
    """How much there is of a characteristic."""

    ABSENT = "absent"
    EMERGING = "emerging"
    PRESENT = "present"
    STRONG = "strong"


class Confidence(StrEnum):
    """How sure somebody is of a verdict, by what they have seen."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


GAPS = frozenset({Verdict.ABSENT, Verdict.EMERGING})
LEVELS = list(Verdict)
"""The verdicts, from the lowest level to the highest."""


class NotEachCharacteristicOnce(Invalid):
    """An assessment judges each characteristic of its criteria once."""


@dataclass(frozen=True, kw_only=True)
class Criteria:
    """One version of what partners are assessed on: the codes of its characteristics, in order."""

    version: int
    characteristics: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What somebody found of one characteristic, on what that rests, and how sure they are; None where not said."""

    characteristic: str
    verdict: Verdict
    evidence: str
    confidence: Confidence | None = None


@dataclass(kw_only=True)
class Assessment(Aggregate):
    """A profile of a partner by one version of the criteria, in their order; never a total.

    `round` is the one it belongs to: 1 at entry, and one more for each later one; None where it is older than rounds.
    `replaced_by_id` is the later one of its assessor in the round; `withdrawn_because` why they or somebody else took
    it back. While it is sealed, only its assessor sees the judgements: see decision 86.
    """

    partner_id: str
    criteria_version: int
    assessed_on: date
    assessor: str
    judgements: list[Judgement]
    round: int | None = None
    replaced_by_id: str | None = None
    withdrawn_because: str | None = None
    is_sealed: bool = False

    @classmethod
    def make(
        cls,
        *,
        id: str,
        partner_id: str,
        criteria: Criteria,
        judgements: Sequence[Judgement],
        assessor: str,
        on: date,
    ) -> "Assessment":
        """Judge a partner by these criteria; raises NotEachCharacteristicOnce."""
        _refuse_other_than_each_once(judgements, criteria)
        found = {each.characteristic: each for each in judgements}
        return cls(
            id=id,
            partner_id=partner_id,
            criteria_version=criteria.version,
            assessed_on=on,
            assessor=assessor,
            judgements=[found[code] for code in criteria.characteristics],
        )

    @property
    def gaps(self) -> list[str]:
        """The codes of what is absent or only emerging."""
        return [each.characteristic for each in self.judgements if each.verdict in GAPS]


def levels_between(verdicts: Iterable[Verdict]) -> int:
    """Give how many levels the lowest of these verdicts is below the highest."""
    levels = [LEVELS.index(each) for each in verdicts]
    return max(levels) - min(levels) if levels else 0


def _refuse_other_than_each_once(judgements: Sequence[Judgement], criteria: Criteria) -> None:
    times = Counter(each.characteristic for each in judgements)
    if times != Counter(criteria.characteristics):
        expected, got = ", ".join(criteria.characteristics), ", ".join(times.elements()) or "none"
        detail = f"Each of {expected} once is expected; got {got}"
        raise NotEachCharacteristicOnce.at("/judgements", "not_each_once", detail)
