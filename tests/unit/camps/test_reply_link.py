"""Links by which an invitation is answered: they lead where they were made for, and nobody else can make one."""

from datetime import UTC, datetime, timedelta

import nameko
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nameko.containers import ServiceContainer

from chassis.runtime.config import InvalidSettings
from services.camps.model.invitation import Invitation
from services.camps.model.invitation_delivery import InvitationDelivery
from services.camps.model.invitation_lifecycle import InvitationState
from services.camps.model.reply_link import FormOutdated, ReplyLinks, UnknownLink
from services.camps.service import CampsService
from tests.builders.camps import a_ledger, an_answer, an_issued_invitation

LINKS = ReplyLinks(secret="x" * 32, public_url="https://partnerships.example/")
JUNE = datetime(2026, 6, 10, 9, 0, tzinfo=UTC)
GRACE = timedelta(hours=2)
ALL = ("accepted", "tentative", "declined")


def test_a_link_leads_to_its_invitation_and_stays_the_same() -> None:
    link = LINKS.to("inv_1")

    assert link.startswith("https://partnerships.example/rsvp/inv_1.")
    assert LINKS.to("inv_1") == link
    assert LINKS.invitation_id(link.rpartition("/")[2]) == "inv_1"


@given(st.integers(0, 49), st.characters())
def test_a_link_in_which_anything_was_changed_leads_nowhere(place: int, sign: str) -> None:
    token = LINKS.token("inv_1")
    tampered = token[:place] + sign + token[place + 1 :]

    if tampered != token:
        with pytest.raises(UnknownLink):
            LINKS.invitation_id(tampered)


@pytest.mark.parametrize("token", ["", ".", "inv_1", "inv_1.", LINKS.token("inv_1")[:-1], LINKS.token("inv_1") + "A"])
def test_a_link_that_is_not_whole_leads_nowhere(token: str) -> None:
    with pytest.raises(UnknownLink):
        LINKS.invitation_id(token)


def test_who_does_not_know_the_secret_makes_no_link() -> None:
    with pytest.raises(UnknownLink):
        LINKS.invitation_id(ReplyLinks(secret="y" * 32, public_url="").token("inv_1"))


def test_a_form_is_good_until_somebody_answers() -> None:
    ledger = a_ledger()
    invitation = an_issued_invitation(ledger=ledger)
    nonce = LINKS.nonce(invitation)
    LINKS.refuse_an_old_form(invitation, nonce)

    invitation.decline(ledger=ledger, grace=GRACE, answer=an_answer(at=JUNE))

    with pytest.raises(FormOutdated, match="declined"):
        LINKS.refuse_an_old_form(invitation, nonce)


def test_a_letter_that_arrives_leaves_a_form_good() -> None:
    invitation = an_issued_invitation(ledger=a_ledger(), delivery=InvitationDelivery())
    nonce = LINKS.nonce(invitation)

    invitation.version += 1

    LINKS.refuse_an_old_form(invitation, nonce)


def test_the_seal_of_a_link_opens_no_form() -> None:
    invitation = an_issued_invitation(ledger=a_ledger())

    with pytest.raises(FormOutdated):
        LINKS.refuse_an_old_form(invitation, LINKS.token("inv_1").partition(".")[2])


@pytest.mark.parametrize(
    ("state", "at", "possible"),
    [
        (InvitationState.ISSUED, JUNE, ALL),
        (InvitationState.TENTATIVE, JUNE, ("accepted", "declined")),
        (InvitationState.ACCEPTED, JUNE, ALL),
        (InvitationState.ACCEPTED, JUNE + timedelta(days=30), ()),
        (InvitationState.ISSUED, JUNE + timedelta(days=30), ()),
        (InvitationState.WAITLISTED, JUNE, ()),
        (InvitationState.EXPIRED, JUNE, ()),
        (InvitationState.WITHDRAWN, JUNE, ()),
    ],
)
def test_a_partner_answers_what_can_still_be_answered(
    state: InvitationState, at: datetime, possible: tuple[str, ...]
) -> None:
    invitation = an_issued_invitation(ledger=a_ledger(), state=state)

    assert invitation.possible_answers(at=at) == possible


@pytest.mark.parametrize(("later", "possible"), [(timedelta(minutes=119), ("undone",)), (GRACE, ())])
def test_a_no_can_only_be_taken_back_and_that_not_for_long(later: timedelta, possible: tuple[str, ...]) -> None:
    ledger = a_ledger()
    invitation: Invitation = an_issued_invitation(ledger=ledger)
    invitation.decline(ledger=ledger, grace=GRACE, answer=an_answer(at=JUNE))

    assert invitation.possible_answers(at=JUNE + later) == possible


@pytest.mark.parametrize("secret", ["", "x" * 31])
def test_camps_does_not_start_without_a_secret_nobody_can_guess(secret: str) -> None:
    settings = {"LINK_SECRET": secret, "PUBLIC_URL": "https://partnerships.example"}

    with nameko.config.patch(settings), pytest.raises(InvalidSettings, match="LINK_SECRET: at least 32") as refused:
        ServiceContainer(CampsService)

    assert not secret or secret not in str(refused.value)
