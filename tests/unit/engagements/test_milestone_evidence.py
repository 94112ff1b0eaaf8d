"""What data propose and what they take back, and what a person says to that."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from services.engagements.events.milestone import (
    MilestoneProposalWithdrawn,
    MilestoneProposed,
    MilestoneReopened,
)
from services.engagements.model.evidence import (
    Concern,
    EvidenceKind,
    EvidenceRule,
    Found,
    ReasonNeededDespite,
    RuleIncomplete,
)
from services.engagements.model.milestone import Milestone
from services.engagements.model.milestone_lifecycle import UNPROPOSED, MilestoneNotProposed, MilestoneState
from tests.builders.engagements import a_milestone, an_engagement, evidence, statement
from tests.builders.measurement import FOUND

RULE = EvidenceRule(kind=EvidenceKind.FAVOURABLE_SHIFT, measure_id="msr_1")
TODAY = date(2026, 6, 1)
WOMEN = Concern(stratum="women", since=date(2026, 4, 6), signal_id="sgn_2")


def planned(state: str = "planned") -> Milestone:
    milestone = a_milestone()
    milestone.state, milestone.evidence_rule = MilestoneState(state), RULE
    return milestone


def proposed(state: str = "planned") -> Milestone:
    milestone = planned(state)
    weigh(milestone, FOUND)
    milestone.recorded.clear()
    return milestone


def reached() -> Milestone:
    milestone = proposed()
    milestone.reach(engagement=an_engagement(), on=TODAY, evidence=evidence())
    milestone.recorded.clear()
    return milestone


def weigh(milestone: Milestone, found: Found | None) -> bool:
    return milestone.weigh(found, engagement=an_engagement(), statement=statement("The data changed"))


@pytest.mark.parametrize("state", UNPROPOSED)
def test_data_propose_what_is_still_to_be_reached_and_its_day_is_waited_for_no_more(state: str) -> None:
    milestone = planned(state)

    assert weigh(milestone, FOUND)

    assert (milestone.state, milestone.proposal, milestone.overdue_at) == ("proposed", FOUND, None)
    (said,) = milestone.recorded
    assert isinstance(said, MilestoneProposed)
    assert (said.finding, said.coach_id) == (FOUND.finding, "per_1")


@pytest.mark.parametrize("state", UNPROPOSED)
def test_when_data_show_it_no_more_it_is_what_it_was(state: str) -> None:
    milestone = proposed(state)

    assert weigh(milestone, None)

    assert (milestone.state, milestone.proposal) == (state, None)
    assert [type(said) for said in milestone.recorded] == [MilestoneProposalWithdrawn]


def test_its_day_is_waited_for_again_when_the_proposal_is_withdrawn() -> None:
    milestone = proposed()

    weigh(milestone, None)

    assert milestone.overdue_at == datetime(2026, 9, 2, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize("found", [None, FOUND])
@pytest.mark.parametrize("state", ["dropped", "reached"])
def test_data_do_nothing_to_what_is_dropped_or_was_reached_by_a_word_alone(state: str, found: Found | None) -> None:
    milestone = planned(state)

    assert not weigh(milestone, found)

    assert (milestone.state, milestone.recorded) == (state, [])


def test_what_rests_on_data_is_reopened_when_they_show_it_no_more_and_can_be_proposed_again() -> None:
    milestone = reached()

    assert weigh(milestone, None)

    assert (milestone.state, milestone.reached_on) == ("reopened", None)
    (said,) = milestone.recorded
    assert isinstance(said, MilestoneReopened)
    assert said.reason == "The data changed"
    assert weigh(milestone, FOUND)
    assert milestone.state == "proposed"


def test_nothing_happens_in_an_engagement_that_is_closed() -> None:
    engagement, milestone = an_engagement(), reached()
    engagement.close(on=TODAY, statement=statement())

    assert not milestone.weigh(None, engagement=engagement, statement=statement())

    assert milestone.state == "reached"


def test_data_that_go_on_are_no_news() -> None:
    milestone = proposed()

    assert weigh(milestone, replace(FOUND, finding="A shift of nine data points"))
    assert not weigh(milestone, replace(FOUND, finding="A shift of nine data points"))

    assert (milestone.state, milestone.recorded) == ("proposed", [])


def test_what_a_person_has_declined_is_not_proposed_again_by_the_same_data_but_by_others() -> None:
    milestone = proposed()

    milestone.decline(engagement=an_engagement(), statement=statement("Two wards did not report"))

    assert milestone.state == "planned"
    assert not weigh(milestone, FOUND)
    assert weigh(milestone, replace(FOUND, key="sgn_9"))


def test_what_a_person_reopens_is_not_proposed_again_by_the_same_data() -> None:
    milestone = reached()

    milestone.reopen(engagement=an_engagement(), statement=statement("Two wards did not report"))

    assert not weigh(milestone, FOUND)
    assert milestone.state == "reopened"


def test_only_a_proposal_is_declined() -> None:
    with pytest.raises(MilestoneNotProposed, match="decline_proposal is possible from proposed"):
        planned().decline(engagement=an_engagement(), statement=statement())


def test_the_word_of_a_person_is_kept_with_what_data_showed() -> None:
    milestone = proposed()

    milestone.reach(engagement=an_engagement(), on=TODAY, evidence=evidence())

    assert [said.proposal for said in milestone.evidence] == [FOUND]


def test_without_data_it_is_reached_only_for_a_reason_which_is_kept() -> None:
    milestone = planned()

    with pytest.raises(ReasonNeededDespite, match="favourable_shift") as refused:
        milestone.reach(engagement=an_engagement(), on=TODAY, evidence=evidence())
    assert [error["pointer"] for error in refused.value.fields] == ["/despite"]
    milestone.reach(engagement=an_engagement(), on=TODAY, evidence=replace(evidence(), despite="Seen on the wards"))

    assert milestone.evidence[-1].despite == "Seen on the wards"
    assert not weigh(milestone, None)


def test_while_a_focus_group_gets_worse_it_is_confirmed_only_for_a_reason_that_is_shown() -> None:
    milestone = proposed()

    with pytest.raises(ReasonNeededDespite, match="women since 2026-04-06"):
        milestone.reach(engagement=an_engagement(), on=TODAY, evidence=evidence(), concerns=[WOMEN])
    given = replace(evidence(), despite="A plan for women begins in May")
    milestone.reach(engagement=an_engagement(), on=TODAY, evidence=given, concerns=[WOMEN])

    assert (milestone.evidence[-1].concerns, milestone.evidence[-1].despite) == ([WOMEN], given.despite)


def test_a_milestone_without_a_rule_is_a_person_s_word_alone() -> None:
    milestone = a_milestone()

    milestone.reach(engagement=an_engagement(), on=TODAY, evidence=evidence())

    assert milestone.evidence[-1].proposal is None


def test_who_drops_what_data_propose_and_restores_it_has_what_it_was_before() -> None:
    milestone = proposed("at_risk")

    milestone.drop(statement=statement())
    milestone.restore(engagement=an_engagement(), statement=statement())

    assert (milestone.state, milestone.proposal) == ("at_risk", None)


@pytest.mark.parametrize(
    ("rule", "pointer", "code"),
    [
        (EvidenceRule(kind=EvidenceKind.TARGET_HELD, measure_id="msr_1"), "/evidence_rule/points", "required"),
        (replace(RULE, points=3), "/evidence_rule/points", "not_wanted"),
        (EvidenceRule(kind=EvidenceKind.SHARE_OF_UNITS, measure_id="msr_1"), "/evidence_rule/percent", "required"),
        (replace(RULE, measure_id=None), "/evidence_rule/measure_id", "required"),
        (EvidenceRule(kind=EvidenceKind.SCORE, initiative_id="ini_1"), "/evidence_rule/score", "required"),
        (replace(RULE, initiative_id="ini_1"), "/evidence_rule/initiative_id", "not_wanted"),
    ],
    ids=[
        "target without points",
        "shift with points",
        "share without percent",
        "shift of nothing",
        "score of none",
        "shift of two",
    ],
)
def test_a_rule_has_what_its_kind_needs_and_nothing_else(rule: EvidenceRule, pointer: str, code: str) -> None:
    with pytest.raises(RuleIncomplete) as refused:
        rule.must_be_whole()

    assert [(error["pointer"], error["code"]) for error in refused.value.fields] == [(pointer, code)]
