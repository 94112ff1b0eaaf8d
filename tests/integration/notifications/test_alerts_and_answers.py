"""Letters about milestones in trouble, and about invitations from the offer to the answer."""

import threading
from datetime import UTC, date, datetime
from typing import Any

import pytest

from chassis.domain.errors import NotYetKnown, Superseded
from services.notifications.use_cases import invitation, invitation_end, milestone, partner
from tests.integration.notifications.harness import NotificationsHarness

WEEK_BEFORE, DAYS_BEFORE = datetime(2026, 6, 22, 13, tzinfo=UTC), datetime(2026, 6, 27, 13, tzinfo=UTC)
OFFERED = {
    "camp_title": "Summer Camp 2026", "place": "Boston", "zone": "America/New_York", "starts_on": date(2026, 7, 13),
    "ends_on": date(2026, 7, 15), "seats": 4, "reasons": [{"kind": "milestone", "title": "Infections halved"}],
}  # fmt: skip


@pytest.fixture
def known(notifications: NotificationsHarness) -> NotificationsHarness:
    """A partner, its leader and its coach are known."""
    notifications.partner()
    notifications.person("per_leader")
    notifications.coach("per_coach")
    return notifications


@pytest.fixture
def invited(known: NotificationsHarness) -> NotificationsHarness:
    """The partner is invited, with an answer by 29 June 2026."""
    known.invite()
    return known


def alert(notifications: NotificationsHarness, category: str, *, sequence: int = 2) -> None:
    use_cases: dict[str, Any] = {"at_risk": milestone.alert_the_coach, "missed": milestone.alert_the_coach_of_a_miss}
    reason: dict[str, Any] = {"reason": "the data come too late"} if category == "at_risk" else {}
    notifications.do(
        use_cases[category], sequence=sequence, partner_id="prt_1", engagement_id="eng_1", milestone_id="mst_1",
        coach_id="per_coach", title="Ten wards", due_on=date(2026, 9, 1), **reason,
    )  # fmt: skip


@pytest.mark.parametrize("trouble", ["at_risk", "missed"])
def test_the_coach_hears_once_of_each_trouble(known: NotificationsHarness, trouble: str) -> None:
    alert(known, trouble)
    alert(known, trouble)

    (letter,) = known.letters()
    assert (letter["category"], letter["about_kind"]) == (f"milestone_{trouble}", "milestone")
    assert letter["recipient_id"] == "per_coach"
    assert "1 September 2026" in letter["body"]


def test_a_milestone_at_risk_is_told_with_its_reason(known: NotificationsHarness) -> None:
    alert(known, "at_risk")

    assert "the data come too late" in known.letters()[0]["body"]


def test_nobody_is_alerted_before_the_coach_is_known(notifications: NotificationsHarness) -> None:
    notifications.partner()

    with pytest.raises(NotYetKnown, match="per_coach"):
        alert(notifications, "missed")


def accept(notifications: NotificationsHarness, *, sequence: int = 2) -> None:
    notifications.about_the_invitation(invitation.confirm_the_answer, sequence=sequence, seats=3)


def decline(notifications: NotificationsHarness, *, sequence: int = 2) -> None:
    notifications.about_the_invitation(invitation.confirm_the_answer_no, sequence=sequence)


def withdraw(notifications: NotificationsHarness, *, sequence: int = 2, kind: str = "by_staff") -> None:
    why = {"reason": "The camp is smaller", "kind": kind}
    notifications.about_the_invitation(invitation_end.announce_withdrawal, sequence=sequence, **why)


def promote(notifications: NotificationsHarness, *, sequence: int = 2) -> None:
    until = datetime(2026, 6, 29, 21, 30, tzinfo=UTC)
    notifications.about_the_invitation(invitation.write_the_offer, sequence=sequence, offer_until=until, **OFFERED)


def test_a_yes_is_confirmed_with_the_seats(invited: NotificationsHarness) -> None:
    accept(invited)

    (letter,) = invited.letters(category="invitation_accepted")
    assert "Seats kept for you: 3" in letter["body"]


def test_a_no_is_confirmed(invited: NotificationsHarness) -> None:
    decline(invited)

    (letter,) = invited.letters(category="invitation_declined")
    assert letter["about_id"] == "inv_1"


