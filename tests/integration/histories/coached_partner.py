"""What engagements publishes of one partner: its engagement, its milestones and coaching sessions."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.integration.histories.published_event import COACH, SUCCESSOR, PublishedEvent, published

ENGAGEMENT_CHANGES = (
    (), ("coach_left",), ("coach_changed",), ("coach_left", "coach_changed"), ("coach_left", "coach_returned"),
    ("coach_left", "closed"), ("paused",), ("paused", "resumed"), ("paused", "coach_changed", "resumed"),
    ("closed", "reopened"), ("paused", "resumed", "closed", "reopened", "paused"),
)  # fmt: skip
"""What can happen to a partner's engagement, and to who leads it, as engagements publishes it step by step."""
WITH_PARTNER = {"paused": "paused", "resumed": "resumed", "departed": "closed"}
"""What happens to an engagement under way because of what happens to its partner."""
STANDINGS = {"activated": "open", "resumed": "open", "reopened": "open", "paused": "paused", "closed": "closed"}
"""The standing that each of these events leads to."""
SESSION_CHANGES = (
    (), ("moved",), ("moved", "moved"), ("moved", "cancelled"), ("cancelled",), ("handed_over",),
    ("moved", "handed_over"), ("handed_over", "moved"), ("coach_left",), ("coach_left", "coach_returned"),
    ("coach_left", "handed_over"), ("coach_left", "cancelled"), ("handed_over", "coach_left", "cancelled"),
)  # fmt: skip
"""What can happen to a coaching session before it is held, after it was scheduled."""


