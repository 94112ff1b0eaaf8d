"""Every operation of an industry lesson is tried from every state."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from services.camps.model.learning import industry_lesson
from services.camps.model.learning.industry_lesson import IndustryLesson, LessonState
from services.camps.model.learning.statement import Statement
from tests.transition_walk import Try, Walk, steps

MISHEARD = Statement(reason="It was misheard", by="anna", at=datetime(2026, 6, 10, 9, 0, tzinfo=UTC))


def a_lesson(state: str = "captured") -> IndustryLesson:
    return IndustryLesson(id="les_1", version=1, partner_id=None, organisation="An airline", industry="aviation",
                          lesson="Anybody may stop the crew", hypothesis="So may a nurse", topics=["checklists"],
                          state=LessonState(state))  # fmt: skip


LESSONS: Mapping[str, Try] = {
    "correct_industry_lesson": lambda it: it.correct(lesson="Everybody may"),
    "withdraw_industry_lesson": lambda it: it.withdraw(MISHEARD),
    "restore_industry_lesson": lambda it: it.restore(),
}
WALK = Walk(table=industry_lesson.TRANSITIONS, states=list(LessonState), that_is=a_lesson, tries=LESSONS)


@pytest.mark.parametrize(("walk", "operation", "state"), steps([WALK]))
def test_what_the_table_has_succeeds_and_all_else_is_refused_and_does_nothing(
    walk: Walk, operation: str, state: str
) -> None:
    walk.take(operation, state)


def test_every_operation_is_tried() -> None:
    assert WALK.untried == set()
