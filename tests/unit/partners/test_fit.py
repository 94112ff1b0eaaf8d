"""How assessors find a partner, each by themselves, where they differ, and what is agreed on."""

from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.partners.events import fit as events
from services.partners.model import fit_lifecycle
from services.partners.model.assessment import Assessment, Criteria, Judgement, Verdict, levels_between
from services.partners.model.assessment_round import (
    AgreedVerdict,
    UnknownCharacteristic,
    VerdictMissing,
)
from services.partners.model.fit import Fit
from services.partners.model.fit_lifecycle import (
    AssessmentNotOfThisRound,
    FewerThanTwoAssessors,
    FitState,
)
from services.partners.views.fit import CharacteristicFit, FitProfile
from tests.transition_walk import Walk, steps

TWO = Criteria(version=1, characteristics=("reach", "desire_to_test"))
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
SAID: dict[str, Any] = {"by": "staff_1", "on": date(2026, 6, 1), "at": NOW}


def an_assessment(assessor: str, reach: str, test: str, *, id: str = "") -> Assessment:
    found = {"reach": reach, "desire_to_test": test}
    return Assessment.make(
        id=id or f"asm_{assessor}",
        partner_id="prt_1",
        criteria=TWO,
        judgements=[
            Judgement(characteristic=code, verdict=Verdict(verdict), evidence="Seen") for code, verdict in found.items()
        ],
        assessor=assessor,
        on=date(2026, 6, 1),
    )


def a_fit(*assessments: Assessment) -> Fit:
    fit = Fit(id="fit_1", partner_id="prt_1")
    for each in assessments:
        fit.add(each, TWO)
    return fit


def on(characteristic: str, verdict: str) -> AgreedVerdict:
    return AgreedVerdict(characteristic=characteristic, verdict=Verdict(verdict), reason="Both visits show it")


def said(fit: Fit, kind: type[events.Event]) -> list[Any]:
    return [each for each in fit.recorded if isinstance(each, kind)]


def that_is(state: str) -> Fit:
    fit = a_fit(an_assessment("anna", "strong", "absent"), an_assessment("ben", "strong", "absent"))
    if state == FitState.AGREED:
        fit.agree([], **SAID)
    return fit


WALK = Walk(
    table=fit_lifecycle.TRANSITIONS,
    states=list(FitState),
    that_is=that_is,
    tries={
        "assess_partner": lambda fit: fit.add(an_assessment("carl", "strong", "absent"), TWO),
        "withdraw_assessment": lambda fit: fit.take_out(an_assessment("anna", "strong", "absent"), reason="Mixed up"),
        "agree_on_fit": lambda fit: fit.agree([], **SAID),
        "reconsider_fit": lambda fit: fit.reconsider(reason="A visit showed more", by="staff_1", at=NOW),
    },
    silent=("assess_partner", "withdraw_assessment"),
)


def test_two_verdicts_are_as_many_levels_apart_as_there_are_steps_between_them() -> None:
    assert levels_between([Verdict.ABSENT, Verdict.STRONG]) == 3
    assert levels_between([Verdict.PRESENT, Verdict.STRONG, Verdict.PRESENT]) == 1
    assert levels_between([Verdict.EMERGING]) == levels_between([]) == 0


def test_who_assesses_again_in_a_round_corrects_their_own_and_no_other() -> None:
    fit = a_fit(an_assessment("anna", "strong", "absent"), an_assessment("ben", "present", "absent"))

    replaced = fit.add(an_assessment("anna", "present", "absent", id="asm_later"), TWO)

    assert replaced == "asm_anna"
    (round,) = fit.rounds
    assert [(each.assessor, each.verdicts["reach"]) for each in round.findings] == [
        ("anna", "present"),
        ("ben", "present"),
    ]


def test_it_is_said_where_assessors_differ_and_when_they_do_not_any_more() -> None:
    fit = a_fit(an_assessment("anna", "strong", "absent"))
    assert fit.recorded == []

    fit.add(an_assessment("ben", "present", "absent"), TWO)
    (differ,) = said(fit, events.AssessorsDiffer)
    assert (differ.characteristics, differ.round) == (["reach"], 1)

    fit.add(an_assessment("ben", "present", "absent", id="asm_again"), TWO)
    assert len(fit.recorded) == 1, "the same difference is said once"

    fit.add(an_assessment("ben", "strong", "absent", id="asm_third"), TWO)
    assert len(said(fit, events.AssessorsAgree)) == 1


