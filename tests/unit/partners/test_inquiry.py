"""What becomes of an inquiry: by when it is answered, who is told, and when it is forgotten."""

from datetime import timedelta
from typing import Any

import pytest

from services.partners.events import inquiry as events
from services.partners.model.inquiry.inquiry import MOST_MESSAGES, Inquiry
from services.partners.model.inquiry.inquiry_lifecycle import InquirerForgotten, InquiryIsFull, InquiryIsOver, Outcome
from tests.builders.partners import PERIODS, RECEIVED_AT, a_determination, an_inquirer, an_inquiry

DAY = timedelta(days=1)
IN_TIME, TOO_LATE = RECEIVED_AT + 10 * DAY - timedelta(seconds=1), RECEIVED_AT + 10 * DAY
SAID: dict[str, Any] = {"by": "staff_1", "at": RECEIVED_AT + DAY}
BO = an_inquirer(name="Bo Ek", email="bo@skane.example")


def types(inquiry: Inquiry) -> list[str]:
    return [each.type.removeprefix("partners.inquiry.") for each in inquiry.recorded]


def determined(outcome: Outcome = Outcome.ALMOST) -> Inquiry:
    inquiry = an_inquiry()
    inquiry.screen(**SAID)
    inquiry.determine(a_determination(outcome=outcome), partner_id=None)
    return inquiry


def closed(outcome: Outcome = Outcome.ALMOST) -> Inquiry:
    inquiry = determined(outcome)
    inquiry.close(periods=PERIODS, **SAID)
    return inquiry


def test_an_inquiry_is_overdue_once_when_nobody_has_answered_in_time() -> None:
    inquiry = an_inquiry()

    assert not inquiry.fall_overdue(IN_TIME)
    assert inquiry.fall_overdue(TOO_LATE)
    assert not inquiry.fall_overdue(TOO_LATE + DAY)
    assert types(inquiry) == ["received", "overdue"]
    assert inquiry.overdue_since == TOO_LATE


def test_a_question_answers_an_inquiry_and_what_is_said_to_it_is_to_be_answered_in_its_turn() -> None:
    inquiry = an_inquiry()
    inquiry.screen(**SAID)
    inquiry.ask_inquirer("How many hospitals are there?", **SAID)

    assert not inquiry.fall_overdue(TOO_LATE)
    inquiry.inform("Ten.", periods=PERIODS, at=TOO_LATE)
    assert (inquiry.state, inquiry.question) == ("screening", None)
    assert inquiry.answer_due_at == TOO_LATE + 10 * DAY


def test_to_look_at_an_inquiry_is_no_answer() -> None:
    inquiry = an_inquiry()
    inquiry.acknowledge(**SAID)
    inquiry.screen(**SAID)

    assert inquiry.fall_overdue(TOO_LATE)


def test_to_talk_with_the_inquirer_is_an_answer_and_asks_no_question_any_more() -> None:
    inquiry = an_inquiry()
    inquiry.screen(**SAID)
    inquiry.ask_inquirer("How many hospitals are there?", **SAID)
    inquiry.begin_discovery(**SAID)

    assert inquiry.question is None
    assert not inquiry.fall_overdue(TOO_LATE)


def test_what_is_said_unasked_gives_nobody_more_time() -> None:
    inquiry = an_inquiry()

    inquiry.inform("There are ten hospitals.", periods=PERIODS, at=IN_TIME)

    assert (inquiry.state, inquiry.answer_due_at) == ("received", TOO_LATE)


def test_who_asks_again_from_another_address_is_answered_once_and_what_they_wrote_is_kept_each_time() -> None:
    inquiry = an_inquiry()

    for message in ("First", "Second"):
        assert inquiry.ask_again(BO, language="en", message=message, at=RECEIVED_AT)

    assert types(inquiry) == ["received", "asked_again"]
    assert [each.text for each in inquiry.messages[1:]] == ["First", "Second"]


