"""One coach after another: what is open goes to the one who leads, and each is told what they need to know, once."""

import threading
from contextlib import suppress
from datetime import UTC, date, datetime
from itertools import permutations
from typing import Any

import pytest

from chassis.domain.errors import Superseded
from services.notifications.use_cases import (
    coach_introduction,
    coaching_session,
    engagement,
    engagement_standing,
    partner,
)
from tests.integration.notifications.harness import Heard, NotificationsHarness

BEFORE_IT_IS_DUE = datetime(2026, 6, 14, 21, 59, tzinfo=UTC)
MIDNIGHT_IN_STOCKHOLM = datetime(2026, 6, 14, 22, tzinfo=UTC)
SESSION = {
    "session_id": "cos_1", "partner_id": "prt_1", "held_at": datetime(2026, 6, 10, 12, tzinfo=UTC),
    "zone": "Europe/Stockholm",
}  # fmt: skip


@pytest.fixture
def known(notifications: NotificationsHarness) -> NotificationsHarness:
    """A partner, its coach, who may be their successors, and somebody of the institute's staff."""
    notifications.partner()
    notifications.person("per_leader")
    notifications.coach("per_coach")
    notifications.coach("per_successor", zone="Europe/Stockholm")
    notifications.coach("per_third")
    notifications.coach("per_staff", role="staff")
    return notifications


def change(
    notifications: NotificationsHarness, to: str = "per_successor", *, former: str = "per_coach", sequence: int = 5
) -> None:
    about: dict[str, Any] = {"engagement_id": "eng_1", "partner_id": "prt_1", "coach_id": to, "sequence": sequence}
    notifications.do(engagement.reassign_coaching, **about)
    notifications.do(engagement.tell_the_former_coach, former_coach_id=former, **about)


def ask(notifications: NotificationsHarness, *, coach: str = "per_coach", sequence: int = 4) -> None:
    notifications.do(
        engagement.ask_for_a_successor, sequence=sequence, engagement_id="eng_1", partner_id="prt_1", coach_id=coach,
        left_on=date(2026, 5, 29),
    )  # fmt: skip


def stop_asking(notifications: NotificationsHarness, *, sequence: int = 5) -> None:
    notifications.do(engagement.stop_asking_for_a_successor, sequence=sequence, engagement_id="eng_1")


def hand_over(notifications: NotificationsHarness, to: str = "per_third", *, former: str = "per_coach",
              sequence: int = 2, with_engagement: bool = False) -> None:  # fmt: skip
    about: dict[str, Any] = {**SESSION, "coach_id": to, "sequence": sequence}
    notifications.do(coaching_session.tell_the_session_coach, **about)
    more: dict[str, Any] = {"former_coach_id": former, "with_engagement": with_engagement}
    notifications.do(coaching_session.tell_the_former_session_coach, **about, **more)


def to_each(notifications: NotificationsHarness) -> list[tuple[str, str]]:
    """What is sent, or to be sent, to whom."""
    letters = [each for each in notifications.letters() if each["state"] != "cancelled"]
    return sorted((each["recipient_id"], each["category"]) for each in letters)


def test_a_session_is_told_at_its_time_where_it_is_and_where_its_reader_is(known: NotificationsHarness) -> None:
    hand_over(known)

    (letter,) = known.letters(category="session_taken_over")
    assert "on 10 June 2026 at 14:00 (Europe/Stockholm time; where you are 08:00 on 10 June 2026" in letter["body"]


# --- another coach leads ---


def test_the_new_coach_takes_over_what_is_open_and_both_are_told(known: NotificationsHarness) -> None:
    known.coach_after()
    known.coach_after(milestone_id="mst_2", title="Ten wards", reached_on=date(2026, 5, 30))

    change(known)

    assert {each["coach_id"] for each in known.follow_ups()} == {"per_successor"}
    assert to_each(known) == [("per_coach", "coaching_passed_on"), ("per_successor", "coaching_taken_over")]
    (told,) = known.letters(category="coaching_taken_over")
    # By the policy for aim targets fourteen days after each was reached.
    assert "- “Ten wards”, by 13 June 2026\n- “Infections halved”, by 15 June 2026\n" in told["body"]
    assert len(known.said("notifications.follow_up.reassigned")) == 2


def test_what_is_done_stays_with_whoever_did_it(known: NotificationsHarness) -> None:
    known.coach_after()
    known.hold()

    change(known)

    (done,) = known.follow_ups()
    assert (done["state"], done["coach_id"]) == ("completed", "per_coach")
    assert "No follow-up is open." in known.letters(category="coaching_taken_over")[0]["body"]


def test_a_follow_up_that_was_reassigned_falls_due_where_the_new_coach_is_and_reminds_them(
    known: NotificationsHarness,
) -> None:
    known.coach_after()
    change(known)

    known.it_is(BEFORE_IT_IS_DUE)
    known.let_due_fall()
    assert known.letters(category="follow_up_due") == []

    known.it_is(MIDNIGHT_IN_STOCKHOLM)
    known.let_due_fall()
    assert [each["recipient_id"] for each in known.letters(category="follow_up_due")] == ["per_successor"]


