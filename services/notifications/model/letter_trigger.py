"""What a letter is written for: its category, and the thing that it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Category(StrEnum):
    """What a letter is for."""

    WELCOME = "welcome"
    MILESTONE = "milestone"
    PROPOSED = "milestone_proposed"
    PROPOSAL_WITHDRAWN = "milestone_proposal_withdrawn"
    AT_RISK = "milestone_at_risk"
    MISSED = "milestone_missed"
    RESCHEDULED = "milestone_rescheduled"
    REOPENED = "milestone_reopened"
    STALLED = "initiative_stalled"
    MOVED_ON = "initiative_moved_on"
    SCORES_DIFFER = "initiative_scores_differ"
    SCORES_AGREE = "initiative_scores_agree"
    OF_CONCERN = "signal_of_concern"
    SIGNAL_WITHDRAWN = "signal_withdrawn"
    GAP_WIDENED = "equity_gap_widened"
    GAP_NOT_WIDER = "equity_gap_not_wider"
    DATA_LATE = "data_late"
    PARTNERSHIP_PAUSED = "partnership_paused"
    PARTNERSHIP_RESUMED = "partnership_resumed"
    FAREWELL = "farewell"
    GRADUATION = "graduation"
    WORK_PAUSED = "work_paused"
    WORK_RESUMED = "work_resumed"
    WORK_ENDED = "work_ended"
    COACHING_PAUSED = "coaching_paused"
    COACHING_RESUMED = "coaching_resumed"
    COACHING_ENDED = "coaching_ended"
    FOLLOW_UP = "follow_up"
    FOLLOW_UP_DUE = "follow_up_due"
    FOLLOW_UP_REOPENED = "follow_up_reopened"
    COACH_NAMED = "coach_named"
    COACH_WANTED = "coach_wanted"
    COACH_CONFLICT = "coach_conflict"
    SESSION_COACH_CONFLICT = "session_coach_conflict"
    WILL_QUESTIONED = "will_questioned"
    COACHING_TAKEN_OVER = "coaching_taken_over"
    COACHING_PASSED_ON = "coaching_passed_on"
    SESSION_SCHEDULED = "session_scheduled"
    SESSION_HANDED_OVER = "session_handed_over"
    SESSION_COACH_WANTED = "session_coach_wanted"
    SESSION_TAKEN_OVER = "session_taken_over"
    SESSION_PASSED_ON = "session_passed_on"
    SESSION_MOVED = "session_moved"
    SESSION_CANCELLED = "session_cancelled"
    INVITATION = "invitation"
    WAITLISTED = "waitlist_joined"
    WAITLIST_CLOSED = "waitlist_closed"
    FEWER_SEATS = "waitlist_reduced"
    LEFT_WAITLIST = "waitlist_left"
    OFFER = "waitlist_offer"
    ANSWER_REMINDER = "answer_reminder"
    ACCEPTED = "invitation_accepted"
    DECLINED = "invitation_declined"
    TENTATIVE = "invitation_tentative"
    UNDONE = "invitation_answer_undone"
    EXPIRED = "invitation_expired"
    WITHDRAWN = "invitation_withdrawn"
    CAMP_CHANGED = "camp_changed"
    COMMITMENT_REMINDER = "commitment_reminder"
    COMMITMENT_OVERDUE = "commitment_overdue"
    COMMITMENT_LATE = "commitment_late"
    GUEST_INVITED = "guest_invited"
    GUEST_WAITLISTED = "guest_waitlisted"
    GUEST_WAITLIST_CLOSED = "guest_waitlist_closed"
    GUEST_ANSWERED = "guest_answered"
    GUEST_ENDED = "guest_ended"
    GUEST_CAMP_CHANGED = "guest_camp_changed"
    CAMP_SESSION_ACCEPTED = "camp_session_accepted"
    CAMP_SESSION_DECLINED = "camp_session_declined"
    CAMP_SESSION_CANCELLED = "camp_session_cancelled"
    CAMP_SESSION_REINSTATED = "camp_session_reinstated"
    CAMP_SESSION_EVIDENCE = "camp_session_evidence"
    CAMP_SESSION_EVIDENCE_HOLDS = "camp_session_evidence_holds"
    HELP_SUGGESTED = "help_suggested"
    HELP_MATCHED = "help_matched"
    HELP_ENDED = "help_ended"
    DELEGATE_NAMED = "delegate_named"
    DELEGATE_CONFIRMED = "delegate_confirmed"
    DELEGATE_WITHDRAWN = "delegate_withdrawn"
    DELEGATE_CAMP_CHANGED = "delegate_camp_changed"
    DELEGATE_CAMP_POSTPONED = "delegate_camp_postponed"
    DIARY_ENTRY = "diary_entry"
    DIARY_CANCELLED = "diary_cancelled"
    SOURCE_CHANGED = "initiative_source_changed"
    PROGRAMME_RELEASED = "programme_released"
    PROGRAMME_CHANGED = "programme_changed"
    CAMP_HARVEST = "camp_harvest"
    ASSESSMENT_DUE = "assessment_due"
    ASSESSMENT_OVERDUE = "assessment_overdue"
    ASSESSORS_DIFFER = "assessors_differ"
    ASSESSORS_AGREE = "assessors_agree"
    CONNECTION_PROPOSED = "connection_proposed"
    CONNECTION_DORMANT = "connection_dormant"
    RENEWAL_DUE = "renewal_due"
    RENEWAL_OVERDUE = "renewal_overdue"
    TERM_GOES_ON = "term_goes_on"
    TERM_ENDS = "term_ends"
    TERM_IS_OPEN = "term_is_open"
    PLACE_FREE = "candidate_place_free"
    FACULTY_REQUESTED = "faculty_requested"
    FACULTY_OVERDUE = "faculty_request_overdue"
    FACULTY_GRANTED = "faculty_granted"
    INQUIRY_RECEIVED = "inquiry_received"
    INQUIRY_KNOWN = "inquiry_known"
    INQUIRY_ASKED_AGAIN = "inquiry_asked_again"
    INQUIRY_QUESTION = "inquiry_question"
    INQUIRY_CLOSED = "inquiry_closed"
    INQUIRY_WITHDRAWN = "inquiry_withdrawn"
    INQUIRY_REOPENED = "inquiry_reopened"
    INQUIRY_TO_ANSWER = "inquiry_to_answer"
    INQUIRY_OVERDUE = "inquiry_overdue"


ABOUT_KIND: Mapping[Category, str] = {
    Category.WELCOME: "partner",
    Category.MILESTONE: "milestone",
    Category.PROPOSED: "milestone",
    Category.PROPOSAL_WITHDRAWN: "milestone",
    Category.AT_RISK: "milestone",
    Category.MISSED: "milestone",
    Category.RESCHEDULED: "milestone",
    Category.REOPENED: "milestone",
    Category.STALLED: "initiative",
    Category.MOVED_ON: "initiative",
    Category.SCORES_DIFFER: "initiative",
    Category.SCORES_AGREE: "initiative",
    Category.OF_CONCERN: "signal",
    Category.SIGNAL_WITHDRAWN: "signal",
    Category.GAP_WIDENED: "equity_gap",
    Category.GAP_NOT_WIDER: "equity_gap",
    Category.DATA_LATE: "measure",
    Category.PARTNERSHIP_PAUSED: "partner",
    Category.PARTNERSHIP_RESUMED: "partner",
    **dict.fromkeys((Category.FAREWELL, Category.GRADUATION), "partner"),
    Category.WORK_PAUSED: "engagement",
    Category.WORK_RESUMED: "engagement",
    Category.WORK_ENDED: "engagement",
    Category.COACHING_PAUSED: "engagement",
    Category.COACHING_RESUMED: "engagement",
    Category.COACHING_ENDED: "engagement",
    Category.FOLLOW_UP: "follow_up",
    Category.FOLLOW_UP_DUE: "follow_up",
    Category.FOLLOW_UP_REOPENED: "follow_up",
    Category.COACH_NAMED: "engagement",
    Category.COACH_WANTED: "engagement",
    Category.COACH_CONFLICT: "engagement",
    Category.SESSION_COACH_CONFLICT: "coaching_session",
    Category.WILL_QUESTIONED: "engagement",
    Category.COACHING_TAKEN_OVER: "engagement",
    Category.COACHING_PASSED_ON: "engagement",
    Category.SESSION_SCHEDULED: "coaching_session",
    Category.SESSION_HANDED_OVER: "coaching_session",
    Category.SESSION_COACH_WANTED: "coaching_session",
    Category.SESSION_TAKEN_OVER: "coaching_session",
    Category.SESSION_PASSED_ON: "coaching_session",
    Category.SESSION_MOVED: "coaching_session",
    Category.SESSION_CANCELLED: "coaching_session",
    Category.INVITATION: "invitation",
    **dict.fromkeys((Category.WAITLISTED, Category.WAITLIST_CLOSED, Category.FEWER_SEATS), "invitation"),
    **dict.fromkeys((Category.LEFT_WAITLIST, Category.OFFER, Category.ANSWER_REMINDER), "invitation"),
    **dict.fromkeys((Category.ACCEPTED, Category.DECLINED, Category.TENTATIVE, Category.UNDONE), "invitation"),
    **dict.fromkeys((Category.EXPIRED, Category.WITHDRAWN, Category.CAMP_CHANGED), "invitation"),
    Category.COMMITMENT_REMINDER: "commitment",
    Category.COMMITMENT_OVERDUE: "commitment",
    Category.COMMITMENT_LATE: "commitment",
    Category.GUEST_INVITED: "invitation",
    Category.GUEST_WAITLISTED: "invitation",
    Category.GUEST_WAITLIST_CLOSED: "invitation",
    Category.GUEST_ANSWERED: "invitation",
    Category.GUEST_ENDED: "invitation",
    Category.GUEST_CAMP_CHANGED: "invitation",
    Category.CAMP_SESSION_ACCEPTED: "session",
    Category.CAMP_SESSION_DECLINED: "session",
    Category.CAMP_SESSION_CANCELLED: "session",
    Category.CAMP_SESSION_REINSTATED: "session",
    Category.CAMP_SESSION_EVIDENCE: "session",
    Category.CAMP_SESSION_EVIDENCE_HOLDS: "session",
    Category.HELP_SUGGESTED: "match",
    Category.HELP_MATCHED: "match",
    Category.HELP_ENDED: "match",
    Category.DELEGATE_NAMED: "delegate",
    Category.DELEGATE_CONFIRMED: "delegate",
    Category.DELEGATE_WITHDRAWN: "delegate",
    Category.DELEGATE_CAMP_CHANGED: "delegate",
    Category.DELEGATE_CAMP_POSTPONED: "delegate",
    Category.DIARY_ENTRY: "camp",
    Category.DIARY_CANCELLED: "camp",
    Category.SOURCE_CHANGED: "initiative",
    Category.PROGRAMME_RELEASED: "camp",
    Category.PROGRAMME_CHANGED: "camp",
    Category.CAMP_HARVEST: "camp",
    **dict.fromkeys((Category.ASSESSMENT_DUE, Category.ASSESSMENT_OVERDUE), "fit"),
    **dict.fromkeys((Category.ASSESSORS_DIFFER, Category.ASSESSORS_AGREE), "fit"),
    **dict.fromkeys((Category.CONNECTION_PROPOSED, Category.CONNECTION_DORMANT), "connection"),
    Category.PLACE_FREE: "candidate",
    Category.FACULTY_REQUESTED: "faculty_request",
    **dict.fromkeys((Category.FACULTY_OVERDUE, Category.FACULTY_GRANTED), "faculty_request"),
    **dict.fromkeys((Category.RENEWAL_DUE, Category.RENEWAL_OVERDUE), "term"),
    **dict.fromkeys((Category.TERM_GOES_ON, Category.TERM_ENDS, Category.TERM_IS_OPEN), "partner"),
    **dict.fromkeys((Category.INQUIRY_RECEIVED, Category.INQUIRY_KNOWN, Category.INQUIRY_ASKED_AGAIN), "inquiry"),
    Category.INQUIRY_QUESTION: "inquiry",
    Category.INQUIRY_CLOSED: "inquiry",
    Category.INQUIRY_WITHDRAWN: "inquiry",
    Category.INQUIRY_REOPENED: "inquiry",
    **dict.fromkeys((Category.INQUIRY_TO_ANSWER, Category.INQUIRY_OVERDUE), "inquiry"),
}
"""What kind of thing the letters of each category are about."""
FOR_DIARIES = (Category.DIARY_ENTRY, Category.DIARY_CANCELLED, Category.DELEGATE_CAMP_CHANGED)
"""Letters that are written for the file that they carry alone: without it there is none."""
FOR_ONE_ADDRESS = (Category.DIARY_CANCELLED,)
"""Letters that concern the diary at one address, and do not follow their recipient to another one."""
ABOUT_STANDING = (
    *(Category.PARTNERSHIP_PAUSED, Category.PARTNERSHIP_RESUMED, Category.WORK_PAUSED, Category.WORK_RESUMED),
    *(Category.COACHING_PAUSED, Category.COACHING_RESUMED),
)
"""Letters that say that something rests, or goes on: news of the opposite overtakes them."""
REMINDERS = (Category.ANSWER_REMINDER, Category.COMMITMENT_REMINDER)
"""Letters that ask a partner again: while the partnership rests there are none."""
ABOUT_THE_TIME = (
    *(Category.SESSION_SCHEDULED, Category.SESSION_MOVED, Category.SESSION_HANDED_OVER, Category.SESSION_TAKEN_OVER),
)
"""Letters that say when a coaching session is, and who holds it: later news of that overtakes them."""
ABOUT_END = (Category.COACHING_ENDED, Category.WORK_ENDED)
"""Letters that say that an engagement has ended."""
ABOUT_CAMP_SESSIONS = tuple(category for category, kind in ABOUT_KIND.items() if kind == "session")
"""Letters about sessions at camps: later news of one overtakes them."""
ABOUT_PROGRAMMES = (Category.PROGRAMME_RELEASED, Category.PROGRAMME_CHANGED)
"""Letters about the programme of a camp: a later release overtakes them."""
ABOUT_FIT = tuple(category for category, kind in ABOUT_KIND.items() if kind == "fit")
"""Letters by which the institute's staff hears how a partner is assessed."""
ABOUT_TERMS = (
    *(Category.RENEWAL_DUE, Category.RENEWAL_OVERDUE, Category.TERM_GOES_ON, Category.TERM_ENDS),
    Category.TERM_IS_OPEN,
)
"""Letters about whether another term follows."""
ABOUT_CONNECTIONS = (Category.CONNECTION_PROPOSED, Category.CONNECTION_DORMANT)
ABOUT_FACULTY = (Category.FACULTY_REQUESTED, Category.FACULTY_OVERDUE, Category.FACULTY_GRANTED)
"""Letters about requests for faculty."""
OVERTAKEN_BY_DEPARTURE = (
    *(*ABOUT_FIT, *ABOUT_TERMS, *ABOUT_CONNECTIONS, *ABOUT_FACULTY),
    *(*ABOUT_PROGRAMMES, Category.CAMP_HARVEST, *ABOUT_CAMP_SESSIONS, Category.COACH_NAMED),
    *(*ABOUT_STANDING, Category.WELCOME, Category.INVITATION, Category.OFFER, Category.WITHDRAWN),
    *(Category.WAITLISTED, Category.WAITLIST_CLOSED, Category.FEWER_SEATS, Category.LEFT_WAITLIST),
    *(Category.ANSWER_REMINDER, Category.CAMP_CHANGED, Category.DIARY_ENTRY),
    *(Category.DELEGATE_NAMED, Category.DELEGATE_CONFIRMED, Category.DELEGATE_CAMP_CHANGED),
    Category.DELEGATE_CAMP_POSTPONED,
    *(Category.PROPOSED, Category.PROPOSAL_WITHDRAWN, Category.OF_CONCERN, Category.SIGNAL_WITHDRAWN),
    *(Category.GAP_WIDENED, Category.GAP_NOT_WIDER, Category.DATA_LATE, Category.WILL_QUESTIONED),
    *(Category.SOURCE_CHANGED, Category.HELP_SUGGESTED, Category.HELP_MATCHED, Category.HELP_ENDED),
    *(Category.COMMITMENT_REMINDER, Category.COMMITMENT_OVERDUE, Category.COMMITMENT_LATE),
)
"""Letters that are pointless once a partner has departed."""
ABOUT_FOLLOW_UPS = tuple(category for category, kind in ABOUT_KIND.items() if kind == "follow_up")
FOR_COACHES_OF_WORK = (
    *(*ABOUT_FOLLOW_UPS, Category.AT_RISK, Category.MISSED, Category.OF_CONCERN),
    *(Category.STALLED, Category.SCORES_DIFFER, Category.GAP_WIDENED, Category.DATA_LATE, Category.COMMITMENT_LATE),
    Category.WILL_QUESTIONED,
)
"""Letters that ask a coach, of late data also the leaders, to act for an engagement that is under way."""


@dataclass(frozen=True, kw_only=True)
class LetterTrigger:
    """What a letter is written for: what it is about, whose that is, and the number of its event.

    `part` tells apart several letters of one category for one event; `engagement_id` is that of the work for which the
    recipient is asked to act, if they are.
    """

    category: Category
    about_id: str
    partner_id: str
    sequence: int
    part: str = ""
    engagement_id: str | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for a letter that asks a coach to act for no engagement: its rest would not take it back."""
        if self.category in FOR_COACHES_OF_WORK and self.engagement_id is None:
            raise ValueError(f"the engagement for which a letter of category {self.category} asks is expected")

    @property
    def key(self) -> str:
        """Tells this trigger from every other one."""
        return ":".join([self.category, self.about_id, str(self.sequence), *([self.part] if self.part else [])])

    @property
    def about_kind(self) -> str:
        """What kind of thing `about_id` names."""
        return ABOUT_KIND[self.category]