def test_who_made_an_inquiry_and_sends_the_form_again_is_told_nothing_new() -> None:
    inquiry = an_inquiry()

    inquiry.ask_again(an_inquirer(), language="sv", message="Once more", at=RECEIVED_AT)

    assert types(inquiry) == ["received"]


def full() -> Inquiry:
    inquiry = an_inquiry()
    for _ in range(MOST_MESSAGES - 1):
        assert inquiry.ask_again(BO, language="en", message="Again", at=RECEIVED_AT)
    return inquiry


def test_an_inquiry_holds_only_so_many_messages_and_says_how_many_are_beside_it() -> None:
    inquiry = full()

    held = [inquiry.ask_again(BO, language="en", message="Again", at=RECEIVED_AT) for _ in range(2)]

    assert (held, len(inquiry.messages), inquiry.further_messages) == ([False, False], MOST_MESSAGES, 2)
    with pytest.raises(InquiryIsFull):
        inquiry.inform("And I", periods=PERIODS, at=RECEIVED_AT)


def test_who_asks_for_an_organisation_whose_inquiry_is_full_is_answered_once_too() -> None:
    inquiry, chen = full(), an_inquirer(name="Chen", email="chen@skane.example")

    inquiry.ask_again(chen, language="en", message="And I", at=RECEIVED_AT)
    inquiry.ask_again(chen, language="en", message="And I", at=RECEIVED_AT, is_known=True)

    assert types(inquiry) == ["received", "asked_again", "asked_again"]  # of Bo, and of Chen


@pytest.mark.parametrize("outcome", [Outcome.ALMOST, Outcome.DECLINED])
def test_who_becomes_no_partner_is_forgotten_once_after_so_many_days(outcome: Outcome) -> None:
    inquiry = closed(outcome)
    over_at = SAID["at"] + 180 * DAY

    assert not inquiry.forget(over_at - timedelta(seconds=1))
    assert inquiry.forget(over_at)
    assert not inquiry.forget(over_at + DAY)
    assert (inquiry.inquirer, inquiry.messages, inquiry.notes) == (None, [], [])
    assert inquiry.recorded[-1] == events.InquiryForgotten(inquiry_id="inq_1")


def test_who_is_accepted_is_not_forgotten() -> None:
    assert not closed(Outcome.ACCEPTED).forget(RECEIVED_AT + 10_000 * DAY)


def test_an_inquiry_that_is_taken_up_again_is_not_forgotten_meanwhile() -> None:
    inquiry = closed()

    inquiry.reopen(reason="They asked for it", periods=PERIODS, **SAID)

    assert inquiry.state == "determination"
    assert not inquiry.forget(RECEIVED_AT + 10_000 * DAY)


def test_a_forgotten_inquiry_is_not_taken_up_again() -> None:
    inquiry = closed()
    inquiry.forget(RECEIVED_AT + 365 * DAY)

    with pytest.raises(InquirerForgotten):
        inquiry.reopen(reason="They asked for it", periods=PERIODS, **SAID)


def test_nobody_outside_is_told_what_is_decided_before_it_is_closed() -> None:
    inquiry = determined()
    inquiry.take_back_determination(reason="Too soon", **SAID)

    assert inquiry.determination is None
    assert types(inquiry) == ["received"]


def test_a_closed_inquiry_takes_nothing_from_its_inquirer() -> None:
    with pytest.raises(InquiryIsOver):
        closed().inform("But", periods=PERIODS, at=RECEIVED_AT)


def test_each_decision_keeps_who_made_it_and_why() -> None:
    inquiry = closed()
    inquiry.reopen(reason="They asked for it", periods=PERIODS, **SAID)

    assert [(each.to, each.reason, each.by) for each in inquiry.history] == [
        ("screening", None, "staff_1"),
        ("determination", "Leaders are about to change", "staff_1"),
        ("closed", None, "staff_1"),
        ("determination", "They asked for it", "staff_1"),
    ]
