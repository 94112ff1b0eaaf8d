"""A measure: what is to get better, how it is collected, and by which rules its data are judged."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from chassis.domain.errors import Conflict, Invalid
from chassis.domain.external_ids import KnownElsewhere
from chassis.domain.transitions import refuse_unless_possible
from services.engagements.analysis.limits import Chart as ChartKind
from services.engagements.analysis.verdict import Improvement
from services.engagements.events import measure as events
from services.engagements.model.engagement import Engagement
from services.engagements.model.measurement.definition import OperationalDefinition, Phase, PhaseCause, RebaseAnswers
from services.engagements.model.measurement.measure_lifecycle import (
    MEASURE_TRANSITIONS,
    MeasureInUse,
    MeasureNotInUse,
    MeasureState,
)
from services.engagements.model.measurement.periods import Frequency, period_of
from services.engagements.model.measurement.stratum import NoSuchStratum, Stratum, refuse_strata_that_do_not_fit
from services.engagements.model.statement import StateChange, Statement

SUPPRESSED_BELOW = 10
"""The denominator below which a stratum's value is not shown, for people might be recognised in it."""


class MeasureKind(StrEnum):
    """What a measure is about: results for people, whether the change happens, or whether something else gets worse."""

    OUTCOME = "outcome"
    PROCESS = "process"
    BALANCING = "balancing"


class QualityDimension(StrEnum):
    """The six aims of health care (Institute of Medicine, Crossing the Quality Chasm, 2001)."""

    SAFE = "safe"
    TIMELY = "timely"
    EFFECTIVE = "effective"
    EFFICIENT = "efficient"
    EQUITABLE = "equitable"
    PATIENT_CENTRED = "patient_centred"


class InitiativeOfAnotherEngagement(Invalid):
    """The measures of an initiative are of its own engagement."""


class DefinitionNotLater(Invalid):
    """A definition takes the place of another one from a later day."""


class RebaseNotLater(Invalid):
    """A phase begins after the one before it."""


class RebaseNotJustified(Invalid):
    """A chart is rebased when each of the four questions is answered yes."""


class NotRebased(Conflict):
    """Only a rebase is undone; a phase that a definition began goes on."""


class MultiplierOfAProportion(Invalid):
    """A p chart is of proportions, which are not multiplied."""


