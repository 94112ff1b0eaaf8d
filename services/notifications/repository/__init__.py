"""Where follow-ups and letters are kept, and what is copied of those they are about and to."""

from collections.abc import Mapping
from datetime import datetime
from operator import attrgetter
from typing import Any, ClassVar, TypeVar

from pymongo import IndexModel

from chassis.domain.aggregate import Aggregate
from chassis.domain.erasure import Removal
from chassis.domain.errors import NotYetKnown
from chassis.domain.scope import PLATFORM
from chassis.persistence.repository import Backlog, Repository
from services.notifications.model.coached import CoachingSession, Engagement
from services.notifications.model.copied import LEADER, STAFF, Milestone, Partner, Recipient
from services.notifications.model.follow_up import OPEN, FollowUp, FollowUpState, Occasion
from services.notifications.model.initiative import Initiative
from services.notifications.model.invitation import Invitation
from services.notifications.model.letter import Letter
from services.notifications.model.letter_lifecycle import MAY_ARRIVE, MAY_HAVE_ARRIVED, LetterState
from services.notifications.model.letter_trigger import LetterTrigger
from services.notifications.model.measurement import DataWatch, EquityGap, Signal
from services.notifications.model.reachability import Reachability, ReachabilityState

C = TypeVar("C", bound=Aggregate)
BEING_SENT: Mapping[str, Any] = {"state": LetterState.SENDING}
"""Letters that a process is sending, or was when it died."""


def due(now: datetime) -> Mapping[str, Any]:
    """Give the condition for letters that may be sent now."""
    return {"state": LetterState.READY, "next_attempt_at": {"$lte": now}}


def mentioning(removal: Removal) -> Mapping[str, Any]:
    """Give the condition for letters that may have one of the texts that are to be removed somewhere."""
    members = ("to", "to_name", "subject", "body", "happened", "trail.detail")
    of_each = ({name: {"$regex": text, "$options": "i"}} for name in members for text in removal.patterns)
    return {"$or": list(of_each)}


class Recipients(Repository[Recipient]):
    """Everybody we can write to; each is their partner's, and the institute's own are only its own to see."""

    collection = "recipients"
    aggregate = Recipient
    people_in = ("_id",)
    owner_field = "partner_id"
    needs_staff = Backlog(
        where={"partner_id": None, "left_on": None, "$expr": {"$eq": ["$refused", "$email"]}},
        since="refused_since",
        what="of the institute's own people take no mail",
        shown_by="`./partnerships get '/v1/deliveries?state=failed'`, and ",
    )

    def keep_newest(self, heard: Recipient) -> Recipient:
        """Store and give what an event contains; raises Superseded when a later one was processed before."""
        known = self.first({"_id": heard.id}, scope=PLATFORM)
        return self.save(heard.in_place_of(known) if known else heard)

    def leaders_of(self, partner: Partner) -> list[Recipient]:
        """Give everybody who leads a partner, perhaps nobody any more.

        Raises NotYetKnown while not all it was admitted with are known.
        """
        if partner.leader_ids is None:
            raise NotYetKnown(f"who leads partner {partner.id} is not known here yet")
        for leader_id in partner.leader_ids:
            self.known(leader_id, scope=PLATFORM)
        return self.now_leading(partner.id)

    def now_leading(self, partner_id: str) -> list[Recipient]:
        """Give everybody who is known to lead a partner, and has not left."""
        return list(self.each({"partner_id": partner_id, "role": LEADER, "left_on": None}, scope=PLATFORM))

    def ever_leading(self, partner_id: str) -> list[Recipient]:
        """Give everybody who is known to lead a partner, also those who have left."""
        return list(self.each({"partner_id": partner_id, "role": LEADER}, scope=PLATFORM))

    def staff(self) -> list[Recipient]:
        """Give the institute's staff who are there."""
        staff = {"$or": [{"role": STAFF}, {"roles": STAFF}]}
        return list(self.each({"partner_id": None, "left_on": None, **staff}, scope=PLATFORM))


