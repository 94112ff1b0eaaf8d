"""What a letter is written for: its category, and the thing that it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Category(StrEnum):
    """What a letter is for."""

    WELCOME = "welcome"
    MILESTONE = "milestone"
    AT_RISK = "milestone_at_risk"
    MISSED = "milestone_missed"
    REOPENED = "milestone_reopened"
    FOLLOW_UP = "follow_up"
    FOLLOW_UP_DUE = "follow_up_due"
    COACH_WANTED = "coach_wanted"
    COACHING_TAKEN_OVER = "coaching_taken_over"
    COACHING_PASSED_ON = "coaching_passed_on"
    SESSION_TAKEN_OVER = "session_taken_over"
    SESSION_PASSED_ON = "session_passed_on"
    INVITATION = "invitation"
    OFFER = "waitlist_offer"
    ANSWER_REMINDER = "answer_reminder"
    ACCEPTED = "invitation_accepted"
    DECLINED = "invitation_declined"
    TENTATIVE = "invitation_tentative"
    UNDONE = "invitation_answer_undone"
    EXPIRED = "invitation_expired"
    WITHDRAWN = "invitation_withdrawn"


ABOUT_KIND: Mapping[Category, str] = {
    Category.WELCOME: "partner",
    Category.MILESTONE: "milestone",
    Category.AT_RISK: "milestone",
    Category.MISSED: "milestone",
    Category.REOPENED: "milestone",
    Category.FOLLOW_UP: "follow_up",
    Category.FOLLOW_UP_DUE: "follow_up",
    Category.COACH_WANTED: "engagement",
    Category.COACHING_TAKEN_OVER: "engagement",
    Category.COACHING_PASSED_ON: "engagement",
    Category.SESSION_TAKEN_OVER: "coaching_session",
    Category.SESSION_PASSED_ON: "coaching_session",
    Category.INVITATION: "invitation",
    Category.OFFER: "invitation",
    Category.ANSWER_REMINDER: "invitation",
    Category.ACCEPTED: "invitation",
    Category.DECLINED: "invitation",
    Category.TENTATIVE: "invitation",
    Category.UNDONE: "invitation",
    Category.EXPIRED: "invitation",
    Category.WITHDRAWN: "invitation",
}
"""What kind of thing the letters of each category are about."""
ABOUT_FOLLOW_UPS = tuple(category for category, kind in ABOUT_KIND.items() if kind == "follow_up")


@dataclass(frozen=True, kw_only=True)
class LetterTrigger:
    """What a letter is written for: what it is about, whose that is, and the number of its event.

    `part` tells apart several letters of one category for one event.
    """

    category: Category
    about_id: str
    partner_id: str
    sequence: int
    part: str = ""

    @property
    def key(self) -> str:
        """Tells this trigger from every other one."""
        return ":".join([self.category, self.about_id, str(self.sequence), *([self.part] if self.part else [])])

    @property
    def about_kind(self) -> str:
        """What kind of thing `about_id` names."""
        return ABOUT_KIND[self.category]
