"""A change of those who lead a partner puts the will in question, and somebody confirms it."""

from datetime import UTC, date, datetime

import pytest

from chassis.domain.errors import Superseded
from services.engagements.events.will import WillConfirmed, WillQuestioned
from services.engagements.model.engagement_lifecycle import EngagementNotAgreed
from services.engagements.model.statement import Statement
from services.engagements.model.will import WillConfirmation, WillInQuestion, WillNotAskedAbout
from tests.builders.engagements import an_engagement

QUESTION = WillInQuestion(change="sponsor_left", person_id="per_9", since=date(2026, 6, 1))
THEY_SIGNED = Statement(reason="They signed the aims", by="anna", at=datetime(2026, 6, 9, tzinfo=UTC))


def test_a_change_of_leaders_asks_once_until_it_is_confirmed_by_whom_and_why() -> None:
    engagement = an_engagement()
    engagement.recorded.clear()

    engagement.question_the_will(QUESTION)
    engagement.question_the_will(WillInQuestion(change="leader_joined", person_id="per_8", since=date(2026, 6, 2)))
    assert engagement.will_to_confirm == QUESTION
    engagement.confirm_will(THEY_SIGNED)

    assert engagement.will_to_confirm is None
    assert engagement.will_confirmations == [WillConfirmation(question=QUESTION, statement=THEY_SIGNED)]
    assert [type(event) for event in engagement.recorded] == [WillQuestioned, WillConfirmed]


def test_another_change_after_that_asks_again() -> None:
    engagement = an_engagement()
    engagement.question_the_will(QUESTION)
    engagement.confirm_will(THEY_SIGNED)

    engagement.question_the_will(QUESTION)

    assert engagement.will_to_confirm == QUESTION


def test_nothing_is_confirmed_that_is_not_in_question() -> None:
    with pytest.raises(WillNotAskedAbout, match="active"):
        an_engagement().confirm_will(THEY_SIGNED)
    with pytest.raises(EngagementNotAgreed):
        an_engagement(active=False).confirm_will(THEY_SIGNED)


def test_an_earlier_change_of_leaders_that_is_heard_late_asks_for_nothing() -> None:
    engagement = an_engagement()
    engagement.hear_of_leaders(sequence=2)

    with pytest.raises(Superseded):
        engagement.hear_of_leaders(sequence=1)


def test_what_ends_waits_for_no_confirmation() -> None:
    engagement = an_engagement()
    engagement.question_the_will(QUESTION)

    engagement.close(on=date(2026, 6, 30), statement=THEY_SIGNED)

    assert engagement.will_to_confirm is None
