"""A camp is moved or postponed: who was to come is asked anew, and what was said for other days does not count."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from services.camps.events.invitation import InvitationAccepted, InvitationCampChanged
from services.camps.model.camp import AnswerByExpected, Camp
from services.camps.model.camp_schedule import (
    AnswerByOutOfRange,
    CampHasBegun,
    CampPostponed,
    Cancellation,
    InvitationsNotOpen,
    Postponement,
)
from services.camps.model.invitations.answerable import AnswersRest
from services.camps.model.invitations.invitation import Invitation
from services.camps.model.invitations.invitation_delivery import DeliveryState
from services.camps.model.invitations.invitation_lifecycle import InvitationState
from services.camps.model.invitations.seat_ledger import SeatLedger
from tests.builders.camps import a_camp, a_ledger, an_answer, an_issued_invitation

FIRST_OF_JUNE = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
JULY = {"starts_on": date(2026, 7, 20), "ends_on": date(2026, 7, 22)}
ELECTIONS = Postponement(reason="Elections that week", by="anna", at=FIRST_OF_JUNE)
GRACE = timedelta(hours=2)


def moved(camp: Camp) -> Camp:
    camp.change(**JULY, at=FIRST_OF_JUNE)  # type: ignore[misc]
    return camp


def postponed() -> Camp:
    camp = a_camp()
    camp.postpone(ELECTIONS)
    return camp


def who_comes(ledger: SeatLedger) -> Invitation:
    """With three people, for the days that the camp has."""
    invitation = an_issued_invitation(ledger=ledger)
    invitation.accept(seats=3, ledger=ledger, answer=an_answer())
    invitation.recorded.clear()
    return invitation


def follow(invitation: Invitation, camp: Camp, ledger: SeatLedger) -> None:
    invitation.follow(camp, before=a_camp().terms, until=None, ledger=ledger)


def test_who_was_to_come_on_other_days_is_asked_anew_and_keeps_its_seats_meanwhile() -> None:
    ledger = a_ledger()
    comes = who_comes(ledger)

    follow(comes, moved(a_camp()), ledger)

    assert (comes.state, comes.seats) == ("reconfirm", 3)
    assert (ledger.confirmed, ledger.held) == (0, 3)
    (said,) = comes.recorded
    assert isinstance(said, InvitationCampChanged)
    assert (said.state, said.starts_on, said.before.starts_on) == ("reconfirm", date(2026, 7, 20), date(2026, 7, 13))


def test_another_place_is_no_reason_to_ask_anew() -> None:
    ledger, camp = a_ledger(), a_camp()
    comes = who_comes(ledger)
    camp.change(place="Cambridge", at=FIRST_OF_JUNE)

    follow(comes, camp, ledger)

    assert (comes.state, ledger.confirmed) == ("accepted", 3)


def test_it_reconfirms_by_the_same_answer_as_before_also_for_fewer() -> None:
    ledger = a_ledger()
    comes = who_comes(ledger)
    follow(comes, moved(a_camp()), ledger)
    comes.recorded.clear()

    comes.accept(seats=3, ledger=ledger, answer=an_answer())

    assert (comes.state, ledger.confirmed, ledger.held) == ("accepted", 3, 0)
    assert [type(each) for each in comes.recorded] == [InvitationAccepted]


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (lambda it, ledger: it.answer_tentatively(ledger=ledger, answer=an_answer()), "tentative"),
        (lambda it, ledger: it.decline(ledger=ledger, grace=GRACE, answer=an_answer()), "declined"),
    ],
)
def test_it_may_answer_otherwise_and_keeps_its_seats_as_every_one_does(
    answer: Callable[[Invitation, SeatLedger], None], state: str
) -> None:
    ledger = a_ledger()
    comes = who_comes(ledger)
    follow(comes, moved(a_camp()), ledger)

    answer(comes, ledger)

    assert comes.state == state
    assert ledger.free == 120 - 3


def test_a_no_taken_back_after_the_move_brings_no_yes_to_the_days_before_back() -> None:
    ledger = a_ledger()
    comes = who_comes(ledger)
    comes.decline(ledger=ledger, grace=GRACE, answer=an_answer())
    follow(comes, moved(a_camp()), ledger)

    comes.undo_answer(ledger=ledger, answer=an_answer())

    assert (comes.state, ledger.held, ledger.confirmed) == ("reconfirm", 3, 0)


def test_who_does_not_reconfirm_in_time_loses_its_seats_once_it_was_told() -> None:
    ledger, camp = a_ledger(), moved(a_camp())
    comes = who_comes(ledger)
    follow(comes, camp, ledger)
    over = camp.answers_end_at()

    comes.expire_if_due(camp=camp, ledger=ledger, at=over)
    assert (comes.state, comes.delivery.state) == ("reconfirm", "none")
    comes.delivery.keep("dlv_9", DeliveryState.SENT, sequence=comes.delivery.asking)
    comes.expire_if_due(camp=camp, ledger=ledger, at=over - timedelta(milliseconds=1))
    assert comes.state == "reconfirm"
    comes.expire_if_due(camp=camp, ledger=ledger, at=over)

    assert (comes.state, ledger.free) == ("expired", 120)


def test_who_has_not_said_yes_is_asked_for_the_new_days_as_it_was() -> None:
    ledger = a_ledger()
    asked = an_issued_invitation(ledger=ledger)

    follow(asked, moved(a_camp()), ledger)

    assert (asked.state, ledger.held, asked.delivery.state) == ("issued", 4, "sent")


def test_a_postponed_camp_has_no_days_gives_no_seats_and_does_not_begin() -> None:
    camp = postponed()
    over = datetime(2026, 8, 1, tzinfo=UTC)

    assert (camp.state, camp.next_step_at(), camp.has_begun(over)) == ("postponed", None, False)
    assert not camp.gives_seats(FIRST_OF_JUNE)
    with pytest.raises(CampPostponed, match="Elections that week"):
        camp.refuse_unless_inviting(FIRST_OF_JUNE)
    with pytest.raises(CampPostponed, match="by rescheduling it"):
        camp.change(starts_on=date(2026, 7, 20), at=FIRST_OF_JUNE)


def test_of_a_postponed_camp_all_but_its_days_is_changed_as_ever() -> None:
    camp = postponed()

    assert camp.change(place="Cambridge", at=datetime(2026, 8, 1, tzinfo=UTC))


def test_a_camp_that_has_begun_is_not_postponed() -> None:
    begun = Postponement(reason="Too late", by="anna", at=datetime(2026, 7, 13, 13, tzinfo=UTC))
    with pytest.raises(CampHasBegun):
        a_camp().postpone(begun)


def test_what_was_postponed_can_be_cancelled() -> None:
    camp = postponed()

    camp.cancel(Cancellation(reason="No other days suit", by="anna", at=FIRST_OF_JUNE))

    assert (camp.state, camp.recorded[-1].type) == ("cancelled", "camps.camp.cancelled")


def test_a_rescheduled_camp_invites_again_if_it_did_and_needs_a_day_to_answer_by() -> None:
    camp, drafted = postponed(), a_camp(answer_by=None)
    drafted.postpone(ELECTIONS)
    with pytest.raises(AnswerByExpected):
        camp.reschedule(**JULY, answer_by=None, freezes_on=None, at=FIRST_OF_JUNE)
    with pytest.raises(AnswerByOutOfRange):
        camp.reschedule(**JULY, answer_by=date(2026, 5, 31), freezes_on=None, at=FIRST_OF_JUNE)
    with pytest.raises(InvitationsNotOpen):
        drafted.reschedule(**JULY, answer_by=date(2026, 7, 6), freezes_on=None, at=FIRST_OF_JUNE)

    camp.reschedule(**JULY, answer_by=date(2026, 7, 6), freezes_on=date(2026, 7, 13), at=FIRST_OF_JUNE)
    drafted.reschedule(**JULY, answer_by=None, freezes_on=None, at=FIRST_OF_JUNE)

    assert (camp.state, camp.anchor_revision, camp.postponement) == ("inviting", 1, None)
    assert (camp.answer_by, camp.freezes_on) == (date(2026, 7, 6), date(2026, 7, 13))
    assert [each.type for each in camp.recorded] == ["camps.camp.postponed", "camps.camp.rescheduled"]
    assert (drafted.state, drafted.starts_on) == ("announced", date(2026, 7, 20))


def test_while_it_is_postponed_everybody_keeps_what_they_have_and_no_time_runs() -> None:
    ledger, camp = a_ledger(), postponed()
    asked = an_issued_invitation(ledger=ledger, offer_until=datetime(2026, 6, 20, tzinfo=UTC))

    follow(asked, camp, ledger)

    assert (asked.state, asked.due_at, ledger.held) == ("issued", None, 4)
    assert asked.possible_answers(at=FIRST_OF_JUNE) == ()
    asked.expire_if_due(camp=camp, ledger=ledger, at=datetime(2027, 1, 1, tzinfo=UTC))
    assert asked.state == "issued"
    with pytest.raises(AnswersRest):
        asked.accept(seats=None, ledger=ledger, answer=an_answer())
    (said,) = asked.recorded
    assert isinstance(said, InvitationCampChanged)
    assert said.postponed_because == "Elections that week"


def test_a_no_to_a_postponed_camp_can_be_taken_back_as_it_was_told() -> None:
    ledger = a_ledger()
    comes = who_comes(ledger)
    comes.decline(ledger=ledger, grace=GRACE, answer=an_answer())
    follow(comes, postponed(), ledger)

    comes.undo_answer(ledger=ledger, answer=an_answer())

    assert comes.state == "accepted"


def test_with_new_days_who_was_to_come_is_asked_anew_and_time_runs_again() -> None:
    ledger, camp = a_ledger(), postponed()
    comes = who_comes(ledger)
    follow(comes, camp, ledger)
    assert comes.state == "accepted"
    camp.reschedule(**JULY, answer_by=date(2026, 7, 6), freezes_on=None, at=FIRST_OF_JUNE)

    follow(comes, camp, ledger)

    assert (comes.state, comes.answers_rest) == ("reconfirm", False)
    assert comes.due_at == datetime(2026, 7, 7, 4, 0, tzinfo=UTC)
    assert [getattr(each, "postponed_because", "") for each in comes.recorded] == ["Elections that week", None]


def test_days_that_come_back_after_a_postponement_are_asked_for_as_others() -> None:
    ledger, camp = a_ledger(), postponed()
    comes = who_comes(ledger)
    follow(comes, camp, ledger)
    camp.reschedule(
        starts_on=date(2026, 7, 13), ends_on=date(2026, 7, 15), answer_by=date(2026, 6, 29), freezes_on=None,
        at=FIRST_OF_JUNE,
    )  # fmt: skip

    follow(comes, camp, ledger)

    assert comes.state == InvitationState.RECONFIRM
    assert len(comes.recorded) == 2
