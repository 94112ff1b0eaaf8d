from datetime import datetime, timedelta

import pytest

from services.notifications.events import DeliverySettled, DeliveryUncertain
from services.notifications.model.letter import Answer, Letter, Outcome
from services.notifications.model.letter_lifecycle import LetterState
from services.notifications.model.letter_trigger import ABOUT_KIND, Category, LetterTrigger
from tests.builders.notifications import WRITTEN_AT, a_letter, a_letter_being_sent, a_trigger

SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SETTLED = (LetterState.SENT, LetterState.FAILED, LetterState.CANCELLED)
LATER = WRITTEN_AT + 2 * SECOND


def answered(outcome: Outcome, detail: str = "as the server put it") -> Answer:
    return Answer(outcome=outcome, detail=detail)


def wait_of(letter: Letter, *, since: datetime) -> timedelta:
    return letter.next_attempt_at - since


def test_a_letter_is_ready_to_be_sent_as_soon_as_it_is_written() -> None:
    letter = a_letter()

    assert (letter.state, letter.attempts, letter.next_attempt_at) == (LetterState.READY, 0, WRITTEN_AT)
    assert letter.recorded == []


def test_a_letter_that_the_mail_server_has_taken_is_sent() -> None:
    letter = a_letter_being_sent(trigger=a_trigger(category=Category.INVITATION, about_id="inv_1"))

    letter.take_answer(answered(Outcome.ACCEPTED, "250 queued"), at=LATER)

    assert letter.state is LetterState.SENT
    assert letter.recorded == [
        DeliverySettled(
            delivery_id="dlv_1",
            partner_id="prt_1",
            category="invitation",
            about_kind="invitation",
            about_id="inv_1",
            state="sent",
            about_sequence=2,
        )
    ]


def test_a_letter_that_is_refused_for_good_has_failed() -> None:
    letter = a_letter_being_sent(trigger=a_trigger(category=Category.WELCOME, about_id="prt_1"))

    letter.take_answer(answered(Outcome.REFUSED, "550 no such mailbox"), at=LATER)

    assert letter.state is LetterState.FAILED
    assert letter.recorded == [
        DeliverySettled(
            delivery_id="dlv_1",
            partner_id="prt_1",
            category="welcome",
            about_kind="partner",
            about_id="prt_1",
            state="failed",
            about_sequence=2,
        )
    ]


@pytest.mark.parametrize(
    ("attempts", "wait"),
    [(1, MINUTE), (2, 5 * MINUTE), (3, 15 * MINUTE), (4, HOUR), (5, 4 * HOUR), (6, 12 * HOUR), (7, 12 * HOUR)],
)
def test_a_letter_that_is_postponed_is_tried_again_after_longer_and_longer_waits(
    attempts: int, wait: timedelta
) -> None:
    letter = a_letter_being_sent(attempts=attempts)

    letter.take_answer(answered(Outcome.POSTPONED, "451 try again"), at=LATER)

    assert letter.state is LetterState.READY
    assert 0.8 * wait <= wait_of(letter, since=LATER) <= 1.2 * wait
    assert letter.recorded == []


def test_a_mail_server_that_cannot_be_reached_is_tried_again_within_seconds() -> None:
    letter = a_letter_being_sent(attempts=1)

    letter.take_answer(answered(Outcome.UNREACHABLE, "connection refused"), at=LATER)

    assert letter.state is LetterState.READY
    assert 4 * SECOND <= wait_of(letter, since=LATER) <= 6 * SECOND


def test_letters_postponed_together_do_not_come_back_together() -> None:
    letters = [a_letter_being_sent(id=f"dlv_{number}") for number in range(50)]

    for letter in letters:
        letter.take_answer(answered(Outcome.POSTPONED), at=LATER)

    waits = [wait_of(letter, since=LATER) for letter in letters]
    assert max(waits) - min(waits) > 15 * SECOND  # of the 24 seconds that a fifth either way allows


def test_a_letter_that_cannot_be_written_waits_for_a_better_release_and_says_since_when() -> None:
    letter, again = a_letter(), LATER + DAY

    letter.take_answer(answered(Outcome.UNWRITABLE, "Subject has a line break"), at=LATER)
    letter.take_answer(answered(Outcome.UNWRITABLE, "Subject has a line break"), at=again)

    assert (letter.state, letter.unwritable_since, letter.attempts) == (LetterState.READY, LATER, 2)
    assert letter.next_attempt_at > again


def test_a_letter_that_can_be_written_after_all_is_like_any_other() -> None:
    letter = a_letter()
    letter.take_answer(answered(Outcome.UNWRITABLE), at=LATER)

    letter.take_answer(answered(Outcome.POSTPONED), at=LATER + DAY)

    assert letter.unwritable_since is None


@pytest.mark.parametrize(("age", "state"), [(5 * DAY - SECOND, LetterState.READY), (5 * DAY, LetterState.FAILED)])
def test_a_letter_is_given_up_five_days_after_it_was_written(age: timedelta, state: LetterState) -> None:
    letter = a_letter_being_sent(attempts=40)

    letter.take_answer(answered(Outcome.UNREACHABLE), at=WRITTEN_AT + age)

    assert letter.state is state


