from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from chassis.domain.errors import Superseded
from services.camps.events.invitation import InvitationIssued, Reason, WaitlistJoined
from services.camps.events.session import SessionProposed
from services.camps.model.camp_schedule import InvitationsNotOpen
from services.camps.model.invitations.invitation import Invitation
from services.camps.model.invitations.invitation_delivery import DeliveryState, InvitationDelivery
from services.camps.model.invitations.invitation_lifecycle import InvitationState
from services.camps.model.programme.session import Session
from tests.builders.camps import a_camp, a_ledger, a_reason, an_invitation

OPENS, CLOSES = datetime(2026, 7, 13, 13, 0, tzinfo=UTC), datetime(2026, 7, 15, 21, 0, tzinfo=UTC)
"""Nine on 13 July and five in the afternoon on 15 July in Boston."""
NEWS = some.lists(
    some.tuples(some.sampled_from(["dlv_1", "dlv_2", "dlv_3"]), some.sampled_from(["sent", "failed", "uncertain"]))
)


def test_an_invitation_is_for_as_many_seats_as_the_camp_gives_to_each_partner_and_says_nothing_until_it_is_issued() -> (
    None
):
    invitation = Invitation.to_camp(id="inv_1", camp=a_camp(), partner_id="prt_1", reasons=[])

    assert (invitation.needs_only_a_reason, invitation.seats, invitation.recorded) == (True, 4, [])


def test_an_invitation_is_issued_with_its_reasons_when_its_seats_are_held() -> None:
    invitation, ledger = an_invitation(reasons=(a_reason(milestone="mst_1"), a_reason(milestone="mst_2"))), a_ledger()

    invitation.issue(camp=a_camp(answer_by=date(2026, 6, 29)), ledger=ledger)

    assert invitation.state == "issued"
    assert ledger.held == 4
    assert invitation.recorded == [
        InvitationIssued(
            invitation_id="inv_1",
            camp_id="cmp_1",
            partner_id="prt_1",
            season="summer",
            year=2026,
            camp_title="Summer Camp 2026",
            place="Boston",
            zone="America/New_York",
            starts_on=date(2026, 7, 13),
            ends_on=date(2026, 7, 15),
            answer_by=date(2026, 6, 29),
            seats=4,
            reasons=[
                Reason(kind="milestone", id="mst_1", title="Infections halved"),
                Reason(kind="milestone", id="mst_2", title="Infections halved"),
            ],
            begins_at=OPENS,
            ends_at=CLOSES,
        ),
    ]


def test_an_invitation_joins_the_waitlist_when_seats_are_missing() -> None:
    invitation, ledger = an_invitation(), a_ledger(capacity=10, held=8, waiting=2)

    invitation.issue(camp=a_camp(), ledger=ledger)

    assert invitation.state == "waitlisted"
    assert invitation.recorded[-1] == WaitlistJoined(
        invitation_id="inv_1", camp_id="cmp_1", partner_id="prt_1", seats=4, position=3, camp_title="Summer Camp 2026",
        place="Boston", zone="America/New_York", starts_on=date(2026, 7, 13), ends_on=date(2026, 7, 15), reasons=[],
        begins_at=OPENS, ends_at=CLOSES,
    )  # fmt: skip


def test_nobody_is_invited_before_the_camp_has_opened_its_invitations() -> None:
    ledger = a_ledger()

    with pytest.raises(InvitationsNotOpen):
        an_invitation().issue(camp=a_camp(answer_by=None), ledger=ledger)

    assert ledger.held == 0


def test_a_reason_is_added_once() -> None:
    invitation = an_invitation(reasons=(a_reason(milestone="mst_1"),))

    added = invitation.add([a_reason(milestone="mst_1", title="Said again"), a_reason(milestone="mst_2")])

    assert added == [a_reason(milestone="mst_2")]
    assert invitation.reasons == [a_reason(milestone="mst_1"), a_reason(milestone="mst_2")]


@pytest.mark.parametrize(
    ("state", "calls"),
    [
        (InvitationState.WAITLISTED, False),
        (InvitationState.ISSUED, True),
        (InvitationState.TENTATIVE, True),
        (InvitationState.ACCEPTED, True),
        (InvitationState.DECLINED, False),
    ],
)
def test_one_reason_more_calls_for_a_session_only_once_the_partner_is_asked_or_comes(
    state: InvitationState, calls: bool
) -> None:
    invitation = an_invitation(state=state, reasons=(a_reason(milestone="mst_1"),))

    assert invitation.add([a_reason(milestone="mst_2")])
    assert invitation.calls_for_sessions is calls


def test_a_proposed_session_is_about_the_result_and_named_after_it() -> None:
    result = a_reason(milestone="mst_2", title="Daily huddles")

    session = Session.propose(id="ses_1", invitation=an_invitation(), result=result)

    assert session.state == "proposed"
    assert session.recorded == [
        SessionProposed(
            session_id="ses_1",
            camp_id="cmp_1",
            partner_id="prt_1",
            kind="result",
            milestone_id="mst_2",
            title="Daily huddles",
        )
    ]


def test_before_any_news_of_letters_an_invitation_knows_of_none() -> None:
    assert an_invitation().delivery == InvitationDelivery(state=DeliveryState.NONE, letters={})


@pytest.mark.parametrize(
    ("letters", "together"),
    [
        (["failed"], "failed"),
        (["failed", "failed"], "failed"),
        (["failed", "uncertain"], "uncertain"),
        (["uncertain", "sent"], "sent"),
        (["sent", "failed"], "sent"),
    ],
)
def test_letters_to_several_leaders_fare_together_as_the_best_of_them(letters: list[str], together: str) -> None:
    assert told(*enumerate(letters)).state == together


@pytest.mark.parametrize(
    ("first", "then", "kept"),
    [
        ("sent", "uncertain", "sent"),
        ("sent", "failed", "sent"),
        ("failed", "uncertain", "failed"),
        ("failed", "sent", "failed"),
        ("uncertain", "sent", "sent"),
        ("uncertain", "failed", "failed"),
    ],
)
def test_a_settled_letter_stays_settled_and_an_uncertain_one_may_be_settled(first: str, then: str, kept: str) -> None:
    assert told(("dlv_1", first), ("dlv_1", then)).letters == {"dlv_1": kept}


def test_the_same_news_twice_is_none() -> None:
    delivery = told(("dlv_1", "uncertain"))

    with pytest.raises(Superseded):
        delivery.keep("dlv_1", DeliveryState.UNCERTAIN, sequence=1)


@given(news=NEWS)
def test_no_letter_is_ever_unsettled_again(news: list[tuple[str, str]]) -> None:
    delivery = InvitationDelivery()
    settled: dict[str, str] = {}

    for letter, state in news:
        with suppress(Superseded):
            delivery.keep(letter, DeliveryState(state), sequence=1)
        if state != "uncertain":
            settled.setdefault(letter, state)

        assert settled.items() <= delivery.letters.items()
        assert (delivery.state == "sent") is ("sent" in delivery.letters.values())


def told(*news: tuple[object, str]) -> InvitationDelivery:
    delivery = InvitationDelivery()
    for letter, state in news:
        with suppress(Superseded):
            delivery.keep(str(letter), DeliveryState(state), sequence=1)
    return delivery
