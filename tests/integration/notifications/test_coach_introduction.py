"""A coach begins to lead: they are told, and the partner's leaders read who it is."""

from contextlib import suppress
from datetime import date
from itertools import permutations
from typing import Any

import pytest

from chassis.domain.errors import Superseded
from services.notifications.use_cases import coach_introduction, partner
from tests.integration.notifications.coach_changes import change
from tests.integration.notifications.harness import NotificationsHarness


def begin(coaches: NotificationsHarness) -> None:
    coaches.do(coach_introduction.introduce_the_lead_coach, sequence=3, engagement_id="eng_1", partner_id="prt_1",
             lead_coach_id="per_coach")  # fmt: skip


def introduce(coaches: NotificationsHarness) -> None:
    coaches.do(coach_introduction.introduce_the_new_coach, sequence=5, engagement_id="eng_1", partner_id="prt_1",
             coach_id="per_successor", former_coach_id="per_coach")  # fmt: skip


def introduced(coaches: NotificationsHarness) -> list[tuple[str, str]]:
    named = [each for each in coaches.letters(category="coach_named") if each["state"] != "cancelled"]
    return sorted((each["recipient_id"], each["subject"]) for each in named)


def test_when_work_begins_the_coach_is_told_and_the_leaders_read_who_it_is_and_how_to_reach_them(
    coaches: NotificationsHarness,
) -> None:
    begin(coaches)

    assert introduced(coaches) == [
        ("per_coach", "You lead the coaching of Partner prt_1"),
        ("per_leader", "Your coach: Person per_coach"),
    ]
    to_the_leader = next(each for each in coaches.letters() if each["recipient_id"] == "per_leader")
    assert "Should you want to write first: per_coach@" in to_the_leader["body"]


def test_leaders_read_that_the_sessions_of_the_former_coach_are_with_the_new_one(coaches: NotificationsHarness) -> None:
    introduce(coaches)

    (to_the_leader,) = coaches.letters(category="coach_named")
    assert (
        "Sessions that were scheduled with Person per_coach are with Person per_successor now." in to_the_leader["body"]
    )


@pytest.mark.parametrize(
    "order", list(permutations([begin, introduce, change])), ids=["123", "132", "213", "231", "312", "321"]
)
def test_leaders_read_of_the_coach_who_leads_since_and_of_no_other(coaches: NotificationsHarness, order: Any) -> None:
    for step in order:
        with suppress(Superseded):
            step(coaches)

    assert introduced(coaches) == [("per_leader", "Your coach: Person per_successor")]


def test_nobody_reads_that_they_lead_what_somebody_else_is_known_to_lead_since(
    coaches: NotificationsHarness,
) -> None:
    change(coaches)

    with pytest.raises(Superseded):
        begin(coaches)

    assert introduced(coaches) == []


def test_a_goodbye_that_comes_before_the_introduction_was_sent_takes_its_place(
    coaches: NotificationsHarness,
) -> None:
    begin(coaches)

    coaches.do(partner.say_goodbye, sequence=7, partner_id="prt_1", reason="Merged", departed_on=date(2026, 6, 2))

    assert introduced(coaches) == []
