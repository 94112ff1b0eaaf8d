"""When those who lead a partner change, whoever coaches it is asked once whether the will is there, in every order."""

from datetime import date
from itertools import permutations
from typing import Any

import pytest

from chassis.domain.errors import Superseded
from services.notifications.use_cases import will
from tests.integration.notifications.harness import NotificationsHarness

IN_EVERY_ORDER = ["345", "354", "435", "453", "534", "543"]


def ask(notifications: NotificationsHarness, *, sequence: int = 3) -> None:
    notifications.do(
        will.ask_the_coach_for_the_will, sequence=sequence, engagement_id="eng_1", partner_id="prt_1",
        change="sponsor_left", since=date(2026, 6, 1), lead_coach_id="per_coach",
    )  # fmt: skip


def confirm(notifications: NotificationsHarness, *, sequence: int = 4) -> None:
    notifications.do(will.stop_asking_for_the_will, sequence=sequence, engagement_id="eng_1")


def asked(notifications: NotificationsHarness) -> list[Any]:
    return [(each["recipient_id"], each["state"]) for each in notifications.letters(category="will_questioned")]


def test_the_coach_is_asked_and_told_what_changed_and_how_to_confirm(coaches: NotificationsHarness) -> None:
    ask(coaches)

    (letter,) = coaches.letters(category="will_questioned")
    assert letter["recipient_id"] == "per_coach"
    assert "leads it no more; that was put on record on 1 June 2026" in letter["body"]
    assert "the transition “will_confirmed” of engagement eng_1" in letter["body"]


@pytest.mark.parametrize(
    "order", list(permutations([(ask, 3), (confirm, 4), (ask, 5)])), ids=["345", "354", "435", "453", "534", "543"]
)
def test_who_was_asked_again_is_asked_whatever_is_heard_first(coaches: NotificationsHarness, order: Any) -> None:
    for say, sequence in order:
        try:
            say(coaches, sequence=sequence)
        except Superseded:
            continue

    assert ("per_coach", "ready") in asked(coaches)
    assert len(asked(coaches)) - asked(coaches).count(("per_coach", "cancelled")) == 1


@pytest.mark.parametrize("order", [(ask, confirm), (confirm, ask)], ids=["in order", "the other way round"])
def test_nobody_is_asked_for_what_is_confirmed(coaches: NotificationsHarness, order: Any) -> None:
    for say in order:
        try:
            say(coaches)
        except Superseded:
            continue

    assert {state for _, state in asked(coaches)} <= {"cancelled"}