def test_an_answer_that_is_heard_before_the_invitation_waits_for_it(known: NotificationsHarness) -> None:
    with pytest.raises(NotYetKnown, match="inv_1"):
        accept(known)


def test_of_two_answers_the_earlier_that_comes_late_is_not_confirmed(invited: NotificationsHarness) -> None:
    decline(invited, sequence=3)

    with pytest.raises(Superseded):
        accept(invited, sequence=2)


def test_seats_that_became_free_are_offered_with_the_hour_at_the_camp(known: NotificationsHarness) -> None:
    promote(known)

    (letter,) = known.letters()
    assert letter["category"] == "waitlist_offer"
    assert "by 17:30 on 29 June 2026 (America/New_York time; where you are" in letter["body"]


def test_every_letter_about_an_offer_says_the_hour_at_which_it_ends(known: NotificationsHarness) -> None:
    promote(known)
    perhaps(known, sequence=3)
    decline(known, sequence=4)
    known.about_the_invitation(invitation.confirm_what_holds_again, sequence=5, state="tentative")
    known.it_is(WEEK_BEFORE)
    known.remind_of_answers()

    bodies = {each["category"]: each["body"] for each in known.letters()}
    assert "kept until 17:30 on 29 June 2026 (America/New_York time; where you are" in bodies["invitation_tentative"]
    assert "by 17:30 on 29 June 2026 (America/New_York time; where you are" in bodies["invitation_answer_undone"]
    assert "by 17:30 on 29 June 2026 (America/New_York time; where you are" in bodies["answer_reminder"]


def test_that_an_invitation_ends_with_its_partnership_is_left_to_the_goodbye_also_when_that_comes_later(
    invited: NotificationsHarness,
) -> None:
    invited.post()

    withdraw(invited, kind="partner_departed")

    assert invited.letters(category="invitation_withdrawn") == []


def test_whoever_knows_of_an_invitation_hears_that_it_is_withdrawn(invited: NotificationsHarness) -> None:
    invited.post()

    withdraw(invited)

    (letter,) = invited.letters(category="invitation_withdrawn")
    assert letter["recipient_id"] == "per_leader"
    assert "The reason that we were given: The camp is smaller" in letter["body"]


def test_whoever_does_not_know_of_an_invitation_never_hears_of_it(invited: NotificationsHarness) -> None:
    withdraw(invited)

    assert invited.categories() == ["invitation: cancelled"]


def test_a_withdrawal_that_comes_after_the_next_invitation_frightens_nobody(invited: NotificationsHarness) -> None:
    invited.invite(sequence=3)
    invited.post()

    withdraw(invited, sequence=2)

    assert invited.categories() == ["invitation: sent", "invitation: sent"]


def test_whoever_knows_of_an_invitation_hears_that_it_has_expired(invited: NotificationsHarness) -> None:
    invited.post()

    invited.about_the_invitation(invitation_end.announce_expiry)

    (letter,) = invited.letters(category="invitation_expired")
    assert "the seats go to others" in letter["body"]


def perhaps(notifications: NotificationsHarness, *, sequence: int = 2) -> None:
    notifications.about_the_invitation(invitation.confirm_the_answer_perhaps, sequence=sequence)


def test_a_perhaps_is_confirmed_and_still_reminded_of(invited: NotificationsHarness) -> None:
    perhaps(invited)
    invited.it_is(WEEK_BEFORE)
    invited.remind_of_answers()

    (letter,) = invited.letters(category="invitation_tentative")
    assert "Your seats are kept until the end of 29 June 2026 (America/New_York time; where you are" in letter["body"]
    assert len(invited.letters(category="answer_reminder")) == 1


def test_who_said_perhaps_is_not_told_that_it_did_not_answer(invited: NotificationsHarness) -> None:
    invited.post()
    perhaps(invited)
    invited.it_is(WEEK_BEFORE)
    invited.remind_of_answers()
    invited.about_the_invitation(invitation_end.announce_expiry, sequence=3)

    told = {each["category"]: each["body"] for each in invited.letters()}
    for category in ("answer_reminder", "invitation_expired"):
        assert "no answer" not in told[category]
        assert "not answered" not in told[category]