class Partners(Repository[Partner]):
    """Every partner known by events; each belongs to itself."""

    collection = "partners"
    aggregate = Partner
    owner_field = "_id"

    def about(self, partner_id: str) -> Partner:
        """Give what is known of a partner, if only that there is one."""
        return self.first({"_id": partner_id}, scope=PLATFORM) or Partner(id=partner_id, seen_sequence=0, name="")

    def in_admission(self, number: int, partner_id: str) -> Partner:
        """Give a partner that is still in this admission; raises NotYetKnown and Superseded."""
        partner = self.known(partner_id, scope=PLATFORM)
        partner.refuse_unless_in(number)
        return partner

    def last_in_admission(self, number: int, partner_id: str) -> Partner:
        """Give a partner that is in this admission, or was last; raises NotYetKnown and Superseded."""
        partner = self.known(partner_id, scope=PLATFORM)
        partner.refuse_unless_last(number)
        return partner


class Reachabilities(Repository[Reachability]):
    """Of every partner that once could not be written to, whether it can be; each is its partner's."""

    collection = "reachabilities"
    aggregate = Reachability
    owner_field = "partner_id"
    indexes = (IndexModel(["state", "unreachable_since"]),)
    needs_staff = Backlog(where={"state": ReachabilityState.UNREACHABLE}, since="unreachable_since")

    def about(self, partner_id: str) -> Reachability:
        """Give what is known of a partner, which was always reachable if nothing is."""
        known = self.first({"_id": partner_id}, scope=PLATFORM)
        return known or Reachability(id=partner_id, partner_id=partner_id)


class OwnCopies(Repository[C]):
    """What is known of one kind of thing, for us alone."""

    owner_field = None

    def about(self, id: str) -> C:
        """Give what is known of a thing, if only that there is one."""
        return self.first({"_id": id}, scope=PLATFORM) or self.aggregate(id=id)

    def rely_on(self, known: C) -> None:
        """Have what is stored now stored only if no event about this thing takes effect at the same time."""
        if known.version:
            self.touch(known)
        else:
            self.save(known)


class Milestones(OwnCopies[Milestone]):
    """What became of milestones, for us alone."""

    collection = "milestones"
    aggregate = Milestone


class Signals(OwnCopies[Signal]):
    """What became of signals in the data of measures, for us alone."""

    collection = "signals"
    aggregate = Signal


class EquityGaps(OwnCopies[EquityGap]):
    """What became of gaps between groups, for us alone."""

    collection = "equity_gaps"
    aggregate = EquityGap


class DataWatches(OwnCopies[DataWatch]):
    """What became of data that were late, for us alone."""

    collection = "data_watches"
    aggregate = DataWatch


class Initiatives(OwnCopies[Initiative]):
    """What became of initiatives, for us alone."""

    collection = "initiatives"
    aggregate = Initiative


class Engagements(OwnCopies[Engagement]):
    """Who leads engagements, for us alone."""

    collection = "engagements"
    aggregate = Engagement


class CoachingSessions(OwnCopies[CoachingSession]):
    """What became of coaching sessions, for us alone."""

    collection = "coaching_sessions"
    aggregate = CoachingSession


class Invitations(Repository[Invitation]):
    """Every invitation known by events; each belongs to its partner."""

    collection = "invitations"
    backlog: ClassVar[Backlog] = Backlog(since="remind_at")
    """Those whose partners may now be reminded to answer."""
    aggregate = Invitation
    owner_field = "partner_id"
    indexes = (IndexModel("remind_at"),)

    def about(self, invitation_id: str, *, partner_id: str) -> Invitation:
        """Give what is known of an invitation, if only whose it is."""
        return self.first({"_id": invitation_id}, scope=PLATFORM) or Invitation(id=invitation_id, partner_id=partner_id)


def _once_for_each_time(member: str) -> IndexModel:
    has_one = {member: {"$gt": ""}}
    return IndexModel([member, "reached_sequence"], unique=True, partialFilterExpression=has_one)


