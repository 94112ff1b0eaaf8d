"""Letters about sessions at camps: one about each decision, and none that holds no longer."""

from datetime import UTC, date, datetime
from itertools import permutations
from typing import Any

import pytest

from chassis.domain.errors import NotYetKnown, Superseded
from services.notifications.use_cases import camp_session
from services.notifications.use_cases.calendars import delegate
from tests.integration.notifications.harness import NotificationsHarness

SESSION = {"session_id": "ses_1", "partner_id": "prt_1", "title": "Huddles", "camp_title": "Summer Camp 2026"}
REASON = "There were more proposals than slots"


def decided(known: NotificationsHarness, decision: str, *, sequence: int) -> None:
    reason = REASON if decision == "declined" else None
    known.do(camp_session.tell_the_decision, sequence=sequence, decision=decision, reason=reason, **SESSION)


def evidence(known: NotificationsHarness, evidence: str, *, sequence: int, because: str | None = None) -> None:
    about = {"evidence": evidence, "because": because, **SESSION}
    known.do(camp_session.tell_whether_its_evidence_holds, sequence=sequence, **about)


def about_sessions(known: NotificationsHarness) -> list[str]:
    return [each for each in known.categories() if each.startswith("camp_session")]


def test_leaders_are_told_that_their_session_is_accepted(known: NotificationsHarness) -> None:
    decided(known, "accepted", sequence=2)

    (letter,) = known.letters(category="camp_session_accepted")
    assert (letter["recipient_id"], letter["about_id"]) == ("per_leader", "ses_1")
    assert letter["subject"] == "Accepted for Summer Camp 2026: Huddles"


def test_who_is_declined_is_told_why(known: NotificationsHarness) -> None:
    decided(known, "declined", sequence=2)

    (letter,) = known.letters(category="camp_session_declined")
    assert REASON in letter["body"]


def test_a_decision_that_is_not_sent_yet_and_holds_no_longer_never_is(known: NotificationsHarness) -> None:
    decided(known, "accepted", sequence=2)

    decided(known, "declined", sequence=3)

    assert about_sessions(known) == ["camp_session_accepted: cancelled", "camp_session_declined: ready"]


def test_what_is_withdrawn_is_not_told_to_be_accepted(known: NotificationsHarness) -> None:
    decided(known, "accepted", sequence=2)

    known.do(camp_session.stop_telling_what_was_decided, sequence=3, session_id="ses_1")

    assert about_sessions(known) == ["camp_session_accepted: cancelled"]


DECISIONS: dict[int, Any] = {
    2: lambda known: decided(known, "accepted", sequence=2),
    4: lambda known: known.do(camp_session.tell_that_it_is_cancelled, sequence=4, reason=REASON, **SESSION),
    5: lambda known: known.do(camp_session.tell_that_it_is_reinstated, sequence=5, **SESSION),
}


@pytest.mark.parametrize("order", list(permutations(DECISIONS)), ids=str)
def test_in_whatever_order_decisions_are_heard_only_the_last_is_told(
    known: NotificationsHarness, order: tuple[int, ...]
) -> None:
    for sequence in order:
        try:
            DECISIONS[sequence](known)
        except Superseded:
            continue

    assert [each for each in about_sessions(known) if "ready" in each] == ["camp_session_reinstated: ready"]


def test_when_its_evidence_is_gone_leaders_and_staff_are_told_once(known: NotificationsHarness) -> None:
    known.person("per_staff", partner_id=None, role="staff")

    evidence(known, "gone", sequence=3)

    letters = known.letters(category="camp_session_evidence")
    assert sorted(each["recipient_id"] for each in letters) == ["per_leader", "per_staff"]
    assert all("has been reopened" in each["body"] for each in letters)


@pytest.mark.parametrize(
    ("evidence_now", "because", "said"),
    [
        ("gone", "signal_withdrawn", "That signal is there no more"),
        ("gone", "measure_retired", "no more data are recorded for it"),
        ("changed", "measure_revised", "by naming the measure again"),
        ("changed", "score_fell", "it is not scored, or not decided, as it was"),
    ],
)
def test_why_what_it_shows_is_not_so_any_more_is_said(
    known: NotificationsHarness, evidence_now: str, because: str, said: str
) -> None:
    evidence(known, evidence_now, sequence=3, because=because)

    letters = known.letters(category="camp_session_evidence")
    assert letters and all(said in each["body"] for each in letters)