@pytest.mark.parametrize(
    ("state", "sentence", "reminders"),
    [
        ("accepted", "you are expected again", 0),
        ("issued", "by the end of 29 June 2026 (America/New_York time; where you are", 1),
    ],
)
def test_a_no_taken_back_says_what_holds_again(
    invited: NotificationsHarness, state: str, sentence: str, reminders: int
) -> None:
    decline(invited)

    invited.about_the_invitation(invitation.confirm_what_holds_again, sequence=3, state=state)
    invited.it_is(WEEK_BEFORE)
    invited.remind_of_answers()

    (letter,) = invited.letters(category="invitation_answer_undone")
    assert sentence in letter["body"]
    assert len(invited.letters(category="answer_reminder")) == reminders
    assert invited.categories(category="invitation_declined") == ["invitation_declined: cancelled"]


def test_an_invitation_heard_of_after_its_withdrawal_is_not_written(known: NotificationsHarness) -> None:
    withdraw(known, sequence=2)

    with pytest.raises(Superseded):
        known.invite(sequence=1)
    with pytest.raises(Superseded):
        accept(known, sequence=1)

    assert known.letters() == []


# --- reminders ---


def test_an_answer_is_reminded_of_twice_and_not_oftener(invited: NotificationsHarness) -> None:
    for now in (datetime(2026, 6, 22, 12, tzinfo=UTC), WEEK_BEFORE, WEEK_BEFORE, DAYS_BEFORE, DAYS_BEFORE):
        invited.it_is(now)
        invited.remind_of_answers()

    reminders = list(invited.store.database["letters"].find({"category": "answer_reminder"}).sort("_id"))
    assert [each["occasion"].rpartition(":")[2] for each in reminders] == ["7_days", "2_days"]
    assert "29 June 2026" in reminders[0]["subject"]


def test_however_many_replicas_there_are_each_leader_is_reminded_once(invited: NotificationsHarness) -> None:
    invited.it_is(WEEK_BEFORE)
    replicas = [threading.Thread(target=invited.remind_of_answers, args=(f"process_{each}",)) for each in range(4)]

    for replica in replicas:
        replica.start()
    for replica in replicas:
        replica.join()

    assert len(invited.letters(category="answer_reminder")) == 1


@pytest.mark.parametrize("end", [accept, decline, withdraw])
def test_nobody_is_reminded_of_what_is_answered_or_withdrawn(invited: NotificationsHarness, end: object) -> None:
    assert callable(end)
    end(invited)
    invited.it_is(WEEK_BEFORE)

    invited.remind_of_answers()

    assert invited.letters(category="answer_reminder") == []


def test_a_reminder_that_is_still_here_when_the_answer_comes_is_not_sent(invited: NotificationsHarness) -> None:
    invited.it_is(WEEK_BEFORE)
    invited.remind_of_answers()

    accept(invited)

    assert invited.categories(category="answer_reminder") == ["answer_reminder: cancelled"]


def test_while_the_partnership_rests_nobody_is_reminded_and_what_is_not_sent_is_taken_back(
    invited: NotificationsHarness,
) -> None:
    invited.it_is(WEEK_BEFORE)
    invited.remind_of_answers()
    about = {"partner_id": "prt_1", "reason": "Elections", "paused_on": date(2026, 6, 22)}
    invited.do(partner.tell_the_leaders_that_it_rests, sequence=2, **about)

    invited.it_is(DAYS_BEFORE)
    invited.remind_of_answers()

    assert invited.categories(category="answer_reminder") == ["answer_reminder: cancelled"]


def test_who_goes_on_in_time_is_reminded_again(invited: NotificationsHarness) -> None:
    about = {"partner_id": "prt_1", "reason": "Elections", "paused_on": date(2026, 6, 1)}
    invited.do(partner.tell_the_leaders_that_it_rests, sequence=2, **about)
    invited.do(partner.tell_the_leaders_that_it_goes_on, sequence=3, partner_id="prt_1", resumed_on=date(2026, 6, 23))
    invited.it_is(DAYS_BEFORE)

    invited.remind_of_answers()

    assert invited.categories(category="answer_reminder") == ["answer_reminder: ready"]
