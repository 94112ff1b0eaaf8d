"""Who is asked for data that are late, and that nobody is once they are there."""

from datetime import date
from typing import Any

import pytest

from chassis.domain.errors import Superseded
from services.notifications.use_cases import engagement_standing, late_data, partner
from tests.integration.notifications.harness import NotificationsHarness

WATCH = {"watch_id": "wat_1", "measure_id": "msr_1"}
LATE: dict[str, Any] = {
    **WATCH,
    "engagement_id": "eng_1",
    "partner_id": "prt_1",
    "coach_id": "per_coach",
    "title": "Waiting days",
    "period": date(2026, 3, 1),
    "latest": date(2026, 2, 1),
    "frequency": "monthly",
}


def lapse(known: NotificationsHarness, *, sequence: int = 1, **otherwise: Any) -> None:
    known.do(late_data.ask_for_late_data, sequence=sequence, **LATE | otherwise)


def end(known: NotificationsHarness, *, sequence: int = 2) -> None:
    known.do(late_data.stop_asking_for_late_data, sequence=sequence, **WATCH)


def body(known: NotificationsHarness, recipient_id: str) -> str:
    (letter,) = known.letters(recipient_id=recipient_id)
    return " ".join(letter["body"].split())


def test_leaders_and_the_lead_coach_are_asked_once_for_a_lapse(one_coach: NotificationsHarness) -> None:
    lapse(one_coach)
    with pytest.raises(Superseded):
        lapse(one_coach)

    letters = one_coach.letters()
    assert sorted(each["recipient_id"] for each in letters) == ["per_coach", "per_leader"]
    assert {(each["category"], each["about_id"], each["about_kind"]) for each in letters} == {
        ("data_late", "msr_1", "measure")
    }


def test_each_is_asked_for_what_they_can_do(one_coach: NotificationsHarness) -> None:
    lapse(one_coach)

    for_leader, for_coach = (body(one_coach, who) for who in ("per_leader", "per_coach"))
    what = "on “Waiting days” for the period that began on 1 March 2026, nor for a later one. "
    latest = "The latest were those of the period that began on 1 February 2026. They are to come monthly."
    assert what + latest in for_leader
    assert "Please have them recorded" in for_leader
    assert "because you lead Partner prt_1" in for_leader
    assert "Please ask the team what is in the way" in for_coach
    assert "because you lead the coaching of Partner prt_1" in for_coach


def test_it_is_said_when_there_never_were_any_data(one_coach: NotificationsHarness) -> None:
    lapse(one_coach, latest=None)

    assert "There were none at all yet." in body(one_coach, "per_leader")


def test_before_somebody_coaches_the_leaders_are_asked_alone(one_coach: NotificationsHarness) -> None:
    lapse(one_coach, coach_id=None)

    assert [each["recipient_id"] for each in one_coach.letters()] == ["per_leader"]


def test_once_the_data_are_there_nobody_is_asked_any_more(one_coach: NotificationsHarness) -> None:
    lapse(one_coach)

    end(one_coach)
    one_coach.post()

    assert set(one_coach.categories()) == {"data_late: cancelled"}


def test_who_was_asked_needs_no_other_letter(one_coach: NotificationsHarness) -> None:
    lapse(one_coach)
    one_coach.post()

    end(one_coach)

    assert set(one_coach.categories()) == {"data_late: sent"}


def test_a_lapse_that_is_heard_after_its_end_asks_nobody(one_coach: NotificationsHarness) -> None:
    end(one_coach)

    with pytest.raises(Superseded):
        lapse(one_coach)

    assert one_coach.letters() == []


def test_an_end_that_is_heard_after_the_next_lapse_keeps_its_letters(one_coach: NotificationsHarness) -> None:
    lapse(one_coach, sequence=3, period=date(2026, 5, 1))

    with pytest.raises(Superseded):
        end(one_coach, sequence=2)

    assert set(one_coach.categories()) == {"data_late: ready"}


def test_the_next_lapse_is_asked_about_again(one_coach: NotificationsHarness) -> None:
    lapse(one_coach)
    one_coach.post()
    end(one_coach)

    lapse(one_coach, sequence=3, period=date(2026, 5, 1))

    assert one_coach.categories() == ["data_late: ready"] * 2 + ["data_late: sent"] * 2


def rest(known: NotificationsHarness) -> None:
    known.do(engagement_standing.rest_coaching, sequence=5, engagement_id="eng_1", partner_id="prt_1",
             lead_coach_id="per_coach", reason="Elections", with_partner=False)  # fmt: skip


def test_a_rest_keeps_back_what_was_not_sent_to_anybody(one_coach: NotificationsHarness) -> None:
    lapse(one_coach)

    rest(one_coach)

    assert one_coach.categories(category="data_late") == ["data_late: cancelled"] * 2


@pytest.mark.parametrize("coach_id", ["per_coach", None], ids=["coached", "not coached yet"])
def test_while_the_work_rests_nobody_is_asked(one_coach: NotificationsHarness, coach_id: str | None) -> None:
    rest(one_coach)

    with pytest.raises(Superseded):
        lapse(one_coach, coach_id=coach_id)

    assert one_coach.letters(category="data_late") == []


def test_nobody_is_asked_for_data_of_a_partner_that_has_departed(one_coach: NotificationsHarness) -> None:
    one_coach.do(partner.say_goodbye, sequence=5, partner_id="prt_1", reason="Merged", departed_on=date(2026, 5, 1))

    lapse(one_coach)

    assert one_coach.letters(category="data_late") == []
