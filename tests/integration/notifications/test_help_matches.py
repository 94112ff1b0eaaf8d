"""Two partners are told once, and truly, that one asks for what the other offers, and what became of it."""

from datetime import date
from itertools import permutations
from typing import Any

import pytest

from chassis.domain.errors import NotYetKnown, Superseded
from services.notifications.use_cases import help_match, partner
from tests.integration.notifications.harness import NotificationsHarness

MATCH: dict[str, Any] = {
    "match_id": "mat_1",
    "asking_partner_id": "prt_1",
    "offering_partner_id": "prt_2",
    "ask_title": "Huddles at night",
    "offer_title": "Huddles, day and night",
    "by_partner_id": None,
}
REASONS = [{"kind": "topic", "what": "daily_huddles"}, {"kind": "by_hand", "what": "You met in Boston"}]


@pytest.fixture
def two(known: NotificationsHarness) -> NotificationsHarness:
    """Two partners and who leads them are known."""
    known.partner("prt_2", leader_ids=("per_other",))
    known.person("per_other", partner_id="prt_2", name="Bo Exempel", email="bo@other.example")
    return known


def suggest(two: NotificationsHarness, *, sequence: int = 1, **about: Any) -> None:
    two.do(help_match.suggest_that_they_meet, sequence=sequence, **MATCH | about, reasons=REASONS)


def match(two: NotificationsHarness, *, sequence: int = 2) -> None:
    two.do(help_match.tell_whom_to_write_to, sequence=sequence, **MATCH | {"by_partner_id": "prt_2"})


def decline(two: NotificationsHarness, *, sequence: int = 3, by: str = "prt_2") -> None:
    said = {"by_partner_id": by, "reason": "Nobody is free"}
    two.do(help_match.tell_that_they_do_not_meet, sequence=sequence, **MATCH | said)


def end(two: NotificationsHarness, because: str, *, sequence: int = 3, by: str | None = "prt_2") -> None:
    said = {"by_partner_id": by, "because": because}
    two.do(help_match.tell_that_they_do_not_meet, sequence=sequence, **MATCH | said)


def said(two: NotificationsHarness) -> list[str]:
    """To whom which letter went or is to go, in the order of writing."""
    return [f"{each['category']} to {each['recipient_id']}: {each['state']}" for each in two.letters()]


def body(two: NotificationsHarness, category: str, recipient_id: str) -> str:
    (letter,) = [each for each in two.letters(category=category) if each["recipient_id"] == recipient_id]
    return f"{letter['subject']}\n{letter['body']}"


def test_both_are_told_once_that_they_may_help_each_other_and_why(two: NotificationsHarness) -> None:
    suggest(two)
    with pytest.raises(Superseded):
        suggest(two)

    assert said(two) == ["help_suggested to per_leader: ready", "help_suggested to per_other: ready"]
    asking, offering = (body(two, "help_suggested", each) for each in ("per_leader", "per_other"))
    assert asking.startswith("Partner prt_2 may be able to help you: Huddles at night\n")
    assert offering.startswith("Partner prt_1 asks for help that you offer: Huddles at night\n")
    for letter in (asking, offering):
        assert "both are about the topic “daily huddles”" in letter
        assert "we suggest it ourselves: You met in Boston" in letter
        assert "bo@other.example" not in letter


def test_each_letter_is_the_partners_own_to_read(two: NotificationsHarness) -> None:
    suggest(two)

    assert [(each["partner_id"], each["about_kind"]) for each in two.letters()] == [
        ("prt_1", "match"), ("prt_2", "match"),
    ]  # fmt: skip


def test_once_both_accept_each_learns_whom_to_write_to(two: NotificationsHarness) -> None:
    suggest(two)
    two.post()
    match(two)

    assert "Bo Exempel, bo@other.example" in body(two, "help_matched", "per_leader")
    assert "bo@other.example" not in body(two, "help_matched", "per_other")


