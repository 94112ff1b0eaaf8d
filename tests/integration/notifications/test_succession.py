"""One lead coach after another: who leads takes over what is open, and each is told what they need to know, once."""

import threading
from datetime import UTC, date, datetime
from itertools import permutations
from typing import Any

import pytest

from chassis.domain.errors import Superseded
from services.notifications.use_cases import engagement, engagement_standing
from tests.integration.notifications.coach_changes import change, to_each
from tests.integration.notifications.harness import Heard, NotificationsHarness
from tests.integration.notifications.scripted_server import a_mail_server

BEFORE_IT_IS_DUE = datetime(2026, 6, 14, 21, 59, tzinfo=UTC)
MIDNIGHT_IN_STOCKHOLM = datetime(2026, 6, 14, 22, tzinfo=UTC)


def ask(notifications: NotificationsHarness, *, coach: str = "per_coach", sequence: int = 4) -> None:
    notifications.do(
        engagement.ask_for_a_successor, sequence=sequence, engagement_id="eng_1", partner_id="prt_1", coach_id=coach,
        left_on=date(2026, 5, 29),
    )  # fmt: skip


def stop_asking(notifications: NotificationsHarness, *, sequence: int = 5) -> None:
    notifications.do(engagement.stop_asking_for_a_successor, sequence=sequence, engagement_id="eng_1")


# --- another coach leads ---


def test_the_new_coach_takes_over_what_is_open_and_both_are_told(coaches: NotificationsHarness) -> None:
    coaches.coach_after()
    coaches.coach_after(milestone_id="mst_2", title="Ten wards", reached_on=date(2026, 5, 30))

    change(coaches)

    assert {each["coach_id"] for each in coaches.follow_ups()} == {"per_successor"}
    assert to_each(coaches) == [("per_coach", "coaching_passed_on"), ("per_successor", "coaching_taken_over")]
    (told,) = coaches.letters(category="coaching_taken_over")
    # By the policy for aim targets fourteen days after each was reached.
    assert "- “Ten wards”, by 13 June 2026\n- “Infections halved”, by 15 June 2026\n" in told["body"]
    assert len(coaches.published("notifications.follow_up.reassigned")) == 2


def test_what_is_done_stays_with_whoever_did_it(coaches: NotificationsHarness) -> None:
    coaches.coach_after()
    coaches.hold()

    change(coaches)

    (done,) = coaches.follow_ups()
    assert (done["state"], done["coach_id"]) == ("completed", "per_coach")
    assert "No follow-up is open." in coaches.letters(category="coaching_taken_over")[0]["body"]


def test_a_follow_up_that_was_reassigned_falls_due_where_the_new_coach_is_and_reminds_them(
    coaches: NotificationsHarness,
) -> None:
    coaches.coach_after()
    change(coaches)

    coaches.it_is(BEFORE_IT_IS_DUE)
    coaches.let_due_fall()
    assert coaches.letters(category="follow_up_due") == []

    coaches.it_is(MIDNIGHT_IN_STOCKHOLM)
    coaches.let_due_fall()
    assert [each["recipient_id"] for each in coaches.letters(category="follow_up_due")] == ["per_successor"]


def test_a_milestone_reached_under_the_former_coach_and_heard_late_is_the_new_coachs(
    coaches: NotificationsHarness,
) -> None:
    change(coaches)

    coaches.coach_after(coach_id="per_coach")

    (follow_up,) = coaches.follow_ups()
    assert follow_up["coach_id"] == "per_successor"
    assert ("per_successor", "follow_up") in to_each(coaches)


