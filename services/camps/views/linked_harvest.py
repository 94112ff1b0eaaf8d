"""What came out of a camp, as who has the link of a letter reads it, or whoever it was passed on to."""

from dataclasses import dataclass
from datetime import date

from chassis.domain.capabilities import Capability
from chassis.domain.scope import PLATFORM
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.operations import query
from services.camps.events.camp import Venue
from services.camps.model.camp import Camp
from services.camps.model.camp_lifecycle import CampState
from services.camps.model.camp_mode import CampMode
from services.camps.model.invitations.reply_link import EVERYBODY, ReplyLinks, UnknownLink
from services.camps.model.learning.experience import Visibility
from services.camps.model.learning.experience_lifecycle import ExperienceState
from services.camps.model.learning.harvest import STAFF, read_by
from services.camps.model.person import LinkEnded, Person
from services.camps.repository.camp import Camps, EligiblePartners, People
from services.camps.repository.delegations import Attendances, Delegates
from services.camps.repository.learning import Experiences
from services.camps.repository.link_holders import was_sent_to
from services.camps.schemas.invitations import Secret
from services.camps.views.harvest import Harvest, harvest_of
from services.camps.views.learning import SharedExperience, as_shared


@dataclass(frozen=True, kw_only=True)
class HarvestReader:
    """Who reads by a link: in which language, where that is known, and whether as a partner or as everybody."""

    language: str | None
    kind: Visibility


@dataclass(frozen=True, kw_only=True)
class LinkedHarvest:
    """What came out of a camp as the page shows it.

    `harvest` is what partners see of it; None for who reads what is shared with everybody, which `experiences` are.
    `everybodys_token` is of the link that may be passed on; None where nothing is shared with everybody.
    """

    language: str | None
    kind: Visibility
    camp_title: str
    place: str
    mode: CampMode
    venue: Venue | None
    starts_on: date
    ends_on: date
    is_closed: bool
    harvest: Harvest | None
    experiences: list[SharedExperience]
    everybodys_token: str | None


@query
def show_harvest_by_link(reading: Reading, links: ReplyLinks, *, token: Secret) -> LinkedHarvest:
    """Show what came out of a camp that is over, by the link in a letter about it, or by the one that is passed on."""
    held = links.read(token)
    camp = Camps(reading).first({"_id": held.thing_id}, scope=PLATFORM)
    if camp is None or camp.state not in (CampState.ENDED, CampState.CLOSED):
        raise UnknownLink
    reader = _reader(reading, held, camp)
    public = Experiences(reading).each(
        {"camp_id": camp.id, "state": ExperienceState.SHARED, "visibility": Visibility.PUBLIC}, scope=PLATFORM
    )
    experiences = [as_shared(reading, each, to=Visibility.PUBLIC) for each in public]
    return LinkedHarvest(
        language=reader.language,
        kind=reader.kind,
        camp_title=camp.title,
        place=camp.place,
        mode=camp.mode,
        venue=camp.venue,
        starts_on=camp.starts_on,
        ends_on=camp.ends_on,
        is_closed=camp.state is CampState.CLOSED,
        harvest=harvest_of(reading, camp) if reader.kind is Visibility.PARTNERS else None,
        experiences=experiences,
        everybodys_token=links.of_everybody(camp.id) if experiences else None,
    )


def _reader(reading: Reading, held: Capability, camp: Camp) -> HarvestReader:
    """Give who reads; raises LinkEnded for who has nothing to do with the camp, or has another address."""
    if held.holder_id == EVERYBODY:
        return HarvestReader(language=None, kind=Visibility.PUBLIC)
    delegate = Delegates(reading).linked(camp.id, held.holder_id)
    if delegate and was_sent_to(delegate.email, held):
        kind = read_by(departed=_has_departed(reading, delegate.partner_id), kind=delegate.kind)
        return HarvestReader(language=delegate.language, kind=kind)
    person = _on_record(reading, held, camp)
    return HarvestReader(language=person.language, kind=read_by(departed=_has_departed(reading, person.partner_id)))


def _on_record(reading: Reading, held: Capability, camp: Camp) -> Person:
    """Give who leads a partner that was at the camp, or is of the institute's staff; raises LinkEnded."""
    person = People(reading).first({"_id": held.holder_id}, scope=PLATFORM)
    if person is None:
        raise LinkEnded
    partner_id = person.partner_id
    person.refuse_ended_links(partner_id=partner_id, address_digest=held.address_digest)
    if not (Attendances(reading).attended(camp.id, partner_id) if partner_id else person.has_role(STAFF)):
        raise LinkEnded
    return person


def _has_departed(reading: Reading, partner_id: str | None) -> bool:
    partner = EligiblePartners(reading).first({"_id": partner_id}, scope=PLATFORM) if partner_id else None
    return partner is not None and partner.departed
