"""A PDSA cycle: a prediction before it is done, each judged before it is decided, and ramps of cycles on one idea."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from chassis.domain.errors import Conflict, Invalid
from services.engagements.events.pdsa import PdsaActed, PdsaPlanned, PdsaReconsidered
from services.engagements.model.days import BeforeItBegan, InTheFuture
from services.engagements.model.engagement_lifecycle import EngagementNotActive
from services.engagements.model.improvement.charter import Setting
from services.engagements.model.improvement.initiative_lifecycle import InitiativeClosed as IsClosed
from services.engagements.model.improvement.initiative_lifecycle import InitiativeNotActive
from services.engagements.model.improvement.pdsa_cycle import PdsaCycle
from services.engagements.model.improvement.pdsa_lifecycle import (
    CycleAlreadyStarted,
    DeviationNotExplained,
    JudgedTwice,
    NextCycleRests,
    NoSuchQuestion,
    NotAnIdeaOfTheInitiative,
    PredictionMissing,
    PredictionNotJudged,
    PreviousNotActed,
    PreviousOfAnotherIdea,
)
from services.engagements.model.improvement.worksheet import Decision, Objective
from services.engagements.views.improvement import calibration_of
from tests.builders.engagements import an_engagement, statement
from tests.builders.initiatives import (
    NOON,
    TODAY,
    a_cycle,
    a_diagram,
    a_judgement,
    a_question,
    an_initiative,
    learned,
    observed,
)


def planned(idea: str = "bundle", previous: PdsaCycle | None = None, **given: Any) -> PdsaCycle:
    usual: dict[str, Any] = {"initiative": an_initiative(), "engagement": an_engagement()}
    return PdsaCycle.plan(id="pds_2", previous=previous, idea=idea, objective=Objective.TEST,
                          setting=Setting.COMMUNITY, questions=[a_question()], **usual | given)  # fmt: skip


def started(cycle: PdsaCycle, on: date = TODAY, state: str = "active") -> None:
    cycle.start(initiative=an_initiative(state), engagement=an_engagement(), on=on, at=NOON)


def test_a_test_is_of_an_idea_of_an_initiative_under_way() -> None:
    with pytest.raises(NotAnIdeaOfTheInitiative, match=r"\(bundle\); got 'magic'"):
        planned("magic")
    with pytest.raises(InitiativeNotActive, match="chartered: charter and start it first"):
        planned(initiative=an_initiative("chartered"))
    with pytest.raises(IsClosed):
        planned(initiative=an_initiative("closed"))
    with pytest.raises(EngagementNotActive):
        planned(engagement=an_engagement(active=False))


def test_a_first_cycle_begins_a_ramp() -> None:
    cycle = planned()

    assert cycle.recorded == [
        PdsaPlanned(
            cycle_id="pds_2", initiative_id="ini_1", engagement_id="eng_1", partner_id="prt_1", idea="bundle",
            ramp_id="pds_2", number=1, objective="test", setting="community", previous_id=None,
        )
    ]  # fmt: skip


def test_the_next_cycle_of_a_ramp_cites_the_one_before() -> None:
    third = planned(previous=a_cycle("acted", id="pds_7", ramp_id="pds_1", number=2))

    assert (third.ramp_id, third.number, third.previous_id) == ("pds_1", 3, "pds_7")


@pytest.mark.parametrize(
    ("previous", "refusal"),
    [
        (a_cycle("acted", idea="checklist"), PreviousOfAnotherIdea),
        (a_cycle("acted", initiative_id="ini_2"), PreviousOfAnotherIdea),
        (a_cycle("studying"), PreviousNotActed),
        (a_cycle("cancelled"), PreviousNotActed),
    ],
    ids=["another idea's", "another initiative's", "not decided", "cancelled"],
)
def test_no_ramp_goes_on_from_elsewhere_or_from_what_is_not_decided(
    previous: PdsaCycle, refusal: type[Invalid]
) -> None:
    both = an_initiative(diagram=a_diagram(ideas=("bundle", "checklist")))

    with pytest.raises(refusal) as refused:
        planned(previous=previous, initiative=both)

    assert [field["pointer"] for field in refused.value.fields] == ["/previous_id"]


def test_no_ramp_goes_on_with_what_was_abandoned() -> None:
    abandoned = a_cycle("studying")
    abandoned.act(learned(Decision.ABANDON))

    with pytest.raises(PreviousNotActed, match="ended in abandon"):
        planned(previous=abandoned)


def test_nothing_is_done_without_a_prediction_to_each_question() -> None:
    cycle = a_cycle(questions=[a_question(), a_question(prediction=None), a_question(prediction="")])

    with pytest.raises(PredictionMissing, match="questions 2, 3 of cycle pds_1 have no prediction"):
        started(cycle)


def test_a_prediction_is_not_changed_once_the_test_has_begun() -> None:
    cycle = a_cycle()
    started(cycle)

    with pytest.raises(CycleAlreadyStarted):
        cycle.change(questions=[a_question(prediction="Exactly what we saw")])


@pytest.mark.parametrize(
    ("on", "refusal"), [(date(2026, 1, 31), BeforeItBegan), (date(2026, 6, 2), InTheFuture)], ids=["before", "to come"]
)
def test_a_test_begins_on_a_day_of_its_initiative_that_has_come(on: date, refusal: type[Invalid]) -> None:
    with pytest.raises(refusal):
        started(a_cycle(), on)


def test_what_was_not_carried_out_as_planned_says_why() -> None:
    with pytest.raises(DeviationNotExplained):
        a_cycle("doing").study(observed(as_planned=False), engagement=an_engagement())
    with pytest.raises(BeforeItBegan):
        a_cycle("doing").study(observed(done_on=date(2026, 5, 19)), engagement=an_engagement())


def test_nothing_is_decided_before_each_prediction_is_judged() -> None:
    cycle = a_cycle("studying", questions=[a_question(match="matched"), a_question()])

    with pytest.raises(PredictionNotJudged, match="predictions to questions 2 of cycle pds_1"):
        cycle.act(learned())
    cycle.judge([(2, a_judgement("not_matched"))])
    cycle.act(learned())

    *_, acted = cycle.recorded
    assert acted == PdsaActed(
        cycle_id="pds_1", initiative_id="ini_1", engagement_id="eng_1", partner_id="prt_1", idea="bundle",
        ramp_id="pds_1", number=1, decision="adapt", matched=1, partly=0, not_matched=1,
    )  # fmt: skip


def test_a_prediction_judged_anew_keeps_the_former_judgement() -> None:
    cycle = a_cycle("studying")

    cycle.judge([(1, a_judgement("partly"))])

    assert [each.match for each in cycle.questions[0].judgements] == ["matched", "partly"]
    assert cycle.matches.partly == 1


@pytest.mark.parametrize("number", [0, 2])
def test_a_prediction_is_judged_by_the_number_of_its_question(number: int) -> None:
    with pytest.raises(NoSuchQuestion, match="1 to 1, is expected"):
        a_cycle("studying").judge([(number, a_judgement())])


def test_a_prediction_is_judged_once_at_a_time() -> None:
    with pytest.raises(JudgedTwice):
        a_cycle("studying").judge([(1, a_judgement()), (1, a_judgement("partly"))])


def test_a_decision_on_which_the_next_cycle_rests_is_not_reconsidered() -> None:
    with pytest.raises(NextCycleRests, match="pds_2 of the ramp follows pds_1"):
        a_cycle("acted").reconsider(next_ids=["pds_2"], engagement=an_engagement(), statement=statement())


def test_a_decision_that_is_reconsidered_is_kept_and_does_not_stand() -> None:
    cycle = a_cycle("acted")

    cycle.reconsider(next_ids=[], engagement=an_engagement(), statement=statement("The data were wrong"))

    (event,) = cycle.recorded
    assert isinstance(event, PdsaReconsidered)
    assert (event.former_decision, event.reason) == ("adapt", "The data were wrong")
    assert (cycle.decision, [each.decision for each in cycle.learned]) == (None, ["adapt"])


@pytest.mark.parametrize("state", ["planned", "doing", "studying"])
def test_a_test_that_is_restored_is_what_it_was(state: str) -> None:
    cycle = a_cycle(state)
    cycle.cancel(statement())

    cycle.restore(initiative=an_initiative(), engagement=an_engagement(), statement=statement())

    assert cycle.state == state


@pytest.mark.parametrize(
    "deed",
    [
        lambda it: it.restore(initiative=an_initiative("closed"), engagement=an_engagement(), statement=statement()),
        lambda it: it.start(initiative=an_initiative("closed"), engagement=an_engagement(), on=TODAY, at=NOON),
    ],
    ids=["restored", "started"],
)
def test_nothing_goes_on_in_an_initiative_that_is_closed(deed: Callable[[PdsaCycle], object]) -> None:
    for state in ("cancelled", "planned"):
        with pytest.raises(Conflict):
            deed(a_cycle(state))


def test_how_often_predictions_were_right_counts_what_was_acted_on() -> None:
    first = a_cycle("acted", questions=[a_question(match="matched"), a_question(match="partly")])
    second = a_cycle("acted", questions=[a_question(match="not_matched")])
    open = a_cycle("studying", questions=[a_question(match="matched")])

    found = calibration_of([first, second, open])

    assert (found.predictions, found.matched, found.partly, found.not_matched) == (3, 1, 1, 1)
    assert found.share_matched == "0.33"
    assert calibration_of([open]).share_matched is None