def test_where_nobody_can_be_written_to_the_letter_says_who_knows(two: NotificationsHarness) -> None:
    two.leave("per_other")
    match(two)

    assert "Nobody who leads Partner prt_2 can be written to just now" in body(two, "help_matched", "per_leader")


@pytest.mark.parametrize(
    ("because", "says"),
    [
        ("ask_fulfilled", "has been given"),
        ("ask_withdrawn", "It is asked for no more"),
        ("offer_fulfilled", "is offered no more"),
        ("offer_withdrawn", "It is offered no more"),
        ("no_longer_fits", "do not fit any more"),
        ("partner_paused", "The partnership of Partner prt_2 rests for now"),
        ("partner_departed", "Partner prt_2 has left the programme"),
    ],
)
def test_who_was_told_is_told_why_it_stands_no_more_and_who_ended_it_is_not(
    two: NotificationsHarness, because: str, says: str
) -> None:
    suggest(two)
    two.post()
    end(two, because)

    assert [each for each in said(two) if "help_ended" in each] == ["help_ended to per_leader: ready"]
    assert says in body(two, "help_ended", "per_leader")


def test_what_neither_ended_is_told_to_both(two: NotificationsHarness) -> None:
    suggest(two)
    two.post()
    end(two, "no_longer_fits", by=None)

    assert [each for each in said(two) if "help_ended" in each] == [
        "help_ended to per_leader: ready", "help_ended to per_other: ready",
    ]  # fmt: skip


def test_the_reason_of_a_no_is_in_the_letter(two: NotificationsHarness) -> None:
    suggest(two)
    two.post()
    decline(two)

    told = body(two, "help_ended", "per_leader")
    assert "Partner prt_2 does not want to meet about it. The reason that was given: Nobody is free" in told


def test_what_was_not_sent_yet_never_is_and_nobody_is_told_that_it_ended(two: NotificationsHarness) -> None:
    suggest(two)
    decline(two)

    assert said(two) == ["help_suggested to per_leader: cancelled", "help_suggested to per_other: cancelled"]


def test_who_takes_a_no_back_needs_no_letter_and_the_other_is_asked_again(two: NotificationsHarness) -> None:
    suggest(two)
    two.post()
    decline(two)
    two.post()
    suggest(two, sequence=4, by_partner_id="prt_2")

    assert said(two)[2:] == ["help_ended to per_leader: sent", "help_suggested to per_leader: ready"]


def test_who_was_told_once_is_told_in_the_end_whatever_was_kept_back_between(two: NotificationsHarness) -> None:
    suggest(two)
    two.post()
    decline(two)
    suggest(two, sequence=4, by_partner_id="prt_2")
    decline(two, sequence=5)
    two.post()
    decline(two, sequence=6)

    told = [each for each in said(two) if "per_leader" in each and not each.endswith("cancelled")]
    assert told == ["help_suggested to per_leader: sent", "help_ended to per_leader: sent"]


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_whatever_the_order_the_newest_is_what_is_told(two: NotificationsHarness, order: tuple[int, ...]) -> None:
    deeds = [lambda: suggest(two), lambda: match(two), lambda: decline(two)]
    for at in order:
        try:
            deeds[at]()
        except Superseded:
            assert at < max(order[: order.index(at)])

    assert [each for each in said(two) if not each.endswith("cancelled")] == []


def test_nothing_is_told_before_both_partners_are_known(known: NotificationsHarness) -> None:
    with pytest.raises(NotYetKnown):
        suggest(known)

    assert known.letters() == []


def test_who_has_departed_gets_no_letter_about_a_match(two: NotificationsHarness) -> None:
    suggest(two)
    two.do(partner.say_goodbye, sequence=9, partner_id="prt_1", reason="Merged", departed_on=date(2026, 6, 1))

    assert "help_suggested to per_leader: cancelled" in said(two)
    assert "help_suggested to per_other: ready" in said(two)
