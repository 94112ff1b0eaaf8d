"""A partner departs and is admitted anew: everybody is told of both, once, whichever is heard first."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import permutations

import pytest

from services.notifications.use_cases import coach_introduction, invitation, invitation_end, partner, waitlist
from tests.integration.notifications.harness import Heard, NotificationsHarness
from tests.integration.notifications.standing import close, come_back, depart, pause, resume, told
from tests.integration.notifications.test_alerts_and_answers import OFFERED
from tests.integration.notifications.test_camps_change import change


@pytest.mark.parametrize("order", [*permutations(range(3))], ids=str)
def test_who_was_invited_before_a_departure_is_told_of_it_once_also_when_the_partner_is_back(
    coached: NotificationsHarness, order: tuple[int, ...]
) -> None:
    coached.invite()
    coached.post()
    withdrawn = {"reason": "The partnership has ended", "kind": "partner_departed"}
    heard: list[Heard] = [
        lambda: depart(coached),
        lambda: come_back(coached),
        lambda: coached.about_the_invitation(invitation_end.announce_withdrawal, sequence=2, **withdrawn),
    ]

    coached.hear_all([heard[index] for index in order])

    (goodbye,) = coached.letters(category="farewell")
    assert sorted(told(coached, "per_leader")) == ["farewell", "welcome"]
    assert "Merged" in goodbye["body"]


def test_a_goodbye_that_comes_late_is_written_once_and_not_to_who_leads_the_partner_since(
    coached: NotificationsHarness,
) -> None:
    come_back(coached)
    depart(coached)
    coached.person("per_newcomer")

    depart(coached)

    assert [each["recipient_id"] for each in coached.letters(category="farewell")] == ["per_leader"]


def test_a_goodbye_that_comes_late_takes_the_place_of_what_is_not_sent_yet_of_the_partnership_it_is_about(
    coached: NotificationsHarness,
) -> None:
    rests = {"partner_id": "prt_1", "reason": "Elections", "paused_on": date(2026, 6, 1)}
    coached.do(partner.tell_the_leaders_that_it_rests, sequence=2, **rests)
    come_back(coached)

    depart(coached)

    assert coached.categories(category="partnership_paused") == ["partnership_paused: cancelled"]
    assert coached.categories(category="welcome") == ["welcome: ready"]


def introduce(notifications: NotificationsHarness) -> None:
    about = {"engagement_id": "eng_2", "partner_id": "prt_1", "lead_coach_id": "per_coach", "admission_number": 2}
    notifications.do(coach_introduction.introduce_the_lead_coach, sequence=3, **about)


def pause_partner(notifications: NotificationsHarness) -> None:
    about = {"partner_id": "prt_1", "reason": "Elections", "paused_on": date(2026, 6, 4), "admission_number": 2}
    notifications.do(partner.tell_the_leaders_that_it_rests, sequence=10, **about)


def resume_partner(notifications: NotificationsHarness) -> None:
    about = {"partner_id": "prt_1", "resumed_on": date(2026, 6, 4), "admission_number": 2}
    notifications.do(partner.tell_the_leaders_that_it_goes_on, sequence=11, **about)


def offer_seats(notifications: NotificationsHarness) -> None:
    until = datetime(2026, 6, 29, 21, 30, tzinfo=UTC)
    about = {**OFFERED, "offer_until": until, "admission_number": 2}
    notifications.about_the_invitation(invitation.write_the_offer, sequence=3, **about)


def join_the_waitlist(notifications: NotificationsHarness) -> None:
    about = {**OFFERED, "position": 3, "admission_number": 2}
    notifications.about_the_invitation(waitlist.write_that_it_waits, sequence=3, **about)


OF_THE_PRESENT: dict[str, Callable[[NotificationsHarness], None]] = {
    "coach_named": introduce,
    "invitation": lambda it: it.invite(admission_number=2),
    "waitlist_offer": offer_seats,
    "waitlist_joined": join_the_waitlist,
    "partnership_paused": pause_partner,
    "partnership_resumed": resume_partner,
    "work_paused": lambda it: pause(it, engagement_id="eng_2", admission_number=2),
    "work_resumed": lambda it: resume(it, engagement_id="eng_2", admission_number=2),
}
"""News of the present admission, by the category of the letter to the leaders."""


@pytest.mark.parametrize("order", [*permutations(range(3))], ids=str)
@pytest.mark.parametrize("category", OF_THE_PRESENT)
def test_news_of_the_present_admission_are_told_in_whichever_order_they_are_heard(
    coached: NotificationsHarness, category: str, order: tuple[int, ...]
) -> None:
    heard: list[Heard] = [
        lambda: depart(coached),
        lambda: come_back(coached),
        lambda: OF_THE_PRESENT[category](coached),
    ]

    coached.hear_all([heard[index] for index in order])

    assert told(coached, "per_leader").count(category) == 1


def test_who_is_back_is_not_told_of_an_invitation_of_the_admission_that_has_ended(
    coached: NotificationsHarness,
) -> None:
    """Nor of what is otherwise about its camp, and nothing waits for that."""
    come_back(coached)

    coached.hear_all([coached.invite, lambda: change(coached)])

    assert told(coached, "per_leader") == ["welcome"]


@pytest.mark.parametrize("order", [*permutations(range(4))], ids=str)
def test_what_a_coach_was_to_do_in_an_earlier_admission_ends_and_that_of_the_present_one_stays(
    coached: NotificationsHarness, order: tuple[int, ...]
) -> None:
    """The departure says nothing of an admission that has followed; the end of its engagement ends what was open."""
    heard: list[Heard] = [
        coached.depart,
        lambda: come_back(coached),
        lambda: close(coached, with_partner=True),
        lambda: coached.coach_after(milestone_id="mst_2", engagement_id="eng_2", admission_number=2),
    ]

    coached.hear_all([heard[index] for index in order])

    states = {each["milestone_id"]: each["state"] for each in coached.follow_ups()}
    assert states == {"mst_1": "cancelled", "mst_2": "planned"}
