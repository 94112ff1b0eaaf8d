"""The programme of a camp as who has the link of a letter has it in their calendar."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from chassis.domain.scope import PLATFORM
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.operations import query
from services.camps.model.camp_mode import CampMode
from services.camps.model.invitations.reply_link import ReplyLinks
from services.camps.model.programme.release import ReleasedSlot
from services.camps.repository.camp import Camps
from services.camps.schemas.invitations import Secret
from services.camps.views.linked_programme import names_of_partners, released_to_holder


@dataclass(frozen=True, kw_only=True)
class FeedSession:
    """A session as a calendar has it; what the programme has no more is cancelled, with when and where it was last."""

    session_id: str
    title: str
    room: str
    starts_at: datetime
    ends_at: datetime
    partner_name: str | None
    is_cancelled: bool


@dataclass(frozen=True, kw_only=True)
class ProgrammeFeed:
    """The last release of a programme, and what earlier ones had, for a calendar that follows it."""

    camp_title: str
    place: str
    zone: str
    number: int
    released_at: datetime
    sessions: list[FeedSession]


@query
def show_programme_feed_by_link(reading: Reading, links: ReplyLinks, *, token: Secret) -> ProgrammeFeed:
    """Show the programme of a camp for a calendar, as it was released last, by the link in a letter about it."""
    _, release = released_to_holder(reading, links.read(token))
    camp = Camps(reading).get(release.camp_id, scope=PLATFORM)
    names = names_of_partners(reading, [*release.slots, *release.no_more])
    here, gone = _sessions(release.slots, names, False), _sessions(release.no_more, names, True)
    return ProgrammeFeed(
        camp_title=camp.title,
        place="Online" if camp.mode is CampMode.ONLINE else camp.place,
        zone=release.zone,
        number=release.number,
        released_at=release.released_at,
        sessions=sorted([*here, *gone], key=lambda each: (each.starts_at, each.room, each.session_id)),
    )


def _sessions(slots: Iterable[ReleasedSlot], names: Mapping[str, str], is_cancelled: bool) -> list[FeedSession]:
    return [FeedSession(session_id=slot.session_id, title=slot.title, room=slot.room, starts_at=slot.starts_at,
                        ends_at=slot.ends_at, partner_name=names.get(slot.partner_id or ""), is_cancelled=is_cancelled)
            for slot in slots]  # fmt: skip
