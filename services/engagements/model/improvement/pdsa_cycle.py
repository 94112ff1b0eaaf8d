"""A PDSA cycle: one test of a change, from a question with a prediction to a decision.

After Langley and others, The Improvement Guide (2009). Cycles of growing scale on one idea are a ramp.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from chassis.domain.aggregate import INTERNAL
from chassis.domain.errors import Conflict
from chassis.domain.external_ids import KnownElsewhere
from chassis.domain.transitions import NotFromThisState, refuse_unless_possible
from services.engagements.events import pdsa as events
from services.engagements.model.days import refuse_unless_come
from services.engagements.model.engagement import Engagement
from services.engagements.model.improvement.charter import Setting
from services.engagements.model.improvement.initiative import Initiative
from services.engagements.model.improvement.pdsa_lifecycle import (
    REFUSALS,
    TRANSITIONS,
    CycleAlreadyStarted,
    CycleNotActed,
    CycleNotCancelled,
    CycleNotStarted,
    CycleNotStudied,
    DeviationNotExplained,
    JudgedTwice,
    NextCycleRests,
    NoSuchQuestion,
    NotAnIdeaOfTheInitiative,
    PdsaState,
    PredictionMissing,
    PredictionNotJudged,
    PreviousNotActed,
    PreviousOfAnotherIdea,
)
from services.engagements.model.improvement.worksheet import (
    DataToCollect,
    Decision,
    Learned,
    Matches,
    Objective,
    Observed,
    PredictionJudgement,
    Question,
    Scale,
    Task,
    count,
)
from services.engagements.model.statement import StateChange, Statement

WITH_INITIATIVE, WITH_ENGAGEMENT, WITH_COMMITMENT = "initiative", "engagement", "commitment"
"""What a cycle can be cancelled with, and is restored with."""


@dataclass(kw_only=True)
class PdsaCycle(KnownElsewhere):
    """One test of one change idea of an initiative.

    `ramp_id` is the first cycle of its ramp, and `number` which one of the ramp it is; `previous_id` is the one before.
    """

    lifecycle = TRANSITIONS
    initiative_id: str
    engagement_id: str
    partner_id: str
    idea: str
    commitment_id: str | None = None
    """The commitment of its partner at a camp for which it is planned, if it is for one."""
    owner_id: str | None = None
    """The person who answers for it, as was promised at the camp."""
    ramp_id: str
    number: int = 1
    previous_id: str | None = None
    objective: Objective
    setting: Setting
    scale: Scale = field(default_factory=Scale)
    starts_on: date | None = None
    ends_on: date | None = None
    questions: list[Question]
    tasks: list[Task] = field(default_factory=list)
    data_plan: list[DataToCollect] = field(default_factory=list)
    state: PdsaState = PdsaState.PLANNED
    started_on: date | None = None
    observed: list[Observed] = field(default_factory=list)
    """What was seen in doing it; the newest counts."""
    learned: list[Learned] = field(default_factory=list)
    """What was learned and decided; the newest counts while it is acted on."""
    transitions: list[StateChange] = field(default_factory=list)
    restores_to: PdsaState | None = field(default=None, metadata=INTERNAL)
    cancelled_with: str | None = field(default=None, metadata=INTERNAL)

    @classmethod
    def plan(
        cls,
        *,
        id: str,
        initiative: Initiative,
        engagement: Engagement,
        previous: "PdsaCycle | None" = None,
        **described: Any,
    ) -> "PdsaCycle":
        """Plan a test of an idea of an initiative under way, perhaps as the next one of a ramp.

        Raises EngagementNotActive, InitiativeNotActive, InitiativeClosed, NotAnIdeaOfTheInitiative,
        PreviousOfAnotherIdea and PreviousNotActed.
        """
        engagement.coach_at_work()
        initiative.must_be_at_work()
        _refuse_unknown_idea(initiative, described["idea"])
        _refuse_previous(previous, initiative=initiative, idea=described["idea"])
        cycle = cls(id=id, initiative_id=initiative.id, engagement_id=initiative.engagement_id,
                    partner_id=initiative.partner_id, ramp_id=previous.ramp_id if previous else id,
                    number=previous.number + 1 if previous else 1, previous_id=previous.id if previous else None,
                    **described)  # fmt: skip
        about = {"objective": cycle.objective, "setting": cycle.setting, "previous_id": cycle.previous_id}
        cycle.record(events.PdsaPlanned(**cycle._named() | about))
        return cycle

    def change(self, **changes: Any) -> bool:
        """Change what is planned, before it is done; gives whether it is different. Raises CycleAlreadyStarted."""
        self._must_allow("change_cycle", otherwise=CycleAlreadyStarted)
        differing = {name: value for name, value in changes.items() if getattr(self, name) != value}
        for name, value in differing.items():
            setattr(self, name, value)
        return bool(differing)

    def start(self, *, initiative: Initiative, engagement: Engagement, on: date, at: datetime) -> None:
        """Begin to do it.

        Raises CycleAlreadyStarted, PredictionMissing, EngagementNotActive, InitiativeNotActive, InTheFuture and
        BeforeItBegan.
        """
        self._must_allow("start_cycle", otherwise=CycleAlreadyStarted)
        engagement.coach_at_work()
        initiative.must_be_at_work()
        self._refuse_without_prediction()
        refuse_unless_come(on, field="started_on", since=initiative.started_on, today=engagement.today(at))
        self.state, self.started_on = PdsaState.DOING, on
        self.record(events.PdsaStarted(**self._named(), started_on=on))

    def retract_start(self, statement: Statement) -> None:
        """Take back that it is being done, for a reason; raises CycleNotStarted."""
        self._must_allow("retract_cycle_start", otherwise=CycleNotStarted)
        self.started_on = None
        self._move(PdsaState.PLANNED, statement)
        self.record(events.PdsaStartRetracted(**self._named(), reason=statement.reason))

    def study(self, observed: Observed, *, engagement: Engagement) -> None:
        """Note what was seen in doing it; raises CycleNotStarted, DeviationNotExplained, InTheFuture, BeforeItBegan."""
        self._must_allow("study_cycle", otherwise=CycleNotStarted)
        today = engagement.today(observed.at)
        refuse_unless_come(observed.done_on, field="done_on", since=self.started_on, today=today)
        if not observed.as_planned and observed.deviation is None:
            raise DeviationNotExplained.at(
                "/deviation", "required", "Why it was not carried out as planned is expected"
            )
        self.observed.append(observed)
        self.state = PdsaState.STUDYING
        about = {"done_on": observed.done_on, "as_planned": observed.as_planned}
        self.record(events.PdsaStudied(**self._named() | about))

    def resume(self, statement: Statement) -> None:
        """Go on doing it, for a reason; raises CycleNotStudied."""
        self._must_allow("resume_cycle", otherwise=CycleNotStudied)
        self._move(PdsaState.DOING, statement)
        self.record(events.PdsaResumed(**self._named(), reason=statement.reason))

    def judge(self, judgements: Sequence[tuple[int, PredictionJudgement]]) -> None:
        """Compare predictions, by the numbers of their questions, with what was seen; the newest judgement counts.

        Raises CycleNotStudied, NoSuchQuestion and JudgedTwice.
        """
        self._must_allow("judge_predictions", otherwise=CycleNotStudied)
        _refuse_wrong_questions([number for number, _ in judgements], most=len(self.questions))
        for number, judgement in judgements:
            asked = self.questions[number - 1]
            self.questions[number - 1] = replace(asked, judgements=[*asked.judgements, judgement])
        self.record(events.PdsaJudged(**self._named(), **vars(self.matches)))

    def act(self, learned: Learned) -> None:
        """Decide what becomes of the change; raises CycleNotStudied and PredictionNotJudged."""
        self._must_allow("act_on_cycle", otherwise=CycleNotStudied)
        if open := [number for number, asked in enumerate(self.questions, 1) if asked.match is None]:
            numbers = ", ".join(map(str, open))
            raise PredictionNotJudged(f"predictions to questions {numbers} of cycle {self.id} are not judged yet")
        self.learned.append(learned)
        self.state = PdsaState.ACTED
        matches = self.matches
        about = {"matched": matches.matched, "partly": matches.partly, "not_matched": matches.not_matched}
        self.record(events.PdsaActed(**self._named() | about, decision=learned.decision))

    def reconsider(self, *, next_ids: Sequence[str], engagement: Engagement, statement: Statement) -> None:
        """Take the decision back, for a reason; raises CycleNotActed, NextCycleRests and EngagementAlreadyClosed."""
        engagement.must_be_open()
        self._must_allow("reconsider_cycle", otherwise=CycleNotActed)
        if next_ids:
            raise NextCycleRests(f"cycle {', '.join(next_ids)} of the ramp follows {self.id}: cancel that first")
        self._move(PdsaState.STUDYING, statement)
        former = self.learned[-1].decision
        self.record(events.PdsaReconsidered(**self._named(), former_decision=former, reason=statement.reason))

    def cancel(self, statement: Statement, *, ended_with: str | None = None) -> None:
        """Not do it, or not to its end, for a reason; raises CycleAlreadyActed and CycleCancelled."""
        self._must_allow("cancel_cycle")
        self.restores_to, self.cancelled_with = self.state, ended_with
        self._move(PdsaState.CANCELLED, statement)
        self.record(events.PdsaCancelled(**self._named(), reason=statement.reason))

    def restore(self, *, initiative: Initiative, engagement: Engagement, statement: Statement) -> None:
        """Take it up again, as what it was; raises CycleNotCancelled, InitiativeClosed and EngagementAlreadyClosed."""
        engagement.must_be_open()
        initiative.must_be_open()
        self._must_allow("restore_cycle", otherwise=CycleNotCancelled)
        self._move(self.restores_to or PdsaState.PLANNED, statement)
        self.restores_to, self.cancelled_with = None, None
        self.record(events.PdsaRestored(**self._named(), state=self.state, reason=statement.reason))

    @property
    def matches(self) -> Matches:
        """How its predictions compare with what was seen."""
        return count(self.questions)

    @property
    def decision(self) -> Decision | None:
        """What was decided, while that stands."""
        return self.learned[-1].decision if self.state is PdsaState.ACTED else None

    def _refuse_without_prediction(self) -> None:
        if lacking := [number for number, asked in enumerate(self.questions, 1) if not asked.prediction]:
            numbers = ", ".join(map(str, lacking))
            raise PredictionMissing(
                f"questions {numbers} of cycle {self.id} have no prediction: what does the team expect?"
            )

    def _move(self, to: PdsaState, statement: Statement) -> None:
        self.state = to
        self.transitions.append(StateChange(to=to, statement=statement))

    def _must_allow(self, operation: str, *, otherwise: type[Conflict] | None = None) -> None:
        """Raise the refusal of its state, `otherwise` or NotFromThisState, where the table has no such transition."""
        refusal = otherwise or REFUSALS.get(self.state, NotFromThisState)
        about = f"PDSA cycle {self.id} is {self.state}"
        refuse_unless_possible(TRANSITIONS, operation, state=self.state, about=about, otherwise=refusal)

    def _named(self) -> dict[str, Any]:
        """Give what every event says of it."""
        ids = {"cycle_id": self.id, "initiative_id": self.initiative_id, "engagement_id": self.engagement_id}
        ramp = {"idea": self.idea, "ramp_id": self.ramp_id, "number": self.number}
        return {**ids, "partner_id": self.partner_id, **ramp, "commitment_id": self.commitment_id}


def _refuse_unknown_idea(initiative: Initiative, code: str) -> None:
    if initiative.diagram.idea(code) is None:
        codes = ", ".join(each.code for each in initiative.diagram.ideas) or "none is there yet"
        detail = f"A change idea of initiative {initiative.id} is expected ({codes}); got '{code}'"
        raise NotAnIdeaOfTheInitiative.at("/idea", "unknown", detail)


def _refuse_previous(previous: PdsaCycle | None, *, initiative: Initiative, idea: str) -> None:
    if previous is None:
        return
    if (previous.initiative_id, previous.idea) != (initiative.id, idea):
        detail = f"A cycle on '{idea}' of initiative {initiative.id} is expected; {previous.id} is on '{previous.idea}'"
        raise PreviousOfAnotherIdea.at("/previous_id", "another_idea", detail)
    if previous.decision not in (Decision.ADOPT, Decision.ADAPT):
        ended = f"ended in {previous.decision}" if previous.decision else f"is {previous.state}"
        detail = f"A cycle that ended in adopt or adapt is expected; {previous.id} {ended}"
        raise PreviousNotActed.at("/previous_id", "not_acted", detail)


def _refuse_wrong_questions(numbers: Sequence[int], *, most: int) -> None:
    for at, number in enumerate(numbers):
        if number in numbers[:at]:
            detail = f"One judgement of question {number} is expected; this is another one"
            raise JudgedTwice.at(f"/judgements/{at}/question", "twice", detail)
        if not 1 <= number <= most:
            detail = f"The number of a question, 1 to {most}, is expected; got {number}"
            raise NoSuchQuestion.at(f"/judgements/{at}/question", "unknown", detail)
