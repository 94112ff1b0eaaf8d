"""What is said otherwise of a camp: what its invitations take over, and what their partners are told."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from services.camps.events.invitation import InvitationCampChanged
from services.camps.model.invitations.answerable import Withdrawal, WithdrawalKind
from services.camps.model.invitations.invitation_lifecycle import InvitationState
from tests.builders.camps import a_camp, a_ledger, an_invitation, an_issued_invitation

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
EARLIER = date(2026, 6, 20)


def test_a_change_never_shortens_the_time_that_a_partner_was_given() -> None:
    invitation = an_issued_invitation(ledger=a_ledger(), offer_until=NOON)

    invitation.follow(a_camp(), before=a_camp().terms, until=NOON - timedelta(hours=1), ledger=a_ledger())

    assert invitation.offer_until == NOON


def test_who_has_time_of_its_own_answers_before_the_camp_begins_also_when_it_begins_sooner() -> None:
    invitation, sooner = an_issued_invitation(ledger=a_ledger(), offer_until=NOON), a_camp(starts_on=date(2026, 7, 1))
    sooner.opens_at = "07:30"

    invitation.follow(sooner, before=a_camp().terms, until=None, ledger=a_ledger())

    assert invitation.offer_until == sooner.begins_at() == datetime(2026, 7, 1, 11, 30, tzinfo=UTC)


def test_another_day_to_answer_by_counts_to_its_end_where_the_camp_is() -> None:
    invitation = an_issued_invitation(ledger=a_ledger())

    invitation.follow(a_camp(answer_by=EARLIER), before=a_camp().terms, until=None, ledger=a_ledger())

    assert invitation.answer_until == datetime(2026, 6, 21, 4, tzinfo=UTC)


def test_who_had_answered_by_a_day_that_is_over_has_time_of_its_own_to_answer_otherwise() -> None:
    comes = an_invitation(state=InvitationState.ACCEPTED)

    comes.follow(a_camp(), before=replace(a_camp().terms, place="Cambridge"), until=NOON, ledger=a_ledger())

    (said,) = comes.recorded
    assert isinstance(said, InvitationCampChanged)
    assert comes.offer_until == said.offer_until == NOON


def test_who_waits_is_given_no_time_to_answer_and_hears_of_no_other_day_to_answer_by() -> None:
    waits = an_invitation(state=InvitationState.WAITLISTED)

    waits.follow(a_camp(answer_by=EARLIER), before=a_camp().terms, until=NOON, ledger=a_ledger())

    assert (waits.offer_until, waits.recorded) == (None, [])


def test_a_partner_is_told_what_has_changed_since_it_was_asked_last() -> None:
    invitation = an_issued_invitation(ledger=a_ledger(), told_sequence=3)

    invitation.follow(a_camp(), before=replace(a_camp().terms, place="Cambridge"), until=None, ledger=a_ledger())

    (said,) = invitation.recorded
    assert isinstance(said, InvitationCampChanged)
    assert (said.place, said.before.place, said.told_sequence) == ("Boston", "Cambridge", 3)


def test_who_is_expected_no_longer_hears_nothing_of_a_change_also_while_that_may_be_corrected() -> None:
    ledger = a_ledger()
    invitation = an_issued_invitation(ledger=ledger)
    corrected = Withdrawal(kind=WithdrawalKind.NO_REASON_LEFT, reason="None is left", at=NOON)
    invitation.withdraw_for_want_of_a_reason(corrected, kept=timedelta(hours=2), ledger=ledger)
    invitation.recorded.clear()

    invitation.follow(a_camp(), before=replace(a_camp().terms, place="Cambridge"), until=None, ledger=a_ledger())

    assert (invitation.state, invitation.recorded) == (InvitationState.WITHDRAWN, [])