@dataclass(kw_only=True)
class Measure(KnownElsewhere):
    """What is to get better, in one direction or neither, and how it is collected.

    `target` is in the unit in which the chart is shown. `rules` is the name of a rule set of the analysis.
    """

    lifecycle = MEASURE_TRANSITIONS
    engagement_id: str
    partner_id: str
    initiative_id: str | None = None
    title: str
    kind: MeasureKind
    quality_dimension: QualityDimension | None = None
    improvement: Improvement
    unit: str
    frequency: Frequency
    chart: ChartKind
    rules: str
    target: Decimal | None = None
    strata: list[Stratum] = field(default_factory=list)
    suppressed_below: int = SUPPRESSED_BELOW
    definitions: list[OperationalDefinition]
    phases: list[Phase]
    state: MeasureState = MeasureState.IN_USE
    transitions: list[StateChange] = field(default_factory=list)

    @classmethod
    def define(
        cls, *, id: str, engagement: Engagement, definition: OperationalDefinition, **described: Any
    ) -> "Measure":
        """Say what is measured, in an engagement that is open.

        Raises EngagementAlreadyClosed, MultiplierOfAProportion, and what `refuse_strata_that_do_not_fit` raises.
        """
        engagement.must_be_open()
        first = Phase(begins_on=None, cause=PhaseCause.FIRST_DATA)
        measure = cls(id=id, engagement_id=engagement.id, partner_id=engagement.partner_id, definitions=[definition],
                      phases=[first], **described)  # fmt: skip
        refuse_strata_that_do_not_fit(measure.strata)
        _refuse_multiplied_proportion(measure.chart, definition)
        measure.record(events.MeasureDefined(**measure.named(), kind=measure.kind, improvement=measure.improvement))
        return measure

    def redefine(self, definition: OperationalDefinition, statement: Statement) -> None:
        """Collect it by another definition from a day on, which begins a phase of the chart.

        Raises MeasureNotInUse, DefinitionNotLater and MultiplierOfAProportion.
        """
        self._must_allow("redefine_measure")
        _refuse_multiplied_proportion(self.chart, definition)
        begins_on = self._later_than_all(definition.effective_from, DefinitionNotLater, "effective_from")
        self.definitions.append(definition)
        self.phases.append(Phase(begins_on=begins_on, cause=PhaseCause.DEFINITION, statement=statement))
        self._changed(statement)

    def freeze_baseline(self, points: int | None, statement: Statement) -> None:
        """Freeze centre and limits of the present phase on its first so many points, or freeze them no more."""
        self._must_allow("freeze_baseline")
        now = self.phases[-1]
        self.phases[-1] = Phase(begins_on=now.begins_on, cause=now.cause, baseline_points=points, answers=now.answers,
                                statement=statement)  # fmt: skip
        self._changed(statement)

    def rebase(self, *, begins_on: date, answers: RebaseAnswers, statement: Statement) -> None:
        """Judge what comes from a day on by a centre of its own: a person's decision, with Wheeler's four answers.

        Raises MeasureNotInUse, RebaseNotLater, and RebaseNotJustified at the first question that is answered no.
        """
        self._must_allow("rebase_measure")
        for question, yes in vars(answers).items():
            if not yes:
                raise RebaseNotJustified.at(f"/answers/{question}", "answered_no", "True is expected; got false")
        begins_on = self._later_than_all(begins_on, RebaseNotLater, "begins_on")
        self.phases.append(Phase(begins_on=begins_on, cause=PhaseCause.REBASE, answers=answers, statement=statement))
        self._changed(statement)

    def undo_rebase(self, statement: Statement) -> None:
        """Take the newest rebase back; raises MeasureNotInUse, and NotRebased when the newest phase is another one."""
        self._must_allow("undo_rebase")
        if self.phases[-1].cause is not PhaseCause.REBASE:
            raise NotRebased(f"the newest phase of measure {self.id} began by: {self.phases[-1].cause}")
        self.phases.pop()
        self._changed(statement)

    def retarget(self, target: Decimal | None, statement: Statement) -> None:
        """Have another target, or none."""
        self._must_allow("retarget_measure")
        self.target = target
        self._changed(statement)

    def retire(self, statement: Statement) -> None:
        """Record no more data for it, for a reason."""
        self._must_allow("retire_measure")
        self._move(MeasureState.RETIRED, statement)
        self.record(events.MeasureRetired(**self.named(), reason=statement.reason))

    def reinstate(self, statement: Statement) -> None:
        """Record data for it again; raises MeasureInUse."""
        self._must_allow("reinstate_measure", otherwise=MeasureInUse)
        self._move(MeasureState.IN_USE, statement)
        self.record(events.MeasureReinstated(**self.named(), reason=statement.reason))

    def must_be_in_use(self) -> None:
        """Raise MeasureNotInUse when it is retired."""
        if self.state is not MeasureState.IN_USE:
            raise MeasureNotInUse(f"measure {self.id} was retired: {self.transitions[-1].statement.reason}")

    def must_have_stratum(self, code: str | None) -> None:
        """Raise NoSuchStratum, at `stratum`, unless the code is one of its strata's, or None for all together."""
        codes = [each.code for each in self.strata]
        if code is not None and code not in codes:
            expected = (
                f"One of {', '.join(codes)}, or null for all together is expected" if codes else "Null is expected"
            )
            raise NoSuchStratum.at("/stratum", "unknown", f"{expected}; got '{code}'")

    def period_of(self, day: date) -> date:
        """Return the first day of the period that a day lies in."""
        return period_of(day, self.frequency)

    def definition_on(self, period: date) -> OperationalDefinition:
        """Return the definition by which a period is collected."""
        in_force = [each for each in self.definitions if each.effective_from is None or each.effective_from <= period]
        return in_force[-1]

    def is_suppressed(self, stratum: str | None, denominator: Decimal | None) -> bool:
        """Whether a value is not shown, for it is of a stratum and counted in too few."""
        return stratum is not None and denominator is not None and denominator < self.suppressed_below

    @property
    def focus(self) -> list[str]:
        """The codes of the strata that the work is to be better for."""
        return [each.code for each in self.strata if each.is_focus]

    def named(self) -> dict[str, Any]:
        """Give what every event says of it."""
        return {"measure_id": self.id, "engagement_id": self.engagement_id, "partner_id": self.partner_id}

    def _later_than_all(self, day: date | None, otherwise: type[Invalid], field: str) -> date:
        """Return the first day of its period; raise `otherwise`, at `field`, unless it is behind all phases so far."""
        latest = self.phases[-1].begins_on
        begins_on = None if day is None else self.period_of(day)
        if begins_on is None or (latest is not None and begins_on <= latest):
            expected = f"A day after the period of {latest} is expected" if latest else "A day is expected"
            raise otherwise.at(f"/{field}", "not_later", f"{expected}; got '{day}'")
        return begins_on

    def _changed(self, statement: Statement) -> None:
        """Note a change after which all that was judged of it is judged again."""
        self._move(self.state, statement)
        self.record(events.MeasureRevised(**self.named(), reason=statement.reason))

    def _move(self, to: MeasureState, statement: Statement) -> None:
        self.state = to
        self.transitions.append(StateChange(to=to, statement=statement))

    def _must_allow(self, operation: str, *, otherwise: type[Conflict] = MeasureNotInUse) -> None:
        about = f"measure {self.id} is {self.state}"
        refuse_unless_possible(MEASURE_TRANSITIONS, operation, state=self.state, about=about, otherwise=otherwise)


def _refuse_multiplied_proportion(chart: ChartKind, definition: OperationalDefinition) -> None:
    if chart is ChartKind.P and definition.multiplier != 1:
        detail = f"1 is expected for a p chart; got {definition.multiplier}"
        raise MultiplierOfAProportion.at("/definition/multiplier", "not_of_a_proportion", detail)
