"""A fit: what the institute found of one partner, round by round, and what it agreed on; there is no total."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from chassis.domain.aggregate import INTERNAL
from chassis.domain.errors import Conflict
from chassis.domain.transitions import refuse_unless_possible
from services.partners.events import fit as events
from services.partners.model.assessment import Assessment, Criteria, Verdict
from services.partners.model.assessment_round import AgreedVerdict, AssessmentRound, FitAgreement
from services.partners.model.fit_lifecycle import (
    TRANSITIONS,
    AssessmentNotOfThisRound,
    FewerThanTwoAssessors,
    FitAgreedAlready,
    FitNotAgreed,
    FitState,
)
from services.partners.model.history import HistoryEntry
from services.partners.model.yearly_assessment import YearlyAssessment

ASSESSORS_AT_LEAST = 2


@dataclass(kw_only=True)
class Fit(YearlyAssessment):
    """How one partner fits, as its assessors found it; all rounds but the last are agreed on.

    `history` has each agreement, and why one was reconsidered.
    """

    lifecycle = TRANSITIONS

    state: FitState = FitState.OPEN
    rounds: list[AssessmentRound] = field(default_factory=list)
    history: list[HistoryEntry] = field(default_factory=list)
    differing: list[str] = field(default_factory=list, metadata=INTERNAL)
    """The characteristics of which it was said last that assessors differ on them."""

    @property
    def last_round(self) -> AssessmentRound | None:
        """The round that is open, or was agreed on last."""
        return self.rounds[-1] if self.rounds else None

    @property
    def last_agreed(self) -> AssessmentRound | None:
        """The round that was agreed on last."""
        return next((each for each in reversed(self.rounds) if each.agreement), None)

    @property
    def open_round(self) -> AssessmentRound | None:
        """The round in which somebody has assessed, and that is not agreed on."""
        return self.last_round if self.state is FitState.OPEN else None

    def add(self, assessment: Assessment, criteria: Criteria) -> str | None:
        """Put an assessment beside those of its round, or begin the next round with it.

        Gives the id of the earlier one of its assessor that it replaces, if there is one.
        """
        last = self.last_round
        if last is None or last.agreement:
            last = self._begin_round(criteria)
        self.state = FitState.OPEN
        assessment.round = last.number
        replaced = last.add(assessment)
        self._say_whether_assessors_differ(last)
        return replaced

    def take_out(self, assessment: Assessment, *, reason: str) -> None:
        """Withdraw an assessment of the round that is open; a round without any has not begun.

        Raises FitAgreedAlready and AssessmentNotOfThisRound.
        """
        refuse_unless_possible(TRANSITIONS, "withdraw_assessment", state=self.state, about=self._standing(),
                               otherwise=FitAgreedAlready)  # fmt: skip
        last = self.last_round
        if last is None or not last.take_out(assessment.id):
            raise AssessmentNotOfThisRound(f"{assessment.id} is not what its assessor found last in the open round")
        assessment.withdrawn_because = reason
        self._say_whether_assessors_differ(last)
        if not last.findings:
            self.rounds.pop()
            self.state = FitState.AGREED if self.rounds else FitState.OPEN

    def agree(self, verdicts: Sequence[AgreedVerdict], *, by: str, on: date, at: datetime) -> None:
        """Agree on how the partner fits: what all found, or what is said here, with a reason, where they differ.

        Raises FitAgreedAlready, FewerThanTwoAssessors, UnknownCharacteristic and VerdictMissing.
        """
        self._must_allow("agree_on_fit", otherwise=FitAgreedAlready)
        last = self.last_round
        if last is None or len(last.findings) < ASSESSORS_AT_LEAST:
            raise FewerThanTwoAssessors(f"{self._standing()}, with {len(last.findings if last else [])} assessors")
        before = self.last_agreed
        last.agreement = FitAgreement(verdicts=last.settled_by(verdicts), by=by, on=on, at=at)
        self._become(FitState.AGREED, reason=None, by=by, at=at)
        self.differing = []
        self.record(events.FitAgreed(**self._named(last), **self._gaps(), agreed_on=on,
                                     changed=_changed(before, last.agreement)))  # fmt: skip
        self.count_from(on)

    def reconsider(self, *, reason: str, by: str, at: datetime) -> None:
        """Take back what was agreed on, for a reason: its round is open again. Raises FitNotAgreed."""
        self._must_allow("reconsider_fit", otherwise=FitNotAgreed)
        last = self.rounds[-1]
        if last.agreement:
            last.former_agreements.append(last.agreement)
        last.agreement = None
        self._become(FitState.OPEN, reason=reason, by=by, at=at)
        self.differing = last.differing
        self.record(events.FitReconsidered(**self._named(last), **self._gaps(), reason=reason))
        before = self.last_agreed
        self.count_from(before.agreement.on if before and before.agreement else None)

    def verdict_before(self, of: AssessmentRound, characteristic: str) -> Verdict | None:
        """Give what was agreed on in the round before one, if there was one with this characteristic."""
        earlier = next((each for each in reversed(self.rounds) if each.number < of.number), None)
        return earlier.agreement.verdict_on(characteristic) if earlier and earlier.agreement else None

    def hides(self, assessment: Assessment, viewer: str) -> bool:
        """Whether somebody is not to see yet what an assessment found: see decision 86."""
        of = next((each for each in self.rounds if each.number == assessment.round), None)
        return of is not None and of.hides_from(viewer, assessment.assessor)

    def _begin_round(self, criteria: Criteria) -> AssessmentRound:
        number = self.rounds[-1].number + 1 if self.rounds else 1
        begun = AssessmentRound(number=number, criteria_version=criteria.version,
                                characteristics=[*criteria.characteristics])  # fmt: skip
        self.rounds.append(begun)
        return begun

    def _say_whether_assessors_differ(self, of: AssessmentRound) -> None:
        differing = of.differing
        if differing and differing != self.differing:
            self.record(events.AssessorsDiffer(**self._named(of), characteristics=differing))
        elif self.differing and not differing:
            self.record(events.AssessorsAgree(**self._named(of)))
        self.differing = differing

    def _become(self, state: FitState, *, reason: str | None, by: str, at: datetime) -> None:
        self.state = state
        self.history.append(HistoryEntry(to=state, reason=reason, by=by, at=at))

    def _must_allow(self, operation: str, *, otherwise: type[Conflict]) -> None:
        refuse_unless_possible(TRANSITIONS, operation, state=self.state, about=self._standing(), otherwise=otherwise)

    def _standing(self) -> str:
        number = f", in round {self.rounds[-1].number}" if self.rounds else ""
        return f"the fit of partner {self.partner_id} is {self.state}{number}"

    def _named(self, of: AssessmentRound) -> events.OfRound:
        return {
            "fit_id": self.id,
            "partner_id": self.partner_id,
            "partner_name": self.partner_name,
            "round": of.number,
        }

    def _gaps(self) -> events.Gaps:
        agreed = self.last_agreed
        if agreed is None or agreed.agreement is None:
            return {"gaps": [], "assessment_ids": [], "criteria_version": None}
        return {
            "gaps": agreed.agreement.gaps,
            "assessment_ids": [each.assessment_id for each in agreed.findings],
            "criteria_version": agreed.criteria_version,
        }


def _changed(before: AssessmentRound | None, now: FitAgreement) -> list[str]:
    """Give the codes of what is agreed on otherwise than the time before, as far as both criteria have them."""
    if before is None or before.agreement is None:
        return []
    earlier = before.agreement
    return [
        each.characteristic
        for each in now.verdicts
        if earlier.verdict_on(each.characteristic) not in (None, each.verdict)
    ]
