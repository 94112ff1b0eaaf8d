"""The programme of a camp as who has the link of a letter reads it."""

import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from chassis.domain.capabilities import Capability
from chassis.domain.scope import PLATFORM
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.mail_addresses import address_digest
from chassis.schemas.operations import query
from services.camps.events.camp import Venue
from services.camps.model.camp_mode import CampMode
from services.camps.model.delegations.delegate import Delegate
from services.camps.model.invitations.reply_link import ReplyLinks, UnknownLink
from services.camps.model.person import LinkEnded
from services.camps.model.programme.release import ProgrammeRelease, ReleasedSlot
from services.camps.repository.camp import Camps, EligiblePartners
from services.camps.repository.delegations import Delegates
from services.camps.repository.programme_releases import ProgrammeReleases
from services.camps.schemas.invitations import Secret


@dataclass(frozen=True, kw_only=True)
class LinkedSlot:
    """A session as the page shows it; hours are those of the clocks at the camp."""

    session_id: str
    title: str
    room: str
    starts: str
    ends: str
    partner_name: str | None
    is_own: bool


@dataclass(frozen=True, kw_only=True)
class ProgrammeDay:
    """What there is on one day of a camp, by the hour."""

    day: date
    slots: list[LinkedSlot]


@dataclass(frozen=True, kw_only=True)
class LinkedProgramme:
    """The last release of a programme as the page shows it to whoever has its link, in their language."""

    language: str
    camp_title: str
    place: str
    mode: CampMode
    venue: Venue | None
    zone: str
    starts_on: date
    ends_on: date
    number: int
    released_on: date
    days: list[ProgrammeDay]


@query
def show_programme_by_link(reading: Reading, links: ReplyLinks, *, token: Secret) -> LinkedProgramme:
    """Show the programme of a camp, as it was released last, by the link in a letter about it."""
    delegate, release = released_to_holder(reading, links.read(token))
    camp = Camps(reading).get(release.camp_id, scope=PLATFORM)
    return LinkedProgramme(
        language=delegate.language,
        camp_title=camp.title,
        place=camp.place,
        mode=camp.mode,
        venue=camp.venue,
        zone=release.zone,
        starts_on=camp.starts_on,
        ends_on=camp.ends_on,
        number=release.number,
        released_on=release.released_at.astimezone(ZoneInfo(release.zone)).date(),
        days=_days(release.slots, delegate, names_of_partners(reading, release.slots)),
    )


def released_to_holder(reading: Reading, held: Capability) -> tuple[Delegate, ProgrammeRelease]:
    """Give who holds a link, and the programme that it leads to.

    Raises UnknownLink, and LinkEnded when they do not come any more, or have another address.
    """
    release = ProgrammeReleases(reading).last_of(held.thing_id)
    if release is None:
        raise UnknownLink
    delegate = Delegates(reading).linked(held.thing_id, held.holder_id)
    if delegate is None or not _is_at(delegate, held):
        raise LinkEnded
    return delegate, release


def _is_at(delegate: Delegate, held: Capability) -> bool:
    digest = address_digest(delegate.email, of=held.holder_id)
    return hmac.compare_digest(digest.encode(), held.address_digest.encode())


def names_of_partners(reading: Reading, slots: Iterable[ReleasedSlot]) -> Mapping[str, str]:
    """Give what the partners are called whose sessions are in these slots, by id."""
    theirs = {"_id": {"$in": sorted({slot.partner_id for slot in slots if slot.partner_id})}}
    return {each.id: each.name for each in EligiblePartners(reading).each(theirs, scope=PLATFORM)}


def _days(slots: Sequence[ReleasedSlot], delegate: Delegate, names: Mapping[str, str]) -> list[ProgrammeDay]:
    by_day = groupby(sorted(slots, key=lambda each: (each.day, each.starts, each.room)), key=lambda each: each.day)
    return [ProgrammeDay(day=day, slots=[_shown(slot, delegate, names) for slot in there]) for day, there in by_day]


def _shown(slot: ReleasedSlot, delegate: Delegate, names: Mapping[str, str]) -> LinkedSlot:
    return LinkedSlot(session_id=slot.session_id, title=slot.title, room=slot.room, starts=slot.starts, ends=slot.ends,
                      partner_name=names.get(slot.partner_id or ""),
                      is_own=delegate.id in slot.presenter_ids)  # fmt: skip
