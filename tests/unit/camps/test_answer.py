"""What a partner answers to its invitation, and what becomes of its seats."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from services.camps.events.invitation import (
    InvitationAccepted,
    InvitationAnswerUndone,
    InvitationDeclined,
    InvitationExpired,
    InvitationTentative,
    SeatsFreed,
    WaitlistPromoted,
)
from services.camps.model.invitations.answerable import (
    AnswersAreOver,
    MoreSeatsThanOffered,
    NothingToAnswer,
    NothingToUndo,
)
from services.camps.model.invitations.invitation import Invitation
from services.camps.model.invitations.invitation_delivery import DeliveryState, InvitationDelivery
from services.camps.model.invitations.invitation_lifecycle import InvitationState
from services.camps.model.invitations.seat_ledger import Allocation, SeatLedger
from tests.builders.camps import a_camp, a_ledger, an_answer, an_invitation, an_issued_invitation

GRACE = timedelta(hours=2)
NOON = datetime(2026, 6, 10, 12, 0, tzinfo=UTC)
ABOUT = {"invitation_id": "inv_1", "camp_id": "cmp_1", "partner_id": "prt_1"}
Answering = Callable[[Invitation, SeatLedger], None]


def accept(invitation: Invitation, ledger: SeatLedger) -> None:
    invitation.accept(seats=None, ledger=ledger, answer=an_answer(at=NOON))


def answer_tentatively(invitation: Invitation, ledger: SeatLedger) -> None:
    invitation.answer_tentatively(ledger=ledger, answer=an_answer(at=NOON))


def decline(invitation: Invitation, ledger: SeatLedger) -> None:
    invitation.decline(ledger=ledger, grace=GRACE, answer=an_answer(at=NOON))


def undo_answer(invitation: Invitation, ledger: SeatLedger, *, at: datetime = NOON) -> None:
    invitation.undo_answer(ledger=ledger, answer=an_answer(at=at))


def test_a_yes_confirms_all_of_the_seats() -> None:
    ledger = a_ledger()
    invitation = an_issued_invitation(ledger=ledger)

    accept(invitation, ledger)

    assert (invitation.state, ledger.held, ledger.confirmed) == ("accepted", 0, 4)
    assert invitation.answer == an_answer(at=NOON)
    assert invitation.recorded == [InvitationAccepted(**ABOUT, seats=4, via="api")]


def test_a_yes_for_fewer_frees_the_others_at_once() -> None:
    ledger = a_ledger(capacity=10)
    invitation = an_issued_invitation(ledger=ledger)

    invitation.accept(seats=3, ledger=ledger, answer=an_answer())
    invitation.accept(seats=1, ledger=ledger, answer=an_answer())

    assert (invitation.seats, ledger.confirmed, ledger.free) == (1, 1, 9)
    assert invitation.recorded == [
        InvitationAccepted(**ABOUT, seats=3, via="api"),
        SeatsFreed(camp_id="cmp_1", invitation_id="inv_1", seats=1),
        InvitationAccepted(**ABOUT, seats=1, via="api"),
        SeatsFreed(camp_id="cmp_1", invitation_id="inv_1", seats=2),
    ]


@pytest.mark.parametrize("given_up", [0, 1])
def test_nobody_comes_with_more_than_its_seats_even_if_it_had_more_once(given_up: int) -> None:
    ledger = a_ledger()
    invitation = an_issued_invitation(ledger=ledger)
    invitation.accept(seats=4 - given_up, ledger=ledger, answer=an_answer())

    with pytest.raises(MoreSeatsThanOffered, match=f"1 to {4 - given_up} seats are expected; got 5"):
        invitation.accept(seats=5, ledger=ledger, answer=an_answer())

    assert ledger.confirmed == 4 - given_up


def test_a_perhaps_keeps_the_seats() -> None:
    ledger = a_ledger()
    invitation = an_issued_invitation(ledger=ledger)

    answer_tentatively(invitation, ledger)

    assert (invitation.state, ledger.held) == ("tentative", 4)
    assert invitation.recorded == [InvitationTentative(**ABOUT, via="api")]


def test_a_no_keeps_the_seats_for_a_grace_period() -> None:
    ledger = a_ledger(capacity=10)
    invitation = an_issued_invitation(ledger=ledger)

    invitation.decline(ledger=ledger, grace=GRACE, answer=an_answer(reason="Our board meets"))

    assert (invitation.state, ledger.held, ledger.in_grace, ledger.free) == ("declined", 0, 4, 6)
    (said,) = invitation.recorded
    assert said == InvitationDeclined(**ABOUT, reason="Our board meets", via="api", undo_until=invitation.grace.until)


@pytest.mark.parametrize("answer", [accept, answer_tentatively, decline])
def test_the_same_answer_twice_is_no_event(answer: Answering) -> None:
    ledger = a_ledger()
    invitation = an_issued_invitation(ledger=ledger)
    answer(invitation, ledger)
    said = list(invitation.recorded)

    answer(invitation, ledger)

    assert invitation.recorded == said


@pytest.mark.parametrize(
    ("before", "seats"), [(accept, Allocation(held=0, confirmed=4)), (answer_tentatively, Allocation(held=4))]
)
def test_a_no_taken_back_leaves_everything_as_it_was(before: Answering, seats: Allocation) -> None:
    ledger = a_ledger()
    invitation = an_issued_invitation(ledger=ledger)
    before(invitation, ledger)
    state = invitation.state
    decline(invitation, ledger)

    undo_answer(invitation, ledger, at=NOON + timedelta(hours=1, minutes=59))

    assert (invitation.state, ledger.allocations["inv_1"], invitation.grace) == (state, seats, None)
    assert invitation.recorded[-1] == InvitationAnswerUndone(**ABOUT, state=state, via="api")


def test_within_the_grace_of_a_no_one_may_as_well_say_yes() -> None:
    ledger = a_ledger()
    invitation = an_issued_invitation(ledger=ledger)
    decline(invitation, ledger)

    accept(invitation, ledger)

    assert (invitation.state, invitation.grace, ledger.confirmed, ledger.in_grace) == ("accepted", None, 4, 0)


def test_once_its_grace_is_over_a_no_stays_a_no_even_before_the_seats_are_given_up() -> None:
    ledger = a_ledger()
    invitation = an_issued_invitation(ledger=ledger)
    decline(invitation, ledger)

    with pytest.raises(NothingToUndo):
        undo_answer(invitation, ledger, at=NOON + GRACE)
    with pytest.raises(NothingToAnswer):
        invitation.accept(seats=4, ledger=ledger, answer=an_answer(at=NOON + GRACE))


def test_what_was_not_declined_cannot_be_taken_back() -> None:
    ledger = a_ledger()
    invitation = an_issued_invitation(ledger=ledger)
    accept(invitation, ledger)

    with pytest.raises(NothingToUndo, match="accepted"):
        undo_answer(invitation, ledger)


def test_when_the_grace_of_a_no_is_over_its_seats_are_free_once() -> None:
    ledger = a_ledger(capacity=10)
    invitation = an_issued_invitation(ledger=ledger)
    decline(invitation, ledger)

    invitation.expire_if_due(camp=a_camp(), ledger=ledger, at=NOON + GRACE - timedelta(milliseconds=1))
    assert ledger.in_grace == 4
    for _ in range(2):
        invitation.expire_if_due(camp=a_camp(), ledger=ledger, at=NOON + GRACE)

    assert (invitation.state, ledger.free) == ("declined", 10)
    assert invitation.recorded[1:] == [SeatsFreed(camp_id="cmp_1", invitation_id="inv_1", seats=4)]


def promoted(ledger: SeatLedger, *, until: datetime) -> Invitation:
    invitation = an_issued_invitation(ledger=ledger)
    invitation.offer(camp=a_camp(), until=until)
    invitation.delivery.keep("dlv_2", DeliveryState.SENT, sequence=2)
    return invitation


def test_an_offer_of_seats_has_everything_that_its_letter_says() -> None:
    (said,) = promoted(a_ledger(), until=NOON).recorded

    assert isinstance(said, WaitlistPromoted)
    assert (said.offer_until, said.seats, said.camp_title, said.answer_by) == (
        NOON, 4, "Summer Camp 2026", date(2026, 6, 29),
    )  # fmt: skip


def test_an_offer_that_is_not_taken_in_time_expires_and_frees_its_seats_once() -> None:
    ledger = a_ledger(capacity=10)
    invitation = promoted(ledger, until=NOON)

    invitation.expire_if_due(camp=a_camp(), ledger=ledger, at=NOON - timedelta(milliseconds=1))
    assert invitation.state == "issued"
    for _ in range(2):
        invitation.expire_if_due(camp=a_camp(), ledger=ledger, at=NOON)

    assert (invitation.state, ledger.free) == ("expired", 10)
    assert invitation.recorded[1:] == [
        InvitationExpired(**ABOUT),
        SeatsFreed(camp_id="cmp_1", invitation_id="inv_1", seats=4),
    ]


def test_an_offer_that_is_taken_never_expires() -> None:
    ledger = a_ledger()
    invitation = promoted(ledger, until=NOON)
    accept(invitation, ledger)

    invitation.expire_if_due(camp=a_camp(), ledger=ledger, at=NOON + timedelta(days=9))

    assert (invitation.state, ledger.confirmed) == ("accepted", 4)


ANSWERS_END = datetime(2026, 6, 30, 4, 0, tzinfo=UTC)
"""Midnight in Boston after 29 June."""


@pytest.mark.parametrize("unanswered", [InvitationState.ISSUED, InvitationState.TENTATIVE])
def test_an_invitation_that_is_not_answered_in_time_expires(unanswered: InvitationState) -> None:
    ledger = a_ledger(capacity=10)
    invitation = an_issued_invitation(ledger=ledger, state=unanswered)

    invitation.expire_if_due(camp=a_camp(), ledger=ledger, at=ANSWERS_END - timedelta(milliseconds=1))
    assert invitation.state == unanswered
    invitation.expire_if_due(camp=a_camp(), ledger=ledger, at=ANSWERS_END)

    assert (invitation.state, ledger.free) == ("expired", 10)


@pytest.mark.parametrize("state", [each for each in DeliveryState if each is not DeliveryState.SENT])
def test_an_invitation_whose_letter_may_not_have_arrived_does_not_expire(state: DeliveryState) -> None:
    ledger = a_ledger()
    invitation = an_issued_invitation(ledger=ledger, delivery=InvitationDelivery(state=state))

    invitation.expire_if_due(camp=a_camp(), ledger=ledger, at=ANSWERS_END + timedelta(days=9))

    assert (invitation.state, ledger.held) == ("issued", 4)


@pytest.mark.parametrize(
    ("instant", "late"),
    [(datetime(2026, 6, 30, 3, 59, tzinfo=UTC), False), (datetime(2026, 6, 30, 4, 0, tzinfo=UTC), True)],
)
def test_an_answer_is_late_when_its_last_day_is_over_where_the_camp_takes_place(instant: datetime, late: bool) -> None:
    camp = a_camp(zone="America/New_York", answer_by=date(2026, 6, 29))

    assert is_late(an_issued_invitation(ledger=a_ledger(), camp=camp), instant) is late


def test_an_offer_has_its_own_time_even_past_the_day_to_answer_by() -> None:
    after = datetime(2026, 7, 2, 9, 0, tzinfo=UTC)
    invitation = promoted(a_ledger(), until=after)

    assert not is_late(invitation, after - timedelta(milliseconds=1))
    assert is_late(invitation, after)


def test_a_no_in_its_grace_may_be_taken_back_past_the_day_to_answer_by() -> None:
    ledger = a_ledger()
    invitation = an_issued_invitation(ledger=ledger)
    decline(invitation, ledger)

    assert not is_late(invitation, datetime(2026, 7, 2, 9, 0, tzinfo=UTC))


def is_late(invitation: Invitation, at: datetime) -> bool:
    try:
        invitation.refuse_late_answers(at=at)
    except AnswersAreOver:
        return True
    return False


@pytest.mark.parametrize("state", [InvitationState.WAITLISTED, InvitationState.EXPIRED])
@pytest.mark.parametrize("answer", [accept, answer_tentatively, decline])
def test_an_invitation_that_keeps_no_seats_cannot_be_answered(state: InvitationState, answer: Answering) -> None:
    with pytest.raises(NothingToAnswer, match=state):
        answer(an_invitation(state=state), a_ledger())


def test_once_an_offer_is_taken_the_day_to_answer_by_counts_again() -> None:
    ledger = a_ledger()
    invitation = promoted(ledger, until=NOON)

    accept(invitation, ledger)

    assert not is_late(invitation, NOON + timedelta(days=1))
    assert is_late(invitation, datetime(2026, 7, 2, 9, 0, tzinfo=UTC))
