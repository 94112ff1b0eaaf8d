"""An initiative: something focused that is to get better, from an idea to a result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from chassis.domain.aggregate import INTERNAL
from services.engagements.events import initiative as events
from services.engagements.model.days import refuse_unless_come
from services.engagements.model.engagement import Engagement
from services.engagements.model.improvement.charter import (
    ROLES,
    Aim,
    MeasureFact,
    Vacancy,
    refuse_aim,
    refuse_who_cannot,
)
from services.engagements.model.improvement.chartering import missing_in, refuse_incomplete, refuse_loss
from services.engagements.model.improvement.driver_diagram import DriverDiagram, TriedIdeas, refuse_to_lose
from services.engagements.model.improvement.initiative_lifecycle import (
    REFUSALS,
    CyclesHaveBegun,
    InitiativeAlreadyChartered,
    InitiativeClosed,
    InitiativeNotActive,
    InitiativeNotChartered,
    InitiativeNotClosed,
    InitiativeState,
    Outcome,
)
from services.engagements.model.improvement.scoring import Scored
from services.engagements.model.person import Person
from services.engagements.model.statement import Statement


@dataclass(frozen=True, kw_only=True)
class Closing:
    """What became of an initiative: the outcome, what it did for people, and how that is known."""

    outcome: Outcome
    closed_on: date
    statement: Statement
    measured_impact: str | None = None
    method: str | None = None
    """How the impact was found."""


@dataclass(kw_only=True)
class Initiative(Scored):
    """Something focused that a partner's team wants to get better, within an engagement."""

    diagram: DriverDiagram = field(default_factory=DriverDiagram)
    started_on: date | None = None
    closing: Closing | None = None
    """What became of it, while it is closed."""
    closings: list[Closing] = field(default_factory=list)
    """Every time it was closed, also those after which it was reopened."""
    restores_to: InitiativeState | None = field(default=None, metadata=INTERNAL)
    """What it was when it was closed, and would be again."""
    closed_with_engagement: bool = field(default=False, metadata=INTERNAL)

    @classmethod
    def propose(
        cls,
        *,
        id: str,
        engagement: Engagement,
        people: Mapping[str, Person],
        measure: MeasureFact | None,
        at: datetime,
        in_history: bool = False,
        **described: Any,
    ) -> "Initiative":
        """Put an idea on record, with as much of its charter as is known.

        `in_history`, the day of an aim may be past. Raises EngagementAlreadyClosed; and what `refuse_who_cannot` and
        `refuse_aim` raise.
        """
        engagement.must_be_open()
        initiative = cls(id=id, engagement_id=engagement.id, partner_id=engagement.partner_id, **described)
        today = None if in_history else engagement.today(at)
        initiative._refuse_wrong(described, engagement, people, measure, today)
        if engagement.is_under_way:
            initiative.at_work_since = engagement.activated_on
        initiative.record(
            events.InitiativeProposed(**initiative._named(), level=initiative.level, focus_areas=initiative.focus_areas)
        )
        return initiative

    def change(
        self,
        *,
        engagement: Engagement,
        people: Mapping[str, Person],
        measure: MeasureFact | None,
        family: Sequence[MeasureFact],
        by: str,
        at: datetime,
        in_history: bool = False,
        **changes: Any,
    ) -> bool:
        """Change the given members; gives whether anything is different. `in_history` as in putting it on record.

        A signature does not stand any more when what was signed is different. Raises EngagementAlreadyClosed,
        InitiativeClosed, CharterIncomplete when an accepted charter would lack something; and what
        `refuse_who_cannot` and `refuse_aim` raise.
        """
        self._must_allow("change_initiative")
        engagement.must_be_open()
        differing = {name: changes[name] for name in self._differing(changes)}
        self._refuse_wrong(differing, engagement, people, measure, None if in_history else engagement.today(at))
        self._stay_complete(replace(self, **differing), family)
        if differing:
            self._take(differing, by=by, at=at)
            self.record(events.InitiativeRevised(**self._named(), members=sorted(differing)))
        return bool(differing)

    def draw(
        self, diagram: DriverDiagram, *, engagement: Engagement, tested: TriedIdeas, family: Sequence[MeasureFact]
    ) -> bool:
        """Have another driver diagram; gives whether it is different.

        Raises EngagementAlreadyClosed, InitiativeClosed, IdeaIsTested, CharterIncomplete when an accepted charter would
        have no change idea; and what `DriverDiagram.refuse_what_is_wrong` raises.
        """
        self._must_allow("draw_driver_diagram")
        engagement.must_be_open()
        diagram.refuse_what_is_wrong(tested)
        refuse_to_lose(tested.ideas, diagram)
        self._stay_complete(replace(self, diagram=diagram), family)
        if diagram == self.diagram:
            return False
        self.diagram = diagram
        self.record(events.InitiativeRevised(**self._named(), members=["diagram"]))
        return True

    def hear_of_source(self, *, lesson_id: str, organisation: str, is_withdrawn: bool, reason: str | None) -> None:
        """Say of the change ideas that were taken from a lesson that it is otherwise now, or offered no more."""
        ideas = [each.code for each in self.diagram.ideas if each.source_id == lesson_id]
        said = {"lesson_id": lesson_id, "organisation": organisation, "ideas": ideas, "reason": reason}
        self.record(events.IdeaSourceChanged(**self._named() | said, is_withdrawn=is_withdrawn))

    def sign(self, *, engagement: Engagement, signed_on: date, by: str, at: datetime) -> None:
        """Note that the sponsor stands behind the charter; raises InitiativeClosed, NobodyToSign and InTheFuture."""
        self._must_allow("sign_charter")
        engagement.must_be_open()
        refuse_unless_come(signed_on, field="signed_on", since=None, today=engagement.today(at))
        self._sign(signed_on=signed_on, by=by, at=at)
        signature = self.signatures[-1]
        self.record(events.InitiativeSigned(**self._named(), sponsor_id=signature.sponsor_id, signed_on=signed_on))

    def withdraw_signature(self, statement: Statement) -> None:
        """Take the signature back, for a reason; raises InitiativeClosed and CharterNotSigned."""
        self._must_allow("withdraw_signature")
        self._withdraw_signature(statement)
        self.record(events.InitiativeSignatureWithdrawn(**self._named(), reason=statement.reason))

    def charter(
        self, *, engagement: Engagement, family: Sequence[MeasureFact], answering: Mapping[str, Person]
    ) -> None:
        """Accept its charter as complete.

        `answering` are the people who answer for it, by `sponsor_id` and `lead_id`. Raises EngagementNotActive,
        InitiativeAlreadyChartered, CharterIncomplete, which names all that is missing; and what `refuse_who_cannot`
        raises.
        """
        self._must_allow("charter_initiative", otherwise=self._unless_closed(InitiativeAlreadyChartered))
        engagement.coach_at_work()
        aim, outcome_measure_id = refuse_incomplete(self, ideas=self.diagram.ideas, family=family)
        refuse_who_cannot(answering, partner_id=self.partner_id)
        self.state = InitiativeState.CHARTERED
        self.record(self._chartered(engagement, aim, outcome_measure_id))

    def redraft(self, *, engagement: Engagement, statement: Statement) -> None:
        """Take the charter back, for a reason: it is an idea again; raises InitiativeNotChartered."""
        engagement.must_be_open()
        self._must_allow("redraft_initiative", otherwise=self._unless_closed(InitiativeNotChartered))
        self._move(InitiativeState.IDEA, statement)
        self.record(events.InitiativeRedrafted(**self._named(), reason=statement.reason))

    def start(self, *, engagement: Engagement, on: date, at: datetime) -> None:
        """Begin the work; raises InitiativeNotChartered, EngagementNotActive, InTheFuture and BeforeItBegan."""
        self._must_allow("start_initiative", otherwise=self._unless_closed(InitiativeNotChartered))
        engagement.coach_at_work()
        engagement.refuse_unless_come(on, field="started_on", at=at)
        self.state, self.started_on = InitiativeState.ACTIVE, on
        self.record(events.InitiativeStarted(**self._named(), started_on=on))

    def retract_start(self, *, engagement: Engagement, tested: TriedIdeas, statement: Statement) -> None:
        """Take back that work has begun, for a reason; raises InitiativeNotActive, and CyclesHaveBegun."""
        engagement.must_be_open()
        self._must_allow("retract_initiative_start", otherwise=self._unless_closed(InitiativeNotActive))
        if tested.ideas:
            raise CyclesHaveBegun(f"initiative {self.id} has PDSA cycles, on: {', '.join(sorted(tested.ideas))}")
        self.started_on = None
        self._move(InitiativeState.CHARTERED, statement)
        self.record(events.InitiativeStartRetracted(**self._named(), reason=statement.reason))

    def close(self, *, engagement: Engagement, closing: Closing, with_engagement: bool = False) -> None:
        """End it, for a reason, perhaps with its engagement; raises InitiativeClosed."""
        self._must_allow("close_initiative")
        self.restores_to, self.closed_with_engagement = self.state, with_engagement
        self.closing = closing
        self.closings.append(closing)
        self._move(InitiativeState.CLOSED, closing.statement)
        self.stalled_on = None
        self.await_stall(engagement=engagement, at=closing.statement.at)
        said = {"outcome": closing.outcome, "closed_on": closing.closed_on, "reason": closing.statement.reason}
        self.record(
            events.InitiativeClosed(
                **self._named() | said, with_engagement=with_engagement, coach_id=engagement.lead_coach_id
            )
        )

    def reopen(self, *, engagement: Engagement, statement: Statement) -> None:
        """Be again what it was when it was closed; raises EngagementAlreadyClosed and InitiativeNotClosed."""
        engagement.must_be_open()
        self._must_allow("reopen_initiative", otherwise=InitiativeNotClosed)
        self._move(self.restores_to or InitiativeState.IDEA, statement)
        self.restores_to, self.closed_with_engagement, self.closing = None, False, None
        self.await_stall(engagement=engagement, at=statement.at)
        said = {"state": self.state, "reason": statement.reason, "coach_id": engagement.lead_coach_id}
        self.record(events.InitiativeReopened(**self._named() | said))

    def follow(self, person: Person, *, today: date) -> None:
        """Note that somebody who has a role in it left, or works for another partner, or is back; who coaches may."""
        for member in ROLES:
            if getattr(self, member) == person.id:
                self._follow_in_role(member.removesuffix("_id"), person, today=today)

    def _follow_in_role(self, role: str, person: Person, *, today: date) -> None:
        stays = person.is_present and (role == "coach" or person.partner_id in (None, self.partner_id))
        vacant = [each for each in self.vacancies if (each.role, each.person_id) == (role, person.id)]
        if stays and vacant:
            self.vacancies = [each for each in self.vacancies if each not in vacant]
            self.record(events.InitiativeRoleKept(**self._named(), role=role, person_id=person.id))
        elif not stays and not vacant:
            since = today if person.is_present else person.left_on or today
            self.vacancies = [*self.vacancies, Vacancy(role=role, person_id=person.id, since=since)]
            said = {"role": role, "person_id": person.id, "left_on": since}
            self.record(events.InitiativeRoleVacated(**self._named() | said))

    def must_be_open(self) -> None:
        """Raise InitiativeClosed when it has ended."""
        if self.closing is not None:
            raise InitiativeClosed(f"initiative {self.id} was closed on {self.closing.closed_on}: reopen it first")

    def must_be_at_work(self) -> None:
        """Raise InitiativeClosed or InitiativeNotActive unless work on it is under way."""
        if self.state is not InitiativeState.ACTIVE:
            refusal = self._unless_closed(InitiativeNotActive)
            raise refusal(f"initiative {self.id} is {self.state}: charter and start it first")

    def missing(self, family: Sequence[MeasureFact]) -> list[str]:
        """Give the codes of what is missing in its charter."""
        return missing_in(self, ideas=self.diagram.ideas, family=family)

    def _stay_complete(self, after: "Initiative", family: Sequence[MeasureFact]) -> None:
        if self.state is not InitiativeState.IDEA:
            refuse_loss(self.missing(family), after.missing(family), about=f"initiative {self.id} is {self.state}, and")

    def _refuse_wrong(
        self,
        given: Mapping[str, Any],
        engagement: Engagement,
        people: Mapping[str, Person],
        measure: MeasureFact | None,
        today: date | None,
    ) -> None:
        refuse_who_cannot(people, partner_id=self.partner_id)
        if isinstance(aim := given.get("aim"), Aim):
            refuse_aim(aim, measure=measure, engagement_id=self.engagement_id, today=today)

    def _chartered(self, engagement: Engagement, aim: Aim, outcome_measure_id: str) -> events.InitiativeChartered:
        described = {"level": self.level, "focus_areas": self.focus_areas, "settings": [*self.settings]}
        answering = {"sponsor_id": self.sponsor_id or "", "lead_id": self.lead_id or ""}
        return events.InitiativeChartered(
            **self._named() | described | answering,
            intervention_focus=self.intervention_focus,
            target_date=aim.target_date,
            outcome_measure_id=outcome_measure_id,
            coach_id=engagement.lead_coach_id,
        )

    def _unless_closed(self, refusal: type[Any]) -> type[Any]:
        """Give how it is refused, but for what is closed, which is said first."""
        return REFUSALS.get(self.state, refusal)