@dataclass(frozen=True, kw_only=True)
class CoachedPartner:
    """A partner with its engagement, and the milestones it reaches there."""

    id: str
    milestones: tuple[str, ...]
    reopened: frozenset[str] = frozenset()
    """Milestones that are not reached after all."""
    coached: frozenset[str] = frozenset()
    """Milestones about which a coaching session is held."""
    rescheduled: frozenset[str] = frozenset()
    """Milestones that are missed, and then given another day; reached and reopened, they are missed again."""
    dropped: tuple[str, ...] = ()
    """Milestones that are missed, and then aimed at no more."""
    restored: frozenset[str] = frozenset()
    """Those of them that are aimed at again, as missed, until the engagement is closed."""
    retracted: frozenset[str] = frozenset()
    """Milestones about which a coaching session was said to be held, and was not."""
    engagement_changes: tuple[str, ...] = ()
    """What happens to its engagement after it began, but not because of what happens to the partner, in order."""
    session_changes: tuple[str, ...] = ()
    """What happens to a coaching session that is planned."""
    changes: tuple[str, ...] = ()
    """What happens to the partner after its admission, in order."""

    @property
    def engagement_id(self) -> str:
        """Its engagement."""
        return f"eng_of_{self.id}"

    @property
    def has_a_successor(self) -> bool:
        """Whether another coach leads its engagement in the end."""
        return "coach_changed" in self.engagement_changes

    @property
    def engagement_life(self) -> list[tuple[str, bool]]:
        """What happens to its engagement, in order, and for each whether it is because of the partner."""
        own = ("activated", *self.engagement_changes)
        follows = {"open": WITH_PARTNER, "paused": {"departed": "closed"}, "closed": {}}[standing_after(own)]
        because = [follows[change] for change in self.changes if change in follows]
        return [*((change, False) for change in own), *((change, True) for change in because)]

    @property
    def engagement_standing(self) -> str:
        """Whether its engagement is open, paused or closed in the end."""
        return standing_after([change for change, _ in self.engagement_life])

    def happens_to_engagement(self, *changes: str) -> bool:
        """Whether one of these changes is part of its engagement's life."""
        return any(change in changes for change, _ in self.engagement_life)

    @property
    def standing(self) -> set[str]:
        """The milestones that it has reached in the end."""
        return set(self.milestones) - self.reopened

    def milestone_events(self) -> list[PublishedEvent]:
        events = [each for id in self.dropped for each in self._of_dropped(id)]
        for id in self.milestones:
            about = {"milestone_id": id, "engagement_id": self.engagement_id, "partner_id": self.id,
                     "title": f"Title of {id}"}  # fmt: skip
            rescheduled = ("rescheduled",) if id in self.rescheduled else ()
            missed_again = ("missed",) if id in self.rescheduled else ()
            reopened = ("reopened", *missed_again) if id in self.reopened else ()
            happened = ("planned", "at_risk", "missed", *rescheduled, "reached", *reopened)
            events += [published(f"engagements.milestone.{each}", id, number, **about, coach_id=COACH)
                       for number, each in enumerate(happened, 1)]  # fmt: skip
            if id in self.coached | self.retracted:
                events.append(self.held(id))
            if id in self.retracted:
                events.append(published("engagements.coaching.retracted", f"ses_of_{id}", 2, **self.session_about(id)))
        return events

    def _of_dropped(self, id: str) -> list[PublishedEvent]:
        return self._of_given_up(id, ("planned", "at_risk", "missed", "dropped"), first=1)

    def restored_events(self) -> list[PublishedEvent]:
        """What is aimed at again is so while work is under way; with its engagement it is dropped again."""
        again = ("dropped",) if self.engagement_standing == "closed" else ()
        return [each for id in self.restored for each in self._of_given_up(id, ("restored", *again), first=5)]

    def _of_given_up(self, id: str, happened: tuple[str, ...], *, first: int) -> list[PublishedEvent]:
        about = {"milestone_id": id, "engagement_id": self.engagement_id, "partner_id": self.id,
                 "title": f"Title of {id}", "coach_id": COACH, "state": "missed"}  # fmt: skip
        return [published(f"engagements.milestone.{each}", id, number, **about)
                for number, each in enumerate(happened, first)]  # fmt: skip

    def held(self, milestone_id: str) -> PublishedEvent:
        return published("engagements.coaching.held", f"ses_of_{milestone_id}", **self.session_about(milestone_id))

    def session_about(self, milestone_id: str) -> dict[str, str]:
        about = {"session_id": f"ses_of_{milestone_id}", "partner_id": self.id, "milestone_id": milestone_id}
        return {**about, "coach_id": COACH, "engagement_id": self.engagement_id}

    def engagement_events(self) -> list[PublishedEvent]:
        events, coach_id = [], COACH
        for number, (change, with_partner) in enumerate(self.engagement_life, 3):
            coach_id = SUCCESSOR if change == "coach_changed" else coach_id
            about = {"engagement_id": self.engagement_id, "partner_id": self.id, "coach_id": coach_id,
                     "former_coach_id": COACH, "lead_coach_id": coach_id, "with_partner": with_partner}  # fmt: skip
            events.append(published(f"engagements.engagement.{change}", self.engagement_id, number, **about))
        return [*events, *(self.handed_over() if self.has_a_successor else [])]

    def handed_over(self) -> list[PublishedEvent]:
        """Another session, scheduled with the lead coach, and handed over with the engagement."""
        id = f"cos_of_{self.id}"
        about = {"session_id": id, "partner_id": self.id, "former_coach_id": COACH, "with_engagement": True}
        return [
            published("engagements.coaching.scheduled", id, 1, **about, coach_id=COACH),
            published("engagements.coaching.handed_over", id, 2, **about, coach_id=SUCCESSOR),
        ]

    def session_events(self) -> list[PublishedEvent]:
        id = f"cos_planned_of_{self.id}"
        about = {"session_id": id, "engagement_id": self.engagement_id, "partner_id": self.id, "milestone_id": None}
        changes = [(change, False) for change in ("scheduled", *self.session_changes)]
        if self.happens_to_engagement("closed") and "cancelled" not in self.session_changes:
            changes.append(("cancelled", True))
        return [
            published(f"engagements.coaching.{change}", id, number, **about, with_engagement=ending,
                      former_coach_id=COACH, coach_id=self._session_coach(changes[:number]))
            for number, (change, ending) in enumerate(changes, 1)
        ]  # fmt: skip

    def _session_coach(self, changes: Sequence[tuple[str, bool]]) -> str:
        return SUCCESSOR if ("handed_over", False) in changes else COACH


def standing_after(changes: Sequence[str]) -> str:
    """The standing of an engagement after these changes."""
    return [STANDINGS[change] for change in changes if change in STANDINGS][-1]
