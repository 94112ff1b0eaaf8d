"""The coach hears what became of a lesson of another industry that an initiative took up."""

from typing import Any

import pytest

from chassis.domain.errors import Superseded
from services.notifications.use_cases import initiative
from tests.integration.notifications.harness import NotificationsHarness

ABOUT: dict[str, Any] = {
    "initiative_id": "ini_1", "engagement_id": "eng_1", "partner_id": "prt_1", "title": "Fewer infections",
    "lesson_id": "les_1", "organisation": "An airline",
}  # fmt: skip


def change(coached: NotificationsHarness, *, sequence: int, is_withdrawn: bool = True, **about: Any) -> None:
    said = {"is_withdrawn": is_withdrawn, "reason": "It was misheard" if is_withdrawn else None}
    coached.do(initiative.tell_of_the_source, sequence=sequence, **ABOUT | said | about)


def bodies(coached: NotificationsHarness) -> list[str]:
    letters = coached.letters(category="initiative_source_changed")
    return [letter["body"] for letter in letters if letter["state"] == "ready"]


def test_the_coach_is_told_once_that_a_lesson_was_withdrawn_and_why(coached: NotificationsHarness) -> None:
    change(coached, sequence=5)
    with pytest.raises(Superseded):
        change(coached, sequence=5)

    (letter,) = coached.letters(category="initiative_source_changed")
    assert (letter["recipient_id"], letter["about_id"]) == ("per_coach", "ini_1")
    assert letter["subject"] == "Partner prt_1: a lesson behind “Fewer infections” was withdrawn"
    assert "The reason that was given: It was misheard" in letter["body"]


def test_what_was_not_sent_yet_is_replaced_by_the_later_news(coached: NotificationsHarness) -> None:
    change(coached, sequence=5)
    change(coached, sequence=7, is_withdrawn=False)
    with pytest.raises(Superseded):
        change(coached, sequence=6)

    (body,) = bodies(coached)
    assert "is offered again after it had been withdrawn" in body


def test_news_of_one_lesson_leaves_those_of_another_alone(coached: NotificationsHarness) -> None:
    change(coached, sequence=5)
    change(coached, sequence=6, lesson_id="les_2")

    assert len(bodies(coached)) == 2