def test_one_assessor_is_not_enough_to_agree_on_a_fit() -> None:
    fit = a_fit(an_assessment("anna", "strong", "absent"))

    with pytest.raises(FewerThanTwoAssessors):
        fit.agree([], **SAID)


def test_where_assessors_differ_somebody_says_what_is_agreed_on_and_why() -> None:
    fit = a_fit(an_assessment("anna", "strong", "absent"), an_assessment("ben", "emerging", "absent"))

    with pytest.raises(VerdictMissing, match="each of reach"):
        fit.agree([], **SAID)
    with pytest.raises(UnknownCharacteristic):
        fit.agree([on("reach", "present"), on("luck", "strong")], **SAID)
    with pytest.raises(UnknownCharacteristic):
        fit.agree([on("reach", "present"), on("reach", "strong")], **SAID)
    fit.agree([on("reach", "present")], **SAID)

    agreement = fit.rounds[0].agreement
    assert agreement is not None
    assert [(each.characteristic, each.verdict, each.reason) for each in agreement.verdicts] == [
        ("reach", "present", "Both visits show it"),
        ("desire_to_test", "absent", None),
    ]
    (agreed,) = said(fit, events.FitAgreed)
    assert agreed.gaps == ["desire_to_test"]
    assert agreed.assessment_ids == ["asm_anna", "asm_ben"]


def test_the_next_round_says_what_is_otherwise_and_leaves_the_earlier_one_as_it_was() -> None:
    fit = that_is("agreed")

    fit.add(an_assessment("anna", "strong", "present", id="asm_next"), TWO)
    assert (fit.state, [each.number for each in fit.rounds]) == ("open", [1, 2])
    fit.add(an_assessment("carl", "strong", "present"), TWO)
    fit.agree([], **SAID)

    first, second = said(fit, events.FitAgreed)
    assert (first.changed, second.changed) == ([], ["desire_to_test"])
    assert (first.gaps, second.gaps) == (["desire_to_test"], [])


def test_what_is_reconsidered_lets_hold_again_what_the_round_before_came_to() -> None:
    fit = that_is("agreed")
    fit.add(an_assessment("anna", "strong", "present", id="asm_next"), TWO)
    fit.add(an_assessment("ben", "strong", "present", id="asm_other"), TWO)
    fit.agree([], **SAID)

    fit.reconsider(reason="They had seen another hospital", by="staff_2", at=NOW)

    (taken_back,) = said(fit, events.FitReconsidered)
    assert (taken_back.gaps, taken_back.round) == (["desire_to_test"], 2)
    assert len(fit.rounds[1].former_agreements) == 1
    assert fit.history[-1].reason == "They had seen another hospital"


def test_a_round_without_any_assessment_has_not_begun() -> None:
    fit = that_is("agreed")
    next_one = an_assessment("anna", "emerging", "present", id="asm_next")
    fit.add(next_one, TWO)

    fit.take_out(next_one, reason="It was about another partner")

    assert (fit.state, len(fit.rounds)) == ("agreed", 1)
    assert next_one.withdrawn_because == "It was about another partner"


def test_only_what_an_assessor_found_last_is_withdrawn() -> None:
    first = an_assessment("anna", "strong", "absent")
    fit = a_fit(first, an_assessment("anna", "strong", "present", id="asm_later"))

    with pytest.raises(AssessmentNotOfThisRound):
        fit.take_out(first, reason="Mixed up")


def test_an_assessor_sees_what_another_found_only_after_their_own_is_in() -> None:
    annas, bens = an_assessment("anna", "strong", "absent"), an_assessment("ben", "strong", "absent")
    fit = a_fit(annas)

    assert fit.hides(annas, "ben")
    assert not fit.hides(annas, "anna")
    fit.add(bens, TWO)
    assert not fit.hides(annas, "ben")
    assert not fit.hides(bens, "somebody_who_does_not_assess")


def test_there_is_no_total_anywhere() -> None:
    """The seven stand side by side (programme description, "A Shared Commitment"): a sum would hide a zero."""
    members = {each.name for kind in (FitProfile, CharacteristicFit, Assessment, Fit) for each in fields(kind)}

    assert not {name for name in members if any(word in name for word in ("total", "score", "sum", "average", "mean"))}


@pytest.mark.parametrize(("walk", "operation", "state"), steps([WALK]))
def test_what_the_table_has_succeeds_and_all_else_is_refused_and_does_nothing(
    walk: Walk, operation: str, state: str
) -> None:
    walk.take(operation, state)


def test_every_operation_is_tried() -> None:
    assert WALK.untried == set()
