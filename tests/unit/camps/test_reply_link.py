"""Links by which an invitation is answered: they lead where they were made for, and nobody else can make one."""

from datetime import UTC, datetime, timedelta
from typing import Any

import nameko
import pytest
from nameko.containers import ServiceContainer

from chassis.domain.capabilities import Capability, CapabilityKeys
from chassis.runtime.config import InvalidSettings
from services.camps.model.invitations.invitation import Invitation
from services.camps.model.invitations.invitation_delivery import InvitationDelivery
from services.camps.model.invitations.invitation_lifecycle import InvitationState
from services.camps.model.invitations.reply_link import FormOutdated, ReplyLinks, UnknownLink
from services.camps.service import CampsService
from services.notifications.service import NotificationsService
from tests.builders.camps import a_ledger, an_answer, an_invitation, an_issued_invitation

KEYS = CapabilityKeys(("x" * 32,))
LINKS = ReplyLinks(keys=KEYS)
A_LINK = Capability(thing_id="inv_1", holder_id="per_1", address_digest="3q2-7w")
JUNE = datetime(2026, 6, 10, 9, 0, tzinfo=UTC)
GRACE = timedelta(hours=2)
ALL = ("accepted", "tentative", "declined")


def test_a_link_leads_to_its_invitation() -> None:
    assert LINKS.read(KEYS.token(A_LINK)) == A_LINK


def test_a_link_that_did_not_come_out_of_a_letter_leads_nowhere() -> None:
    with pytest.raises(UnknownLink, match="when it came out of a letter whole"):
        LINKS.read("inv_1.per_1.3q2-7w.made-up")


def test_a_form_is_good_until_somebody_answers() -> None:
    ledger = a_ledger()
    invitation = an_issued_invitation(ledger=ledger)
    nonce = LINKS.nonce(invitation, holder_id="per_1")
    LINKS.refuse_an_old_form(invitation, nonce, holder_id="per_1")

    invitation.decline(ledger=ledger, grace=GRACE, answer=an_answer(at=JUNE))

    with pytest.raises(FormOutdated, match="declined"):
        LINKS.refuse_an_old_form(invitation, nonce, holder_id="per_1")


def test_a_letter_that_arrives_leaves_a_form_good() -> None:
    invitation = an_issued_invitation(ledger=a_ledger(), delivery=InvitationDelivery())
    nonce = LINKS.nonce(invitation, holder_id="per_1")

    invitation.version += 1

    LINKS.refuse_an_old_form(invitation, nonce, holder_id="per_1")
    assert LINKS.nonce(invitation, holder_id="per_1") == nonce


def test_a_form_is_good_only_for_whoever_it_was_shown_to() -> None:
    invitation = an_issued_invitation(ledger=a_ledger())

    with pytest.raises(FormOutdated):
        LINKS.refuse_an_old_form(invitation, LINKS.nonce(invitation, holder_id="per_1"), holder_id="per_2")


def test_the_code_of_a_link_opens_no_form() -> None:
    invitation = an_issued_invitation(ledger=a_ledger())

    with pytest.raises(FormOutdated):
        LINKS.refuse_an_old_form(invitation, KEYS.token(A_LINK).rpartition(".")[2], holder_id="per_1")


@pytest.mark.parametrize(
    ("state", "at", "possible"),
    [
        (InvitationState.ISSUED, JUNE, ALL),
        (InvitationState.TENTATIVE, JUNE, ("accepted", "declined")),
        (InvitationState.ACCEPTED, JUNE, ALL),
        (InvitationState.ACCEPTED, JUNE + timedelta(days=30), ()),
        (InvitationState.ISSUED, JUNE + timedelta(days=30), ()),
        (InvitationState.WAITLISTED, JUNE, ("fewer_seats", "left")),
        (InvitationState.WAITLISTED, JUNE + timedelta(days=30), ("fewer_seats", "left")),
        (InvitationState.LEFT_WAITLIST, JUNE, ("rejoined",)),
        (InvitationState.EXPIRED, JUNE, ()),
        (InvitationState.WITHDRAWN, JUNE, ()),
    ],
)
def test_a_partner_answers_what_can_still_be_answered(
    state: InvitationState, at: datetime, possible: tuple[str, ...]
) -> None:
    invitation = an_issued_invitation(ledger=a_ledger(), state=state)

    assert invitation.possible_answers(at=at) == possible


def test_who_waits_for_one_seat_cannot_take_fewer() -> None:
    invitation = an_invitation(state=InvitationState.WAITLISTED)
    invitation.seats = 1

    assert invitation.possible_answers(at=JUNE) == ("left",)


def test_who_is_offered_fewer_than_it_waited_for_may_wait_on() -> None:
    invitation = an_issued_invitation(ledger=a_ledger(), waited_for=6)

    assert invitation.possible_answers(at=JUNE) == (*ALL, "waiting")


@pytest.mark.parametrize(("later", "possible"), [(timedelta(minutes=119), ("undone",)), (GRACE, ())])
def test_a_no_can_only_be_taken_back_and_that_not_for_long(later: timedelta, possible: tuple[str, ...]) -> None:
    ledger = a_ledger()
    invitation: Invitation = an_issued_invitation(ledger=ledger)
    invitation.decline(ledger=ledger, grace=GRACE, answer=an_answer(at=JUNE))

    assert invitation.possible_answers(at=JUNE + later) == possible


@pytest.mark.parametrize("service", [CampsService, NotificationsService])
def test_who_makes_or_reads_links_does_not_start_without_a_secret_nobody_can_guess(service: type[Any]) -> None:
    settings = {"LINK_SECRET": "", "PUBLIC_URL": "https://partnerships.example"}

    with nameko.config.patch(settings), pytest.raises(InvalidSettings, match="LINK_SECRET: at least 32"):
        ServiceContainer(service)
