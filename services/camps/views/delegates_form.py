"""What who has the link of a letter sees of who comes for their partner."""

from dataclasses import dataclass, field
from datetime import date

from chassis.domain.aggregate import PERSONAL
from chassis.domain.scope import PLATFORM
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.operations import query
from services.camps.events.camp import Venue
from services.camps.model.camp import Camp
from services.camps.model.camp_mode import CampMode
from services.camps.model.delegations.attends import Attends
from services.camps.model.delegations.delegate import Delegate
from services.camps.model.delegations.delegate_lifecycle import DelegateState
from services.camps.model.delegations.delegates_form import nonce
from services.camps.model.delegations.seats import TAKES_DELEGATES, seats_left
from services.camps.model.invitations.invitation import Invitation
from services.camps.model.invitations.reply_link import ReplyLinks
from services.camps.repository.camp import Camps, EligiblePartners, People
from services.camps.repository.delegations import Delegates
from services.camps.repository.link_holders import invitation_of_a_partner
from services.camps.schemas.invitations import Secret


@dataclass(frozen=True, kw_only=True)
class ShownDelegate:
    """Somebody who comes, as the page shows them: nothing of what they need, which the institute alone reads."""

    id: str
    name: str = field(metadata=PERSONAL)
    role: str
    attends: Attends
    state: DelegateState


@dataclass(frozen=True, kw_only=True)
class DelegatesForm:
    """Who comes for a partner, as the page shows it to whoever has its link.

    It can be changed while `is_open`: the partner has said that it comes, and the camp is not frozen. `language` is
    that of whom the link was sent to, where it is known.
    """

    language: str | None
    partner_name: str
    camp_title: str
    place: str
    mode: CampMode
    venue: Venue | None
    starts_on: date
    ends_on: date
    has_seats: bool
    is_open: bool
    seats: int
    seats_left: int
    delegates: list[ShownDelegate]
    nonce: str


@query
def show_delegates_form(reading: Reading, links: ReplyLinks, *, token: Secret) -> DelegatesForm:
    """Show who comes for a partner, by the link in a letter about its invitation."""
    held = links.read(token)
    invitation = invitation_of_a_partner(reading, held)
    holder = People(reading).holding(held)
    holder.refuse_ended_links(partner_id=invitation.partner_id, address_digest=held.address_digest)
    camp = Camps(reading).get(invitation.camp_id, scope=PLATFORM)
    named = Delegates(reading).of(invitation.id)
    return DelegatesForm(
        language=holder.language,
        partner_name=EligiblePartners(reading).get(invitation.partner_id or "", scope=PLATFORM).name,
        camp_title=camp.title,
        place=camp.place,
        mode=camp.mode,
        venue=camp.venue,
        starts_on=camp.starts_on,
        ends_on=camp.ends_on,
        has_seats=invitation.state in TAKES_DELEGATES,
        is_open=_is_open(reading, invitation, camp),
        seats=invitation.seats,
        seats_left=seats_left(named, invitation=invitation),
        delegates=[_shown(each) for each in named if each.comes],
        nonce=nonce(links, named, invitation=invitation, holder_id=holder.id),
    )


def _is_open(reading: Reading, invitation: Invitation, camp: Camp) -> bool:
    settled = camp.is_frozen(reading.now) or camp.has_begun(reading.now)
    return invitation.state in TAKES_DELEGATES and not settled


def _shown(delegate: Delegate) -> ShownDelegate:
    return ShownDelegate(
        id=delegate.id, name=delegate.name, role=delegate.role, attends=delegate.attends, state=delegate.state
    )