def test_a_milestone_reached_while_the_coach_is_replaced_is_the_new_coachs(
    coaches: NotificationsHarness,
) -> None:
    for number in range(6):
        id = f"mst_{number}"
        threads = [
            threading.Thread(target=coaches.coach_after, kwargs={"milestone_id": id}),
            threading.Thread(target=change, args=(coaches,), kwargs={"sequence": 5 + number}),
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert [each["coach_id"] for each in coaches.follow_ups()] == ["per_successor"] * 6


def test_two_changes_of_coach_end_with_the_last_in_either_order(coaches: NotificationsHarness) -> None:
    coaches.coach_after()
    change(coaches, "per_third", former="per_successor", sequence=6)

    with pytest.raises(Superseded):
        change(coaches, "per_successor", sequence=5)
    coaches.do(engagement.tell_the_former_coach, sequence=5, engagement_id="eng_1", partner_id="prt_1",
             coach_id="per_successor", former_coach_id="per_coach")  # fmt: skip

    (follow_up,) = coaches.follow_ups()
    assert follow_up["coach_id"] == "per_third"
    assert to_each(coaches) == [
        ("per_coach", "coaching_passed_on"), ("per_successor", "coaching_passed_on"),
        ("per_third", "coaching_taken_over"),
    ]  # fmt: skip


def test_who_led_it_until_now_is_told_even_before_their_work_is_given_on(coaches: NotificationsHarness) -> None:
    coaches.do(engagement_standing.keep_the_lead_coach, sequence=3, engagement_id="eng_1", lead_coach_id="per_coach")

    coaches.do(engagement.tell_the_former_coach, sequence=4, engagement_id="eng_1", partner_id="prt_1",
             coach_id="per_successor", former_coach_id="per_coach")  # fmt: skip

    assert ("per_coach", "coaching_passed_on") in to_each(coaches)


def test_who_leads_it_again_is_not_told_that_somebody_else_does(coaches: NotificationsHarness) -> None:
    change(coaches, "per_coach", former="per_successor", sequence=6)

    coaches.do(engagement.tell_the_former_coach, sequence=5, engagement_id="eng_1", partner_id="prt_1",
             coach_id="per_successor", former_coach_id="per_coach")  # fmt: skip

    assert ("per_coach", "coaching_passed_on") not in to_each(coaches)


# --- nobody leads ---


def test_staff_are_asked_for_a_successor_and_nobody_else(coaches: NotificationsHarness) -> None:
    coaches.coach_after()
    coaches.leave("per_coach")

    ask(coaches)

    assert to_each(coaches) == [("per_staff", "coach_wanted")]
    (asked,) = coaches.letters(category="coach_wanted")
    assert (asked["about_kind"], asked["about_id"]) == ("engagement", "eng_1")
    assert "Person per_coach, who led the coaching of Partner prt_1" in asked["body"]
    assert "- “Infections halved”, by 15 June 2026" in asked["body"]


def test_where_no_staff_is_on_record_the_institutes_contact_is_asked(coaches: NotificationsHarness) -> None:
    coaches.leave("per_staff")

    ask(coaches)

    (asked,) = coaches.letters(category="coach_wanted")
    assert asked["to"] == "yael@institute.example"


def test_where_the_addresses_of_all_staff_refuse_mail_the_contact_is_asked_too(coaches: NotificationsHarness) -> None:
    ask(coaches)
    with a_mail_server(RCPT="550 no such user") as server:
        coaches.post(smtp_uri=server.uri)

    ask(coaches, sequence=6)

    asked = coaches.letters(category="coach_wanted", state="ready")
    assert sorted(each["recipient_id"] for each in asked) == ["contact", "per_staff"]


def test_who_has_left_is_written_to_about_no_follow_up(coaches: NotificationsHarness) -> None:
    coaches.leave("per_coach")

    coaches.coach_after()
    coaches.it_is(datetime(2026, 6, 20, tzinfo=UTC))
    coaches.let_due_fall()

    assert [each["state"] for each in coaches.follow_ups()] == ["due"]
    assert to_each(coaches) == []
    change(coaches)
    assert "Infections halved" in coaches.letters(category="coaching_taken_over")[0]["body"]


def test_a_former_coach_who_has_left_is_told_nothing(coaches: NotificationsHarness) -> None:
    coaches.leave("per_coach")

    change(coaches)

    assert to_each(coaches) == [("per_successor", "coaching_taken_over")]


@pytest.mark.parametrize("end", [change, stop_asking], ids=["a successor is named", "back, or closed"])
def test_an_ask_that_is_not_sent_yet_is_cancelled_when_it_is_answered(coaches: NotificationsHarness, end: Any) -> None:
    ask(coaches)

    end(coaches)

    assert coaches.categories(category="coach_wanted") == ["coach_wanted: cancelled"]


@pytest.mark.parametrize("end", [change, stop_asking], ids=["a successor is named", "back, or closed"])
def test_an_ask_that_is_heard_after_its_answer_is_not_written(coaches: NotificationsHarness, end: Any) -> None:
    end(coaches)

    with pytest.raises(Superseded):
        ask(coaches)

    assert coaches.letters(category="coach_wanted") == []


def test_that_the_successor_has_left_too_is_asked_though_it_is_heard_first(
    coaches: NotificationsHarness,
) -> None:
    ask(coaches, coach="per_successor", sequence=6)

    change(coaches, sequence=5)

    assert coaches.categories(category="coach_wanted") == ["coach_wanted: ready"]


@pytest.mark.parametrize("order", [*permutations(range(4))], ids=str)
def test_in_any_order_what_is_open_is_the_successors_in_the_end(
    coaches: NotificationsHarness, order: tuple[int, ...]
) -> None:
    happened: list[Heard] = [
        coaches.coach_after, lambda: coaches.leave("per_coach"), lambda: ask(coaches), lambda: change(coaches),
    ]  # fmt: skip

    coaches.hear_all([happened[each] for each in order])

    (follow_up,) = coaches.follow_ups()
    assert (follow_up["state"], follow_up["coach_id"]) == ("planned", "per_successor")
    told = [category for recipient, category in to_each(coaches) if recipient == "per_successor"]
    assert "coaching_taken_over" in told
    assert {recipient for recipient, _ in to_each(coaches)} == {"per_successor"}
