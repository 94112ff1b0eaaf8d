"""Whether anybody who leads a partner can be written to."""

from datetime import UTC, date, datetime
from typing import Any

from services.notifications.model.copied import Recipient
from services.notifications.model.reachability import Reachability
from tests.builders.notifications import a_recipient

MONDAY = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
TUESDAY = datetime(2026, 6, 2, 9, 0, tzinfo=UTC)
GONE = a_recipient(id="per_gone", left_on=date(2026, 5, 31))
REFUSED = a_recipient(id="per_refused", refused="asa@jonkoping.example")
PRESENT = a_recipient(id="per_present")


def judged(*leaders: Recipient, at: datetime = MONDAY, known: Reachability | None = None, **about: Any) -> Reachability:
    reachability = known or Reachability(id="prt_1", partner_id="prt_1")
    reachability.recorded.clear()
    reachability.judge(leaders, is_needed=True, at=at, **about)
    return reachability


def told(reachability: Reachability) -> list[str]:
    return [event.type for event in reachability.recorded]


def test_one_leader_who_is_there_is_enough() -> None:
    reachability = judged(GONE, REFUSED, PRESENT)

    assert (reachability.state, told(reachability)) == ("reachable", [])


def test_when_all_leaders_have_left_nobody_can_be_written_to() -> None:
    reachability = judged(GONE)

    assert (reachability.state, reachability.because) == ("unreachable", "nobody_leads")
    assert reachability.unreachable_since == MONDAY
    assert told(reachability) == ["notifications.recipient.unreachable"]


def test_when_mail_to_those_who_are_there_fails_for_good_nobody_can_be_written_to() -> None:
    assert judged(GONE, REFUSED).because == "mail_refused"


def test_unreachability_is_published_once_for_each_cause_since_its_first_day() -> None:
    reachability = judged(GONE, REFUSED)

    assert told(judged(GONE, REFUSED, at=TUESDAY, known=reachability)) == []
    assert told(judged(GONE, at=TUESDAY, known=reachability)) == ["notifications.recipient.unreachable"]
    assert reachability.unreachable_since == MONDAY


def test_who_joins_can_be_written_to_again() -> None:
    reachability = judged(GONE, PRESENT, known=judged(GONE))

    assert (reachability.state, reachability.because, reachability.unreachable_since) == ("reachable", None, None)
    assert told(reachability) == ["notifications.recipient.reachable"]


def test_a_partner_that_departed_is_not_unreachable() -> None:
    reachability = judged(GONE)

    reachability.judge([GONE], is_needed=False, at=TUESDAY)

    assert reachability.state == "reachable"


def test_an_address_that_refused_a_letter_is_tried_as_soon_as_it_is_another_one() -> None:
    leader = a_recipient(email="old@address.example")

    assert leader.refuse("old@address.example", at=MONDAY)
    assert not leader.takes_mail
    moved = a_recipient(seen_sequence=2, email="new@address.example").in_place_of(leader)
    assert moved.takes_mail


def test_a_letter_that_arrives_shows_that_the_address_takes_mail_after_all() -> None:
    leader = a_recipient(email="asa@address.example", refused="asa@address.example")

    assert leader.accept("asa@address.example")
    assert leader.takes_mail


def test_a_letter_to_a_former_address_says_nothing_of_the_present_one() -> None:
    leader = a_recipient(email="new@address.example")

    assert not leader.refuse("old@address.example", at=MONDAY)
    assert leader.takes_mail