def test_a_milestone_reached_under_the_former_coach_and_heard_late_is_the_new_coachs(
    known: NotificationsHarness,
) -> None:
    change(known)

    known.coach_after(coach_id="per_coach")

    (follow_up,) = known.follow_ups()
    assert follow_up["coach_id"] == "per_successor"
    assert ("per_successor", "follow_up") in to_each(known)


def test_a_milestone_reached_while_the_coach_is_replaced_is_the_new_coachs(known: NotificationsHarness) -> None:
    for number in range(6):
        id = f"mst_{number}"
        threads = [
            threading.Thread(target=known.coach_after, kwargs={"milestone_id": id}),
            threading.Thread(target=change, args=(known,), kwargs={"sequence": 5 + number}),
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert [each["coach_id"] for each in known.follow_ups()] == ["per_successor"] * 6


def test_two_changes_of_coach_end_with_the_last_in_either_order(known: NotificationsHarness) -> None:
    known.coach_after()
    change(known, "per_third", former="per_successor", sequence=6)

    with pytest.raises(Superseded):
        change(known, "per_successor", sequence=5)
    known.do(engagement.tell_the_former_coach, sequence=5, engagement_id="eng_1", partner_id="prt_1",
             coach_id="per_successor", former_coach_id="per_coach")  # fmt: skip

    (follow_up,) = known.follow_ups()
    assert follow_up["coach_id"] == "per_third"
    assert to_each(known) == [
        ("per_coach", "coaching_passed_on"), ("per_successor", "coaching_passed_on"),
        ("per_third", "coaching_taken_over"),
    ]  # fmt: skip


def test_who_led_it_until_now_is_told_even_before_their_work_is_given_on(known: NotificationsHarness) -> None:
    known.do(engagement_standing.keep_the_lead_coach, sequence=3, engagement_id="eng_1", lead_coach_id="per_coach")

    known.do(engagement.tell_the_former_coach, sequence=4, engagement_id="eng_1", partner_id="prt_1",
             coach_id="per_successor", former_coach_id="per_coach")  # fmt: skip

    assert ("per_coach", "coaching_passed_on") in to_each(known)


def test_who_leads_it_again_is_not_told_that_somebody_else_does(known: NotificationsHarness) -> None:
    change(known, "per_coach", former="per_successor", sequence=6)

    known.do(engagement.tell_the_former_coach, sequence=5, engagement_id="eng_1", partner_id="prt_1",
             coach_id="per_successor", former_coach_id="per_coach")  # fmt: skip

    assert ("per_coach", "coaching_passed_on") not in to_each(known)


# --- nobody leads ---


def test_staff_are_asked_for_a_successor_and_nobody_else(known: NotificationsHarness) -> None:
    known.coach_after()
    known.leave("per_coach")

    ask(known)

    assert to_each(known) == [("per_staff", "coach_wanted")]
    (asked,) = known.letters(category="coach_wanted")
    assert (asked["about_kind"], asked["about_id"]) == ("engagement", "eng_1")
    assert "Person per_coach, who led the coaching of Partner prt_1" in asked["body"]
    assert "- “Infections halved”, by 15 June 2026" in asked["body"]


def test_where_no_staff_is_on_record_the_institutes_contact_is_asked(known: NotificationsHarness) -> None:
    known.leave("per_staff")

    ask(known)

    (asked,) = known.letters(category="coach_wanted")
    assert asked["to"] == "yael@institute.example"


def test_who_has_left_is_written_to_about_no_follow_up(known: NotificationsHarness) -> None:
    known.leave("per_coach")

    known.coach_after()
    known.it_is(datetime(2026, 6, 20, tzinfo=UTC))
    known.let_due_fall()

    assert [each["state"] for each in known.follow_ups()] == ["due"]
    assert to_each(known) == []
    change(known)
    assert "Infections halved" in known.letters(category="coaching_taken_over")[0]["body"]


def test_a_former_coach_who_has_left_is_told_nothing(known: NotificationsHarness) -> None:
    known.leave("per_coach")

    change(known)

    assert to_each(known) == [("per_successor", "coaching_taken_over")]


@pytest.mark.parametrize("end", [change, stop_asking], ids=["a successor is named", "back, or closed"])
def test_an_ask_that_is_not_sent_yet_is_cancelled_when_it_is_answered(known: NotificationsHarness, end: Any) -> None:
    ask(known)

    end(known)

    assert known.categories(category="coach_wanted") == ["coach_wanted: cancelled"]


@pytest.mark.parametrize("end", [change, stop_asking], ids=["a successor is named", "back, or closed"])
def test_an_ask_that_is_heard_after_its_answer_is_not_written(known: NotificationsHarness, end: Any) -> None:
    end(known)

    with pytest.raises(Superseded):
        ask(known)

    assert known.letters(category="coach_wanted") == []


def test_that_the_successor_has_left_too_is_asked_though_it_is_heard_first(known: NotificationsHarness) -> None:
    ask(known, coach="per_successor", sequence=6)

    change(known, sequence=5)

    assert known.categories(category="coach_wanted") == ["coach_wanted: ready"]


@pytest.mark.parametrize("order", [*permutations(range(4))], ids=str)
def test_in_any_order_what_is_open_is_the_successors_in_the_end(
    known: NotificationsHarness, order: tuple[int, ...]
) -> None:
    happened: list[Heard] = [
        known.coach_after, lambda: known.leave("per_coach"), lambda: ask(known), lambda: change(known),
    ]  # fmt: skip

    known.hear_all([happened[each] for each in order])

    (follow_up,) = known.follow_ups()
    assert (follow_up["state"], follow_up["coach_id"]) == ("planned", "per_successor")
    told = [category for recipient, category in to_each(known) if recipient == "per_successor"]
    assert "coaching_taken_over" in told
    assert {recipient for recipient, _ in to_each(known)} == {"per_successor"}


# --- a session of its own ---


def test_both_are_told_of_a_session_that_was_handed_over(known: NotificationsHarness) -> None:
    hand_over(known)

    assert to_each(known) == [("per_coach", "session_passed_on"), ("per_third", "session_taken_over")]
    for letter in known.letters():
        assert "10 June 2026 at 14:00 (Europe/Stockholm time" in letter["body"]
        assert (letter["about_kind"], letter["about_id"]) == ("coaching_session", "cos_1")


def test_of_a_session_that_went_with_the_engagement_the_former_coach_is_not_told_apart(
    known: NotificationsHarness,
) -> None:
    hand_over(known, with_engagement=True)

    assert to_each(known) == [("per_third", "session_taken_over")]


def test_a_session_that_was_handed_over_twice_is_told_to_its_last_coach_in_either_order(
    known: NotificationsHarness,
) -> None:
    hand_over(known, "per_successor", former="per_third", sequence=3)

    with pytest.raises(Superseded):
        hand_over(known, "per_third", sequence=2)

    assert to_each(known) == [("per_successor", "session_taken_over"), ("per_third", "session_passed_on")]


def test_whose_session_it_was_is_told_also_when_it_is_kept_only_afterwards_whose_it_is_now(
    known: NotificationsHarness,
) -> None:
    hand_over(known, "per_third", sequence=2)

    known.do(coaching_session.tell_the_former_session_coach, **SESSION, sequence=3, coach_id="per_successor",
             former_coach_id="per_third", with_engagement=False)  # fmt: skip

    assert ("per_third", "session_passed_on") in to_each(known)


def test_who_holds_a_session_again_is_not_told_that_somebody_else_does(known: NotificationsHarness) -> None:
    hand_over(known, "per_coach", former="per_third", sequence=3)

    known.do(coaching_session.tell_the_former_session_coach, **SESSION, sequence=2, coach_id="per_third",
             former_coach_id="per_coach", with_engagement=False)  # fmt: skip

    assert ("per_coach", "session_passed_on") not in to_each(known)


def begin(known: NotificationsHarness) -> None:
    known.do(coach_introduction.introduce_the_lead_coach, sequence=3, engagement_id="eng_1", partner_id="prt_1",
             lead_coach_id="per_coach")  # fmt: skip


def introduce(known: NotificationsHarness) -> None:
    known.do(coach_introduction.introduce_the_new_coach, sequence=5, engagement_id="eng_1", partner_id="prt_1",
             coach_id="per_successor")  # fmt: skip


def introduced(known: NotificationsHarness) -> list[tuple[str, str]]:
    named = [each for each in known.letters(category="coach_named") if each["state"] != "cancelled"]
    return sorted((each["recipient_id"], each["subject"]) for each in named)


def test_when_work_begins_the_coach_is_told_and_the_leaders_read_who_it_is_and_how_to_reach_them(
    known: NotificationsHarness,
) -> None:
    begin(known)

    assert introduced(known) == [
        ("per_coach", "You lead the coaching of Partner prt_1"),
        ("per_leader", "Your coach: Person per_coach"),
    ]
    to_the_leader = next(each for each in known.letters() if each["recipient_id"] == "per_leader")
    assert "Should you want to write first: per_coach@" in to_the_leader["body"]


@pytest.mark.parametrize(
    "order", list(permutations([begin, introduce, change])), ids=["123", "132", "213", "231", "312", "321"]
)
def test_leaders_read_of_the_coach_who_leads_since_and_of_no_other(known: NotificationsHarness, order: Any) -> None:
    for step in order:
        with suppress(Superseded):
            step(known)

    assert introduced(known) == [("per_leader", "Your coach: Person per_successor")]


def test_nobody_reads_that_they_lead_what_somebody_else_is_known_to_lead_since(known: NotificationsHarness) -> None:
    change(known)

    with pytest.raises(Superseded):
        begin(known)

    assert introduced(known) == []


def test_a_goodbye_that_comes_before_the_introduction_was_sent_takes_its_place(known: NotificationsHarness) -> None:
    begin(known)

    known.do(partner.say_goodbye, sequence=7, partner_id="prt_1", reason="Merged", departed_on=date(2026, 6, 2))

    assert introduced(known) == []
