"""Initiatives and PDSA cycles for tests: each call shows only what matters to its test."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from services.engagements.model.engagement import Engagement
from services.engagements.model.improvement.charter import Aim, InterventionFocus, Level, MeasureFact, Setting
from services.engagements.model.improvement.driver_diagram import (
    ChangeIdea,
    Driver,
    DriverDiagram,
    DriverLevel,
    DriverLink,
)
from services.engagements.model.improvement.initiative import Closing, Initiative
from services.engagements.model.improvement.initiative_lifecycle import InitiativeState, Outcome
from services.engagements.model.improvement.pdsa_cycle import PdsaCycle
from services.engagements.model.improvement.pdsa_lifecycle import PdsaState
from services.engagements.model.improvement.progress import AssessorRole, Judged
from services.engagements.model.improvement.worksheet import (
    Decision,
    Learned,
    Match,
    Objective,
    Observed,
    PredictionJudgement,
    Question,
)
from services.engagements.model.person import Person
from tests.builders.engagements import a_person, an_engagement, statement

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
TODAY = date(2026, 6, 1)
INFECTIONS = MeasureFact(id="msr_1", engagement_id="eng_1", kind="outcome", quality_dimension="safe")
READMISSIONS = MeasureFact(id="msr_2", engagement_id="eng_1", kind="balancing", quality_dimension="effective")
FAMILY = (INFECTIONS, READMISSIONS)


def an_aim(**members: Any) -> Aim:
    """From 4.2 infections in 1,000 line days to 2.1 by the end of 2026, tied to `msr_1`."""
    usual: dict[str, Any] = {
        "statement": "Halve infections", "population": "All adults in intensive care",
        "baseline_value": Decimal("4.2"), "target_value": Decimal("2.1"),
        "target_date": date(2026, 12, 31), "outcome_measure_id": "msr_1",
    }  # fmt: skip
    return Aim(**usual | members)


def a_diagram(*, ideas: tuple[str, ...] = ("bundle",)) -> DriverDiagram:
    """Ideas that act on one secondary driver of one primary driver."""
    return DriverDiagram(
        drivers=[
            Driver(code="insertion", level=DriverLevel.PRIMARY, title="Safe insertion", measure_ids=["msr_1"]),
            Driver(code="hands", level=DriverLevel.SECONDARY, title="Clean hands"),
        ],
        ideas=[ChangeIdea(code=code, title=f"Try {code}") for code in ideas],
        links=[
            DriverLink(source="insertion", target="aim"),
            DriverLink(source="hands", target="insertion"),
            *(DriverLink(source=code, target="hands") for code in ideas),
        ],
    )


def an_initiative(state: str = "active", **members: Any) -> Initiative:
    """An initiative of `eng_1` with all that a charter needs, signed, and scored 2.5 by its team for May."""
    usual: dict[str, Any] = {
        "title": "Fewer infections", "level": Level.REGIONAL, "focus_areas": ["safer_care"],
        "settings": [Setting.HEALTH_CARE], "intervention_focus": InterventionFocus.SAFE_AND_EFFECTIVE_CARE,
        "aim": an_aim(), "diagram": a_diagram(), "sponsor_id": "per_sponsor", "lead_id": "per_lead",
    }  # fmt: skip
    initiative = Initiative(id="ini_1", version=1, engagement_id="eng_1", partner_id="prt_1", **usual | members)
    initiative.at_work_since = date(2026, 1, 12)
    if state == "closed":
        initiative.state = InitiativeState.ACTIVE
        initiative.close(engagement=an_engagement(), closing=a_closing())
    else:
        initiative.state = InitiativeState(state)
    if state in ("active", "closed"):
        initiative.started_on = date(2026, 2, 1)
    return initiative


def a_closing(outcome: Outcome = Outcome.ACHIEVED) -> Closing:
    """An end on 1 June 2026."""
    return Closing(outcome=outcome, closed_on=TODAY, statement=statement("The target holds"))


def judged(score: str = "2.5", *, on: date = TODAY) -> Judged:
    """A judgement of progress on a day, at noon in UTC."""
    at = datetime(on.year, on.month, on.day, 12, 0, tzinfo=UTC)
    return Judged(score=Decimal(score), justification="Seen in the data", by="anna", on=on, at=at)


def scored(
    initiative: Initiative,
    month: str,
    score: str,
    *,
    role: AssessorRole = AssessorRole.SELF,
    on: date = TODAY,
    engagement: Engagement | None = None,
) -> Initiative:
    """The initiative with one more score."""
    initiative.score(engagement=engagement or an_engagement(), month=month, role=role, judged=judged(score, on=on))
    return initiative


def of_partner(id: str) -> Person:
    """Somebody of partner `prt_1`."""
    return a_person(id, partner_id="prt_1", role="leader")


def answering() -> dict[str, Person]:
    """The sponsor and the lead of `an_initiative`."""
    return {"sponsor_id": of_partner("per_sponsor"), "lead_id": of_partner("per_lead")}


def a_question(prediction: str | None = "At least nine of ten", match: str | None = None) -> Question:
    """A question with its prediction, and how that compares if it is judged."""
    judgements = [a_judgement(match)] if match else []
    return Question(question="How many hands are clean?", prediction=prediction, judgements=judgements)


def a_judgement(match: str = "matched") -> PredictionJudgement:
    """How a prediction compares with what was seen."""
    return PredictionJudgement(match=Match(match), result="Ten of ten", by="anna", at=NOON)


def observed(**members: Any) -> Observed:
    """What was seen on the first of June."""
    usual: dict[str, Any] = {"as_planned": True, "deviation": None, "observations": "All went well", "unexpected": None,
                             "done_on": TODAY, "by": "anna", "at": NOON}  # fmt: skip
    return Observed(**usual | members)


def learned(decision: Decision = Decision.ADAPT) -> Learned:
    """A decision, with what was learned."""
    return Learned(decision=decision, learning="Nights differ", comparison=None, next_changes=None, by="anna", at=NOON)


def a_cycle(state: str = "planned", *, questions: list[Question] | None = None, **members: Any) -> PdsaCycle:
    """A cycle of `ini_1` on the idea `bundle`, begun on 20 May 2026 if it has begun, and judged if it was acted on."""
    match = "matched" if state in ("studying", "acted") else None
    cycle = PdsaCycle(
        version=1, engagement_id="eng_1", partner_id="prt_1",
        questions=questions or [a_question(match=match)], **{
            "id": "pds_1", "initiative_id": "ini_1", "idea": "bundle", "ramp_id": "pds_1",
            "objective": Objective.TEST, "setting": Setting.HEALTH_CARE, **members,
        },
    )  # fmt: skip
    if state == "cancelled":
        cycle.cancel(statement())
        return cycle
    cycle.state = PdsaState(state)
    if state != "planned":
        cycle.started_on = date(2026, 5, 20)
    if state in ("studying", "acted"):
        cycle.observed.append(observed())
    if state == "acted":
        cycle.learned.append(learned())
    return cycle


def proposed(people: dict[str, Person] | None = None, **described: Any) -> Initiative:
    usual: dict[str, Any] = {
        "title": "Fewer infections", "level": Level.REGIONAL, "focus_areas": ["safer_care"],
        "settings": [Setting.HEALTH_CARE], "intervention_focus": InterventionFocus.POPULATION_HEALTH,
    }  # fmt: skip
    named = {member: person.id for member, person in (people or {}).items() if "/" not in member}
    return Initiative.propose(id="ini_1", engagement=an_engagement(), people=people or {}, measure=INFECTIONS, at=NOON,
                              **usual | named | described)  # fmt: skip


def changed(thing: Initiative, **changes: Any) -> None:
    thing.change(
        engagement=an_engagement(), people={}, measure=INFECTIONS, family=FAMILY, by="anna", at=NOON, **changes
    )


def chartered(thing: Initiative, family: tuple[MeasureFact, ...] = FAMILY) -> Initiative:
    thing.charter(engagement=an_engagement(), family=family, answering=answering())
    return thing
