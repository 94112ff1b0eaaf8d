"""The will of those who lead a partner: asked about when who leads it changes, and confirmed by a person."""

from dataclasses import dataclass, field
from datetime import date

from chassis.domain.aggregate import INTERNAL, Aggregate
from chassis.domain.errors import Conflict
from chassis.domain.replica import newest
from services.engagements.events import will as events
from services.engagements.model.statement import Statement


class WillNotAskedAbout(Conflict):
    """The will is confirmed once somebody's joining or leaving has put it in question."""


@dataclass(frozen=True, kw_only=True)
class WillInQuestion:
    """Why the will is to be confirmed: what changed of those who lead the partner, of whom, and since which day."""

    change: str
    person_id: str
    since: date


@dataclass(frozen=True, kw_only=True)
class WillConfirmation:
    """Somebody said, after what had put it in question, that the will is there: who, when, and why they know."""

    question: WillInQuestion
    statement: Statement


@dataclass(kw_only=True)
class CarriedByAWill(Aggregate):
    """Work that both sides agreed on goes on by the will of those who lead the partner.

    A change of them puts it in question: `will_to_confirm` says by what, until somebody has confirmed it.
    """

    partner_id: str
    lead_coach_id: str | None = None
    admission_number: int = field(default=1, metadata=INTERNAL)
    """Which admission of its partner it came from; who comes back after a departure begins a new one."""
    will_to_confirm: WillInQuestion | None = None
    will_confirmations: list[WillConfirmation] = field(default_factory=list)
    leadership_sequence: int = field(default=0, metadata=INTERNAL)

    def hear_of_leaders(self, *, sequence: int) -> None:
        """Remember of which change of the leaders was heard last; raises Superseded when a later one was."""
        self.leadership_sequence = newest(self.leadership_sequence, sequence)

    def question_the_will(self, question: WillInQuestion) -> None:
        """Ask for the will to be confirmed; once, until it is."""
        if self.will_to_confirm is None:
            self.will_to_confirm = question
            self.record(
                events.WillQuestioned(
                    engagement_id=self.id,
                    partner_id=self.partner_id,
                    admission_number=self.admission_number,
                    lead_coach_id=self.lead_coach_id,
                    change=question.change,
                    person_id=question.person_id,
                    since=question.since,
                )
            )

    def keep_will(self, statement: Statement, *, about: str) -> None:
        """Note that the will is there, as somebody says; raises WillNotAskedAbout."""
        if self.will_to_confirm is None:
            raise WillNotAskedAbout(f"{about}, and nothing has put the will in question")
        self.will_confirmations.append(WillConfirmation(question=self.will_to_confirm, statement=statement))
        self.will_to_confirm = None
        self.record(
            events.WillConfirmed(
                engagement_id=self.id,
                partner_id=self.partner_id,
                admission_number=self.admission_number,
                reason=statement.reason,
            )
        )
