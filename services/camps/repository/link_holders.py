"""Whom the links in letters about invitations were sent to."""

import hmac
from dataclasses import dataclass

from chassis.domain.capabilities import Capability
from chassis.domain.scope import PLATFORM
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.mail_addresses import NotAMailAddress, address_digest
from services.camps.model.invitations.invitation import Invitation
from services.camps.model.invitations.reply_link import UnknownLink
from services.camps.model.person import LinkEnded, Person
from services.camps.repository.camp import People
from services.camps.repository.invitations import Invitations


@dataclass(frozen=True, kw_only=True)
class LinkHolder:
    """Whoever answers by a link: by their id, that of their invitation for a guest who is on no record."""

    id: str
    language: str | None
    person: Person | None


def holder_of(seen_by: Reading, held: Capability, invitation: Invitation) -> LinkHolder:
    """Give whom a link was sent to; raises HolderNotKnownYet, and LinkEnded for who may not answer by it any more."""
    guest = invitation.guest
    if guest is not None and guest.person_id is None:
        if held.holder_id != invitation.id or not was_sent_to(guest.email, held):
            raise LinkEnded
        return LinkHolder(id=invitation.id, language=guest.language, person=None)
    person = People(seen_by).holding(held)
    if guest is not None and guest.person_id != person.id:
        raise LinkEnded
    person.refuse_ended_links(partner_id=invitation.partner_id, address_digest=held.address_digest)
    return LinkHolder(id=person.id, language=person.language, person=person)


def was_sent_to(email: str, held: Capability) -> bool:
    """Whether a link was sent to this address of its holder; one that is not kept any more is none."""
    try:
        digest = address_digest(email, of=held.holder_id)
    except NotAMailAddress:
        return False
    return hmac.compare_digest(digest.encode(), held.address_digest.encode())


def invitation_of_a_partner(seen_by: Reading, held: Capability) -> Invitation:
    """Give that by whose link a partner's delegates are named; raises UnknownLink where somebody comes by name."""
    invitation = Invitations(seen_by).get(held.thing_id, scope=PLATFORM)
    if invitation.partner_id is None:
        raise UnknownLink
    return invitation
