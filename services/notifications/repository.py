"""Where recipients, partners, follow-ups and letters are kept."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from pymongo import IndexModel

from chassis.domain import NotYetKnown, Superseded
from chassis.repository import Repository
from chassis.scope import PLATFORM
from services.notifications.model.copied import LEADER, Copy, Partner, Recipient
from services.notifications.model.follow_up import FollowUp
from services.notifications.model.letter import Letter, LetterState, Occasion

C = TypeVar("C", bound=Copy)

BEING_SENT: Mapping[str, Any] = {"state": LetterState.SENDING}
"""Letters that a process is sending, or was when it died."""

NOT_KNOWN_TO_BE_SENT: Mapping[str, Any] = {"state": {"$in": [LetterState.READY, LetterState.SENDING]}}
"""Letters that another day may have seen leave."""


def due(now: datetime) -> Mapping[str, Any]:
    """Give the condition for letters that may be sent now."""
    return {"state": LetterState.READY, "next_attempt_at": {"$lte": now}}


class Copies(Repository[C]):
    """Copies of other services' things."""

    def keep_newest(self, heard: C) -> None:
        """Keep what an event said; raises Superseded when a later one was heard before."""
        known = self.first({"_id": heard.id}, scope=PLATFORM)
        if known is not None and not heard.is_news_to(known):
            seen = f"its event {known.seen_sequence}, and this is {heard.seen_sequence}"
            raise Superseded(f"{self._noun} {heard.id} is known by {seen}")
        heard.version = known.version if known else 0
        self.save(heard)


class Recipients(Copies[Recipient]):
    """Everybody we can write to; each is their partner's, and the institute's own are only its own to see."""

    collection = "recipients"
    aggregate = Recipient
    owner_field = "partner_id"

    def leaders_of(self, partner: Partner) -> list[Recipient]:
        """Give everybody who leads a partner; raises NotYetKnown while not all it was admitted with are known."""
        for leader_id in partner.leader_ids:
            self.known(leader_id, scope=PLATFORM)
        leaders = self.all({"partner_id": partner.id, "role": LEADER}, scope=PLATFORM)
        if not leaders:
            raise NotYetKnown(f"nobody who leads partner {partner.id} is known here yet")
        return leaders


class Partners(Copies[Partner]):
    """Every partner that was admitted; each is its own."""

    collection = "partners"
    aggregate = Partner
    owner_field = "_id"


class FollowUps(Repository[FollowUp]):
    """Every coaching follow-up, one for each time a milestone is reached; each is its partner's."""

    collection = "follow_ups"
    aggregate = FollowUp
    owner_field = "partner_id"
    indexes = (IndexModel(["milestone_id", "reached_sequence"], unique=True),)

    def planned_for(self, *, milestone_id: str, sequence: int) -> bool:
        """Tell whether there is one for this time the milestone was reached."""
        return self.first({"milestone_id": milestone_id, "reached_sequence": sequence}, scope=PLATFORM) is not None


class Letters(Repository[Letter]):
    """Every letter, one for each occasion and recipient.

    Those about a partner and to its own people are that partner's; all others only the institute's.
    """

    collection = "letters"
    aggregate = Letter
    owner_field = "organisation_id"
    indexes = (
        IndexModel(["occasion", "recipient_id"], unique=True),
        IndexModel(["state", "next_attempt_at"]),
        IndexModel(["partner_id", "_id"]),
        IndexModel("about_id"),
    )

    def written(self, occasion: Occasion, recipient: Recipient) -> bool:
        """Tell whether this recipient was written to on this occasion."""
        return self.first({"occasion": occasion.key, "recipient_id": recipient.id}, scope=PLATFORM) is not None