def test_a_letter_handed_over_without_an_answer_is_uncertain_and_not_sent_again() -> None:
    letter = a_letter_being_sent()

    letter.take_answer(answered(Outcome.UNANSWERED), at=LATER)

    assert letter.state is LetterState.UNCERTAIN
    assert not letter.begin_sending(at=LATER)
    assert letter.recorded == [
        DeliveryUncertain(
            delivery_id="dlv_1",
            partner_id="prt_1",
            category="milestone",
            about_kind="milestone",
            about_id="mst_1",
            state="uncertain",
            about_sequence=2,
        )
    ]


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome.ACCEPTED, LetterState.SENT),
        (Outcome.REFUSED, LetterState.FAILED),
        (Outcome.POSTPONED, LetterState.READY),
        (Outcome.UNREACHABLE, LetterState.READY),
        (Outcome.UNANSWERED, LetterState.UNCERTAIN),
    ],
)
def test_an_answer_that_comes_late_still_counts(outcome: Outcome, state: LetterState) -> None:
    letter = a_letter_being_sent()
    letter.take_answer(answered(Outcome.UNANSWERED, "the process is gone"), at=LATER)

    letter.take_answer(answered(outcome), at=LATER + MINUTE)

    assert letter.state is state


def test_only_one_of_two_processes_begins_to_send() -> None:
    letter = a_letter()

    assert letter.begin_sending(at=LATER)
    assert not letter.begin_sending(at=LATER)
    assert letter.attempts == 1


def test_the_trail_tells_what_happened_and_when() -> None:
    letter = a_letter()

    letter.begin_sending(at=LATER)
    letter.take_answer(answered(Outcome.POSTPONED, "451 try again"), at=LATER + SECOND)

    assert [(step.at, step.state, step.detail) for step in letter.trail] == [
        (WRITTEN_AT, "ready", "written"),
        (LATER, "sending", "attempt 1"),
        (LATER + SECOND, "ready", "postponed: 451 try again"),
    ]


def test_a_letter_that_is_cancelled_before_anybody_has_it_is_never_sent() -> None:
    letter = a_letter()

    assert letter.cancel("the milestone was reopened", at=LATER)

    assert letter.state is LetterState.CANCELLED
    assert not letter.begin_sending(at=LATER)
    assert [said.state for said in letter.recorded if isinstance(said, DeliverySettled)] == ["cancelled"]
    assert letter.trail[-1].detail == "the milestone was reopened"


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome.ACCEPTED, LetterState.SENT),
        (Outcome.REFUSED, LetterState.FAILED),
        (Outcome.POSTPONED, LetterState.CANCELLED),
        (Outcome.UNREACHABLE, LetterState.CANCELLED),
        (Outcome.UNANSWERED, LetterState.UNCERTAIN),
    ],
)
def test_a_letter_cancelled_while_it_is_sent_is_only_not_tried_again(outcome: Outcome, state: LetterState) -> None:
    letter = a_letter_being_sent()

    assert letter.cancel("the recipient left", at=LATER)
    assert letter.state is LetterState.SENDING
    letter.take_answer(answered(outcome), at=LATER)

    assert letter.state is state


@pytest.mark.parametrize("outcome", [Outcome.ACCEPTED, Outcome.REFUSED])
def test_a_settled_letter_cannot_be_cancelled(outcome: Outcome) -> None:
    letter = a_letter_being_sent()
    letter.take_answer(answered(outcome), at=LATER)

    assert not letter.cancel("the recipient left", at=LATER)


def test_several_letters_for_one_trigger_are_told_apart_by_their_part() -> None:
    week, days = (
        LetterTrigger(category=Category.ANSWER_REMINDER, about_id="inv_1", partner_id="prt_1", sequence=1, part=part)
        for part in ("7_days", "2_days")
    )

    assert week.key != days.key
    assert week.about_kind == "invitation"


@pytest.mark.parametrize("category", [Category.FOLLOW_UP, Category.AT_RISK, Category.MISSED, Category.OF_CONCERN])
def test_a_letter_that_asks_a_coach_to_act_names_the_engagement_with_whose_rest_it_is_taken_back(
    category: Category,
) -> None:
    with pytest.raises(ValueError, match=r"the engagement .* is expected"):
        LetterTrigger(category=category, about_id="mst_1", partner_id="prt_1", sequence=1)


def test_a_letter_that_may_have_been_sent_after_the_restored_backup_is_uncertain() -> None:
    letter = a_letter()

    assert letter.mark_uncertain("restored as of yesterday", at=LATER)

    assert letter.state is LetterState.UNCERTAIN
    assert not letter.begin_sending(at=LATER)
    assert [type(said) for said in letter.recorded] == [DeliveryUncertain]


def test_what_is_known_of_a_letter_does_not_become_uncertain() -> None:
    letter = a_letter_being_sent()
    letter.take_answer(answered(Outcome.ACCEPTED), at=LATER)

    assert not letter.mark_uncertain("restored as of yesterday", at=LATER)

    assert letter.state is LetterState.SENT


def test_every_category_has_the_kind_of_thing_that_its_letters_are_about() -> None:
    assert set(ABOUT_KIND) == set(Category)
