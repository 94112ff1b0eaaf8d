from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.domain.errors import Superseded
from services.notifications.model.invitation import Invitation, Offer

OFFER = Offer(
    camp_title="Summer Camp 2026",
    place="Boston",
    zone="America/New_York",
    starts_on=date(2026, 7, 13),
    ends_on=date(2026, 7, 15),
    answer_by=date(2026, 6, 29),
)
WEEK_BEFORE, DAYS_BEFORE = datetime(2026, 6, 22, 13, tzinfo=UTC), datetime(2026, 6, 27, 13, tzinfo=UTC)
EARLY = datetime(2026, 6, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def an_invitation(*, offered_at: datetime = EARLY) -> Invitation:
    invitation = Invitation(id="inv_1", partner_id="prt_1")
    invitation.keep_offer(OFFER, sequence=1, at=offered_at)
    return invitation


@pytest.mark.parametrize(
    ("offered_at", "remind_at"),
    [
        (EARLY, WEEK_BEFORE),
        (WEEK_BEFORE - SECOND, WEEK_BEFORE),
        (WEEK_BEFORE, DAYS_BEFORE),
        (DAYS_BEFORE, None),
    ],
)
def test_an_answer_is_reminded_of_seven_and_two_days_before_at_nine_where_the_camp_is(
    offered_at: datetime, remind_at: datetime | None
) -> None:
    assert an_invitation(offered_at=offered_at).remind_at == remind_at


def test_each_reminder_is_given_once() -> None:
    invitation = an_invitation()

    given = [invitation.remind(at=moment) for moment in (WEEK_BEFORE, WEEK_BEFORE, DAYS_BEFORE, DAYS_BEFORE)]

    assert given == [7, None, 2, None]
    assert invitation.remind_at is None


def test_of_two_reminders_that_were_missed_only_the_last_is_given() -> None:
    assert an_invitation().remind(at=DAYS_BEFORE + timedelta(hours=5)) == 2


def test_nobody_is_reminded_when_the_last_day_has_come() -> None:
    assert an_invitation().remind(at=OFFER.reminder(0)) is None


def test_whoever_has_answered_is_not_reminded() -> None:
    invitation = an_invitation()

    invitation.keep_answer(sequence=2, at=EARLY, comes=True)

    assert (invitation.is_open, invitation.remind_at) == (False, None)


def test_whoever_is_offered_again_after_an_answer_is_reminded_again() -> None:
    invitation = an_invitation()
    invitation.keep_answer(sequence=2, at=EARLY, comes=True)

    invitation.keep_offer(OFFER, sequence=3, at=EARLY)

    assert invitation.remind_at == WEEK_BEFORE


def test_an_offer_that_comes_after_its_withdrawal_offers_nothing() -> None:
    invitation = Invitation(id="inv_1", partner_id="prt_1")
    invitation.end(sequence=2, at=EARLY)

    with pytest.raises(Superseded):
        invitation.keep_offer(OFFER, sequence=1, at=EARLY)
    with pytest.raises(Superseded):
        invitation.keep_answer(sequence=1, at=EARLY, comes=True)
    assert (invitation.offer, invitation.remind_at) == (None, None)


def test_an_end_that_comes_after_the_next_offer_no_longer_holds() -> None:
    invitation = an_invitation()
    invitation.keep_offer(OFFER, sequence=3, at=EARLY)

    assert not invitation.end(sequence=2, at=EARLY)

    assert invitation.is_open


def test_of_two_ends_the_earlier_that_comes_late_is_superseded() -> None:
    invitation = an_invitation()
    invitation.end(sequence=4, at=EARLY)

    with pytest.raises(Superseded, match="event 4 of this subject is known, and this is 2"):
        invitation.end(sequence=2, at=EARLY)


@given(
    st.lists(
        st.tuples(st.sampled_from(["offer", "answer", "perhaps", "end", "remind"]), st.integers(0, 30)), max_size=12
    )
)
def test_nothing_but_an_open_invitation_is_ever_reminded_of(happenings: list[tuple[str, int]]) -> None:
    invitation, at = Invitation(id="inv_1", partner_id="prt_1"), EARLY

    for sequence, (happening, days) in enumerate(happenings, start=1):
        at += timedelta(days)
        if happening == "offer":
            invitation.keep_offer(OFFER, sequence=sequence, at=at)
        elif happening == "answer":
            invitation.keep_answer(sequence=sequence, at=at, comes=True)
        elif happening == "perhaps":
            invitation.keep_open(sequence=sequence, at=at)
        elif happening == "end":
            invitation.end(sequence=sequence, at=at)
        else:
            was_open = invitation.is_open
            assert invitation.remind(at=at) is None or was_open
        assert invitation.is_open or invitation.remind_at is None
        assert invitation.remind_at is None or invitation.remind_at > at