class FollowUps(Repository[FollowUp]):
    """Every coaching follow-up, one for each time something calls for it; each is its partner's."""

    collection = "follow_ups"
    backlog: ClassVar[Backlog] = Backlog(where={"state": FollowUpState.PLANNED}, since="due_at")
    """Those whose day has come."""
    aggregate = FollowUp
    people_in = ("coach_id",)
    owner_field = "partner_id"
    sorted_by = ("due_on",)
    indexes = (
        *(_once_for_each_time(member) for member in ("milestone_id", "initiative_id")),
        IndexModel(["coach_id", "due_on"]),
        IndexModel(["state", "due_at"]),
        IndexModel("engagement_id"),
        IndexModel("coach_id"),
    )

    def planned_for(self, occasion: Occasion) -> bool:
        """Tell whether there is one for this time that it happened."""
        about = {"milestone_id": occasion.milestone_id, "initiative_id": occasion.initiative_id}
        return self.first({**about, "reached_sequence": occasion.sequence}, scope=PLATFORM) is not None

    def open_ones(self, where: Mapping[str, Any]) -> list[FollowUp]:
        """Give those that fit and are still to be done, the oldest first; `where` may name one of the open states."""
        return sorted(self.each({"state": {"$in": OPEN}, **where}, scope=PLATFORM), key=attrgetter("due_at"))

    def of_events(self, about: Mapping[str, str], *, before: int, after: int = 0) -> list[FollowUp]:
        """Give every one, closed or not, of the events between two of what it is `about`: a milestone or initiative."""
        between = {**about, "reached_sequence": {"$gt": after, "$lt": before}}
        return list(self.each(between, scope=PLATFORM))


class Letters(Repository[Letter]):
    """Every letter, one for each trigger and recipient.

    Those about a partner and to its own people are that partner's; all others only the institute's. Each is its
    recipient's, too.
    """

    collection = "letters"
    backlog = Backlog(where={"state": LetterState.READY}, since="written_at")
    needs_staff = Backlog(where={"state": LetterState.READY}, since="unwritable_since", runbook="LettersUnwritable")
    aggregate = Letter
    people_in = ("recipient_id",)
    owner_field = "organisation_id"
    person_field = "recipient_id"
    indexes = (
        IndexModel(["occasion", "recipient_id"], unique=True),
        IndexModel(["state", "next_attempt_at"]),
        IndexModel(["partner_id", "_id"]),
        IndexModel("about_id"),
        IndexModel(["recipient_id", "state"]),
    )

    def is_told(self, trigger: LetterTrigger, recipient: Recipient) -> bool:
        """Tell whether a letter for this trigger, or written anew since, is at the recipient's address or will be."""
        since = {"about_id": trigger.about_id, "about_sequence": {"$gte": trigger.sequence}}
        about = {"category": trigger.category, **since}
        to = {"recipient_id": recipient.id, "to": recipient.email, "state": {"$in": MAY_ARRIVE}, "unwanted": None}
        return self.first({**about, **to}, scope=PLATFORM) is not None

    def carrying_files(self, camp_id: str, recipient: Recipient) -> list[Letter]:
        """Give those with a file for a diary about a camp that are at the recipient's address, or may get there."""
        to = {"recipient_id": recipient.id, "to": recipient.email, "state": {"$in": MAY_ARRIVE}}
        return list(self.each({**to, "calendar.about_id": camp_id}, scope=PLATFORM))

    def may_have_arrived(self, where: Mapping[str, Any]) -> bool:
        """Tell whether somebody may have one of the letters that fit."""
        return self.first({**where, "state": {"$in": MAY_HAVE_ARRIVED}}, scope=PLATFORM) is not None

    def last_that_may_have_arrived(self, where: Mapping[str, Any]) -> Letter | None:
        """Give, of the letters that fit and somebody may have, that of the latest event."""
        arrived = self.each({**where, "state": {"$in": MAY_HAVE_ARRIVED}}, scope=PLATFORM)
        return max(arrived, key=attrgetter("about_sequence"), default=None)

    def written(self, trigger: LetterTrigger, recipient: Recipient) -> bool:
        """Tell whether this recipient was written to for this trigger."""
        return self.first({"occasion": trigger.key, "recipient_id": recipient.id}, scope=PLATFORM) is not None

    def written_to_anybody(self, trigger: LetterTrigger) -> bool:
        """Tell whether somebody was written to for this trigger: whoever was to be told then."""
        return self.first({"occasion": trigger.key}, scope=PLATFORM) is not None
