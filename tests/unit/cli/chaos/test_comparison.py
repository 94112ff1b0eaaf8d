"""The record held against what was found: each kind of loss and of doubling is seen."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from dev.chaos.comparison import compare
from dev.chaos.observation import Observation
from dev.chaos.record import AcceptedMilestone, Partner, Record

JONKOPING = Partner(id="prt_1", engagement_id="eng_1", measure_id="msr_1", leaders=2)
FIRST = AcceptedMilestone(id="mst_1", title="Milestone 1", partner=JONKOPING, day="2026-06-01")
SECOND = AcceptedMilestone(id="mst_2", title="Milestone 2", partner=JONKOPING, day="2026-05-31")
# As the event catalogue has it, written out here so that it is not the code that says what to expect of itself.
ONCE_EACH = (
    "reached", "published engagements.milestone.reached",
    "camps.invite_partner", "notifications.plan_coaching_follow_up", "partners.note_on_timeline",
    "notifications.congratulate_the_leaders", "notifications.stop_alerts",
    "coaching follow-up", "reason to invite", "letter to the coach",
)  # fmt: skip
OF_DATA = ("data point", "data point in a series that was judged with it")


def a_record(*accepted: AcceptedMilestone, **changes: Any) -> Record:
    return replace(Record(), accepted=list(accepted or (FIRST, SECOND)), **changes)


def everything() -> dict[str, Counter[str]]:
    """What there is when both milestones had all their consequences."""
    return {
        "planned": Counter(["Milestone 1", "Milestone 2"]),
        **{each: Counter(["mst_1", "mst_2"]) for each in ONCE_EACH},
        **{each: Counter(["msr_1 2026-06-01", "msr_1 2026-05-31"]) for each in OF_DATA},
        "letters to the leaders": Counter({"mst_1": 2, "mst_2": 2}),
        "speaking slot": Counter(["mst_2"]),
    }


def found(consequences: dict[str, Counter[str]] | None = None, **changes: Any) -> Observation:
    nothing = {"letters": Counter(), "sent": frozenset(), "mails": Counter()}
    defaults: dict[str, Any] = {**nothing, "duplicates_suppressed": 0, "dead_letters": 0}
    return Observation(consequences=consequences or everything(), **{**defaults, **changes})


def test_when_everything_is_there_once_nothing_is_lost_and_nothing_applied_twice() -> None:
    comparison = compare(a_record(), found())

    assert comparison.differences == ()
    assert not comparison.lost
    assert not comparison.applied_twice


@pytest.mark.parametrize("consequence", [*ONCE_EACH, "letters to the leaders"])
def test_a_consequence_that_is_missing_is_a_loss(consequence: str) -> None:
    there = everything()
    there[consequence]["mst_2"] -= 1

    comparison = compare(a_record(), found(there))

    assert comparison.lost == {"mst_2"}
    assert not comparison.applied_twice
    assert consequence in str(comparison.differences[0])


@pytest.mark.parametrize("consequence", [*ONCE_EACH, "letters to the leaders"])
def test_a_consequence_that_is_there_once_too_often_was_applied_twice(consequence: str) -> None:
    there = everything()
    there[consequence]["mst_2"] += 1

    comparison = compare(a_record(), found(there))

    assert comparison.applied_twice == {"mst_2"}
    assert not comparison.lost


@pytest.mark.parametrize("consequence", OF_DATA)
def test_a_data_point_that_is_missing_or_not_judged_is_a_loss_and_one_too_many_applied_twice(consequence: str) -> None:
    lacking, twice = everything(), everything()
    lacking[consequence]["msr_1 2026-05-31"] -= 1
    twice[consequence]["msr_1 2026-05-31"] += 1

    assert compare(a_record(), found(lacking)).lost == {"mst_2"}
    assert compare(a_record(), found(twice)).applied_twice == {"mst_2"}


def test_a_plan_that_was_carried_out_twice_under_one_key_is_seen_though_its_id_is_known_to_nobody() -> None:
    there = everything()
    there["planned"]["Milestone 1"] = 2

    assert compare(a_record(), found(there)).applied_twice == {"mst_1"}


def test_a_second_milestone_without_a_speaking_slot_is_a_loss() -> None:
    there = everything() | {"speaking slot": Counter[str]()}

    assert len(compare(a_record(), found(there)).lost) == 1


def test_which_of_a_partners_milestones_brought_the_invitation_is_left_to_chance() -> None:
    there = everything() | {"speaking slot": Counter(["mst_1"])}

    assert not compare(a_record(), found(there)).differences


def test_a_speaking_slot_for_each_milestone_is_one_too_many() -> None:
    there = everything() | {"speaking slot": Counter(["mst_1", "mst_2"])}

    assert len(compare(a_record(), found(there)).applied_twice) == 1
    assert not compare(a_record(unanswered=["Milestone 3"]), found(there)).applied_twice


def test_two_speaking_slots_for_one_milestone_are_one_too_many() -> None:
    there = everything() | {"speaking slot": Counter(["mst_2", "mst_2"])}

    assert compare(a_record(), found(there)).applied_twice == {"mst_2"}


def test_what_was_never_accepted_may_be_there_or_not() -> None:
    assert not compare(a_record(FIRST, SECOND, unanswered=["Milestone 3"]), found()).differences
    assert not compare(a_record(FIRST), found(everything() | {"speaking slot": Counter(["mst_2"])})).differences


def test_a_letter_that_was_mailed_twice_is_named() -> None:
    mails = Counter({"<dlv_1@institute.example>": 2, "<dlv_2@institute.example>": 1})

    assert compare(a_record(), found(mails=mails)).mailed_twice == ("<dlv_1@institute.example>",)


def test_a_letter_that_says_it_was_sent_and_was_not_is_named() -> None:
    sent = frozenset({"<dlv_1@institute.example>", "<dlv_2@institute.example>"})
    mails = Counter(["<dlv_1@institute.example>", "<dlv_3@institute.example>"])

    assert compare(a_record(), found(sent=sent, mails=mails)).never_mailed == ("<dlv_2@institute.example>",)