def test_that_it_holds_again_is_told_to_who_may_have_read_that_it_does_not(known: NotificationsHarness) -> None:
    evidence(known, "gone", sequence=3)
    known.post()

    evidence(known, "current", sequence=4)

    assert "camp_session_evidence_holds: ready" in about_sessions(known)


def test_nobody_is_told_that_it_holds_again_who_was_not_told_that_it_does_not(known: NotificationsHarness) -> None:
    evidence(known, "gone", sequence=3)

    evidence(known, "current", sequence=4)

    assert {*about_sessions(known)} == {"camp_session_evidence: cancelled"}


def test_of_a_session_that_does_not_take_place_any_more_no_evidence_is_told(known: NotificationsHarness) -> None:
    known.do(camp_session.tell_that_it_is_cancelled, sequence=4, reason=REASON, **SESSION)

    evidence(known, "gone", sequence=3)

    assert about_sessions(known) == ["camp_session_cancelled: ready"]


def test_a_partner_that_departed_is_told_nothing_of_its_sessions(known: NotificationsHarness) -> None:
    known.depart()

    decided(known, "accepted", sequence=2)

    assert about_sessions(known) == []


COMES: dict[str, Any] = {
    "camp_id": "cmp_1", "partner_id": "prt_1", "person_id": None, "name": "Maria Souza",
    "email": "maria@region.example", "language": "en", "zone": "America/Sao_Paulo", "attends": "in_person",
    "camp_title": "Summer Camp 2026", "place": "Boston", "camp_zone": "America/New_York",
    "starts_on": date(2026, 7, 14), "ends_on": date(2026, 7, 15), "begins_at": datetime(2026, 7, 14, 13, tzinfo=UTC),
    "ends_at": datetime(2026, 7, 15, 21, tzinfo=UTC), "anchor_revision": 0,
}  # fmt: skip


def named(known: NotificationsHarness, id: str = "dlg_1", **about: Any) -> str:
    known.do(delegate.tell_who_is_named, sequence=1, delegate_id=id, **(COMES | about))
    return id


def recipients(known: NotificationsHarness, category: str) -> list[str]:
    return sorted(each["recipient_id"] for each in known.letters(category=category))


def test_who_presents_a_session_is_told_the_decision_beside_who_leads_the_partner(known: NotificationsHarness) -> None:
    known.do(camp_session.tell_the_decision, sequence=2, decision="accepted", presenter_ids=[named(known)], **SESSION)

    letters = {each["recipient_id"]: each for each in known.letters(category="camp_session_accepted")}
    assert sorted(letters) == ["dlg_1", "per_leader"]
    assert "You are named as who presents it." in letters["dlg_1"]["body"]
    assert "you are named to present this session of Partner prt_1." in letters["dlg_1"]["body"]
    assert "Please answer this letter" in letters["per_leader"]["body"]


def test_a_leader_who_presents_has_one_letter(known: NotificationsHarness) -> None:
    presenter = named(known, person_id="per_leader")

    known.do(camp_session.tell_the_decision, sequence=2, decision="accepted", presenter_ids=[presenter], **SESSION)

    assert recipients(known, "camp_session_accepted") == ["per_leader"]


def test_who_does_not_come_any_more_is_told_no_decision(known: NotificationsHarness) -> None:
    presenter = named(known)
    known.do(delegate.tell_who_is_withdrawn, sequence=2, because="by_hand", delegate_id=presenter, **COMES)

    known.do(camp_session.tell_the_decision, sequence=2, decision="accepted", presenter_ids=[presenter], **SESSION)

    assert recipients(known, "camp_session_accepted") == ["per_leader"]


def test_a_decision_waits_until_who_presents_is_known(known: NotificationsHarness) -> None:
    with pytest.raises(NotYetKnown, match="dlg_1"):
        known.do(camp_session.tell_the_decision, sequence=2, decision="accepted", presenter_ids=["dlg_1"], **SESSION)

    assert about_sessions(known) == []


def test_who_presents_hears_of_its_evidence_and_that_it_holds_again(known: NotificationsHarness) -> None:
    about = {"presenter_ids": [named(known)], **SESSION}
    known.do(camp_session.tell_whether_its_evidence_holds, sequence=3, evidence="gone", **about)
    known.post()

    known.do(camp_session.tell_whether_its_evidence_holds, sequence=4, evidence="current", **about)

    assert "dlg_1" in recipients(known, "camp_session_evidence")
    assert "dlg_1" in recipients(known, "camp_session_evidence_holds")
