"""What a partner shares of what it tried and found: from a draft to being shared, and back."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from services.camps.model.learning import experience_lifecycle
from services.camps.model.learning.experience import Experience, ExperienceKind, Visibility
from services.camps.model.learning.experience_lifecycle import ExperienceState
from services.camps.model.learning.statement import Statement
from tests.transition_walk import Try, Walk, steps

WHY = Statement(reason="A number in it is wrong", by="anna", at=datetime(2026, 11, 1, tzinfo=UTC))
BY_ITS_CYCLE = Statement(reason="The decision was taken back", by="platform", at=datetime(2026, 11, 1, tzinfo=UTC))


def an_experience(state: str = "captured") -> Experience:
    draft = Experience(id="exp_1", partner_id="prt_1", kind=ExperienceKind.IMPROVEMENT, title="Read out at night")
    COMES_TO_BE.get(state, lambda it: None)(draft)
    draft.recorded.clear()
    return draft


def reviewed(draft: Experience) -> None:
    draft.review("anna")


def shared(draft: Experience) -> None:
    reviewed(draft)
    draft.share(visibility=Visibility.PARTNERS, camp_id=None, credited=[])


COMES_TO_BE: Mapping[str, Try] = {"reviewed": reviewed, "shared": shared, "retired": lambda it: it.retire(WHY)}
WALKS = (
    Walk(
        table=experience_lifecycle.TRANSITIONS,
        states=list(ExperienceState),
        that_is=an_experience,
        tries={
            "change_experience": lambda it: it.change(title="Read out at night, too"),
            "review_experience": lambda it: it.review("anna"),
            "share_experience": lambda it: it.share(visibility=Visibility.PUBLIC, camp_id="cmp_1", credited=["prt_2"]),
            "take_experience_back": lambda it: it.take_back(WHY),
            "restore_experience": lambda it: it.restore(WHY),
        },
        as_another={"offer_experience_draft", "withdraw_experience_draft", "retire_experience"},
        silent={"change_experience", "review_experience", "restore_experience"},
    ),
)


@pytest.mark.parametrize(("walk", "operation", "state"), steps(WALKS))
def test_what_the_table_has_succeeds_and_all_else_is_refused_and_does_nothing(
    walk: Walk, operation: str, state: str
) -> None:
    walk.take(operation, state)


@pytest.mark.parametrize("state", ["captured", "reviewed", "shared"])
def test_whatever_is_not_retired_is_retired_for_a_reason_and_the_others_hear_of_what_they_saw(state: str) -> None:
    thing = an_experience(state)

    thing.retire(WHY)

    assert (thing.state, thing.statements[-1].reason) == ("retired", "A number in it is wrong")
    assert [each.type for each in thing.recorded] == (["camps.experience.withdrawn"] if state == "shared" else [])


def test_what_is_told_otherwise_is_reviewed_again() -> None:
    thing = an_experience("reviewed")

    assert thing.change(story="With the night shift")
    assert (thing.state, thing.reviewed_by) == ("captured", None)
    assert not thing.change(story="With the night shift")


@pytest.mark.parametrize(
    ("state", "then"), [("captured", "retired"), ("reviewed", "reviewed"), ("shared", "shared"), ("retired", "retired")]
)
def test_a_draft_ends_with_the_decision_it_rests_on_and_all_else_says_that_it_was_taken_back(
    state: str, then: str
) -> None:
    thing = an_experience(state)

    thing.lose_evidence(BY_ITS_CYCLE)

    assert (thing.state, thing.evidence_withdrawn) == (then, True)


def test_a_draft_is_offered_again_unless_a_person_retired_it() -> None:
    by_its_cycle, by_a_person = an_experience("captured"), an_experience("retired")
    by_its_cycle.lose_evidence(BY_ITS_CYCLE)

    by_its_cycle.offer_again(BY_ITS_CYCLE)
    by_a_person.offer_again(BY_ITS_CYCLE)

    assert (by_its_cycle.state, by_its_cycle.evidence_withdrawn) == ("captured", False)
    assert by_a_person.state == "retired"
