"""Every operation of follow-ups and letters is tried from every state."""

from collections.abc import Mapping

import pytest

from services.notifications.model import follow_up, letter_lifecycle
from services.notifications.model.follow_up import FollowUp, FollowUpState, Reopening
from services.notifications.model.letter import Answer, Letter, Outcome
from services.notifications.model.letter_lifecycle import LetterState
from tests.builders.notifications import WRITTEN_AT, a_follow_up, a_letter, policies
from tests.transition_walk import Try, Walk, refuse_unless, steps


def follow_up_that_is(state: str) -> FollowUp:
    thing = a_follow_up()
    thing.state = FollowUpState(state)
    return thing


def opened_by_hand(thing: FollowUp) -> None:
    thing.refuse_to_reopen_by_hand()
    thing.reopen(Reopening.CORRECTED, reason="A mistake")


FOLLOW_UPS: Mapping[str, Try] = {
    "remind": lambda it: it.fall_due(),
    "rest_coaching": lambda it: it.rest(),
    "take_up_coaching": lambda it: it.take_up(policies=policies(), zone="UTC", at=WRITTEN_AT),
    "complete_answered_follow_up": lambda it: it.complete(session_id="ses_1"),
    "complete_follow_up": lambda it: it.complete(reason="We met", by="anna"),
    "skip_follow_up": lambda it: it.skip(reason="Nobody can", by="anna"),
    "cancel_follow_up": lambda it: it.cancel(reason="milestone_reopened"),
    "stop_asking_for_coaching": lambda it: it.cancel(reason="initiative_moved_on"),
    "reopen_follow_up": opened_by_hand,
}
WITH_ANOTHER = {"end_coaching", "cancel_coaching", "open_what_was_not_held"}
"""The first two cancel each follow-up; what was not held opens those that its session completed (test_reopening)."""


def letter_that_is(state: str) -> Letter:
    thing = a_letter()
    thing.state = LetterState(state)
    return thing


def answered(outcome: Outcome) -> Try:
    def attempt(thing: Letter) -> None:
        done = thing.take_answer(Answer(outcome=outcome, detail="250 OK"), at=WRITTEN_AT)
        refuse_unless(done, letter_lifecycle.TRANSITIONS, "post_letters")

    return attempt


def begun(thing: Letter) -> None:
    refuse_unless(thing.begin_sending(at=WRITTEN_AT), letter_lifecycle.TRANSITIONS, "post_letters")


def admitted(thing: Letter) -> None:
    refuse_unless(thing.mark_uncertain("restored", at=WRITTEN_AT), letter_lifecycle.TRANSITIONS, "restored")


LETTERS: Mapping[str, Try] = {
    "post_letters > sending": begun,
    "post_letters > sent": answered(Outcome.ACCEPTED),
    "post_letters > failed": answered(Outcome.REFUSED),
    "post_letters > ready": answered(Outcome.POSTPONED),
    "post_letters > uncertain": answered(Outcome.UNANSWERED),
    "restored": admitted,
}
CANCELLING = {row.operation for row in letter_lifecycle.TRANSITIONS if row.to == (LetterState.CANCELLED,)}
"""Each cancels what is not sent; what a mail server may have is never tried again (test_letter)."""
WALKS = (
    Walk(
        table=follow_up.TRANSITIONS,
        states=list(FollowUpState),
        that_is=follow_up_that_is,
        tries=FOLLOW_UPS,
        as_another=WITH_ANOTHER,
        same_again={("rest_coaching", "resting")},
        silent={"rest_coaching", "take_up_coaching"},
    ),
    Walk(
        table=letter_lifecycle.TRANSITIONS,
        states=list(LetterState),
        that_is=letter_that_is,
        tries=LETTERS,
        as_another=CANCELLING,
        silent={"post_letters > sending", "post_letters > ready"},
    ),
)


@pytest.mark.parametrize(("walk", "operation", "state"), steps(WALKS))
def test_what_the_table_has_succeeds_and_all_else_is_refused_and_does_nothing(
    walk: Walk, operation: str, state: str
) -> None:
    walk.take(operation, state)


def test_every_operation_is_tried() -> None:
    assert [walk.untried for walk in WALKS] == [set(), set()]
