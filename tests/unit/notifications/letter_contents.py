"""What a letter of each category says, in samples."""

from datetime import UTC, date, datetime
from typing import Any

from services.notifications.model.letter_trigger import Category

TO_ASA: dict[str, Any] = {"recipient_name": "Åsa Påhittad", "partner_name": "Region Jönköping County"}
REACHED = {"title": "Infections halved", "reached_on": date(2026, 6, 1)}
DUE = {"title": "Infections halved", "due_on": date(2026, 9, 1)}
SCORES = {"title": "Fewer infections", "month": date(2026, 5, 1), "self_score": "3.5", "faculty_score": "2.5"}
GAP = {
    "title": "Waiting days",
    "focus": "women",
    "reference": "men",
    "since": date(2026, 3, 2),
}
THERE = {"zone": "Europe/Stockholm"}
SESSION = {"held_at": datetime(2026, 6, 10, 12, tzinfo=UTC), **THERE}
WITH_THE_PARTNER = {"with_whom": TO_ASA["partner_name"]}
CAMP = {
    "camp_title": "Summer Camp 2026",
    "place": "Boston",
    "starts_on": date(2026, 7, 13),
    "ends_on": date(2026, 7, 15),
    "zone": "America/New_York",
    "answer_by": date(2026, 6, 29),
    "until_hour": None,
    "link": "https://partnerships.example/rsvp/inv_1.seal",
}
HELD = CAMP | {"until_hour": "17:00"}
WHERE_AND_WHEN = ("camp_title", "place", "starts_on", "ends_on", "link")
SEATS: dict[str, Any] = {
    "seats": 4,
    "reasons": [{"kind": "milestone", "title": title} for title in ("Infections halved", "Ten wards")],
}
ABOUT: dict[Category, dict[str, Any]] = {
    Category.WELCOME: TO_ASA
    | {"term_starts_on": date(2026, 1, 1), "term_ends_on": date(2028, 12, 31), "is_back": False},
    Category.MILESTONE: TO_ASA | REACHED,
    Category.FOLLOW_UP: TO_ASA
    | REACHED
    | {"due_on": date(2026, 6, 15), "zone": "America/New_York", "coach_should": "Read the run chart together."},
    Category.FOLLOW_UP_DUE: TO_ASA
    | REACHED
    | {
        "is_stalled": False,
        "due_on": date(2026, 6, 15),
        "zone": "America/New_York",
        "coach_should": "Read the run chart together.",
    },
    Category.FOLLOW_UP_REOPENED: TO_ASA
    | REACHED
    | {
        "is_stalled": False,
        "due_on": date(2026, 6, 15),
        "zone": "America/New_York",
        "coach_should": "Read the run chart together.",
    }
    | {"reason": "It was another session"},
    Category.AT_RISK: TO_ASA | DUE | THERE | {"reason": "The data come too late.", "restored_because": None},
    Category.MISSED: TO_ASA | DUE | THERE | {"restored_because": None},
    Category.RESCHEDULED: TO_ASA | DUE | THERE | {"from_due_on": date(2026, 8, 1), "restored_because": None},
    Category.REOPENED: TO_ASA | {"title": "Infections halved"},
    Category.PROPOSED: TO_ASA
    | {
        "title": "Infections halved",
        "finding": "“Infections” shows a favourable shift",
        "is_coach": False,
    },
    Category.PROPOSAL_WITHDRAWN: TO_ASA
    | {"title": "Infections halved", "reason": "The data do not show any more what was seen in them"},
    Category.OF_CONCERN: TO_ASA
    | {"title": "Infections", "stratum": None, "rules": "perla_2011", "rule": "sustained_shift"}
    | {"first": date(2026, 3, 2), "last": date(2026, 4, 27), "length": 9},
    Category.SIGNAL_WITHDRAWN: TO_ASA | {"title": "Infections", "stratum": None},
    Category.GAP_WIDENED: TO_ASA | GAP | {"overall_improved": True},
    Category.GAP_NOT_WIDER: TO_ASA | GAP | {"is_narrower": True},
    Category.DATA_LATE: TO_ASA
    | {"title": "Waiting days", "period": date(2026, 3, 1), "latest": date(2026, 2, 1), "frequency": "monthly"}
    | {"seen_at": datetime(2026, 4, 30, 22, tzinfo=UTC), "is_coach": False, **THERE},
    Category.STALLED: TO_ASA | {"title": "Fewer infections", "since": date(2026, 2, 28)},
    Category.MOVED_ON: TO_ASA | {"title": "Fewer infections", "score": "3.0", "corrected": False},
    Category.SCORES_DIFFER: TO_ASA | SCORES,
    Category.SCORES_AGREE: TO_ASA | SCORES | {"self_score": "3.0"},
    Category.PARTNERSHIP_PAUSED: TO_ASA | {"reason": "Elections", "paused_on": date(2026, 6, 1)},
    Category.PARTNERSHIP_RESUMED: TO_ASA | {"resumed_on": date(2026, 8, 1)},
    Category.FAREWELL: TO_ASA
    | {"reason": "Merged into another region", "departed_on": date(2026, 9, 30), "is_back": False},
    Category.WORK_PAUSED: TO_ASA | {"reason": "Elections"},
    Category.WORK_RESUMED: TO_ASA,
    Category.WORK_ENDED: TO_ASA | {"reason": "All is reached", "closed_on": date(2026, 9, 30)},
    Category.COACHING_PAUSED: TO_ASA | {"reason": "Elections"},
    Category.COACHING_RESUMED: TO_ASA | {"follow_ups": [DUE], **THERE},
    Category.COACHING_ENDED: TO_ASA | {"reason": "All is reached", "closed_on": date(2026, 9, 30)},
    Category.COACH_WANTED: TO_ASA
    | {
        "coach_name": "Coach Okonkwo",
        "left_on": date(2026, 6, 1),
        "engagement_id": "eng_1",
        "follow_ups": [DUE],
        **THERE,
    },
    Category.COACHING_TAKEN_OVER: TO_ASA | {"follow_ups": [DUE], **THERE},
    Category.COACH_NAMED: TO_ASA
    | {"coach": {"name": "Ada Example", "email": "ada@institute.example"}, "former_name": "Asa"},
    Category.COACHING_PASSED_ON: TO_ASA | {"coach_name": "Ada Example"},
    Category.SESSION_SCHEDULED: TO_ASA | SESSION | WITH_THE_PARTNER,
    Category.SESSION_HANDED_OVER: TO_ASA
    | SESSION
    | {"coach_name": "Ada Example", "coach_email": "ada@institute.example"},
    Category.SESSION_COACH_WANTED: TO_ASA
    | SESSION
    | {"coach_name": "Coach Okonkwo", "left_on": date(2026, 6, 1), "session_id": "cos_1"},
    Category.SESSION_TAKEN_OVER: TO_ASA | SESSION,
    Category.SESSION_PASSED_ON: TO_ASA | SESSION | {"coach_name": "Ada Example"},
    Category.SESSION_MOVED: TO_ASA
    | SESSION
    | WITH_THE_PARTNER
    | {"from_held_at": datetime(2026, 6, 9, 7, tzinfo=UTC), "reason": "A strike"},
    Category.SESSION_CANCELLED: TO_ASA | SESSION | WITH_THE_PARTNER | {"reason": "The coach is ill"},
    Category.INVITATION: TO_ASA | CAMP | SEATS,
    Category.WAITLISTED: TO_ASA
    | {name: CAMP[name] for name in WHERE_AND_WHEN}
    | SEATS
    | {"position": 3, "joined_on": date(2026, 6, 1)},
    Category.FEWER_SEATS: TO_ASA | {name: CAMP[name] for name in WHERE_AND_WHEN} | {"seats": 2, "before": 4},
    Category.LEFT_WAITLIST: TO_ASA
    | {name: CAMP[name] for name in WHERE_AND_WHEN}
    | {"reason": "They told us", "kind": "by_staff"},
    Category.OFFER: TO_ASA | HELD | SEATS | {"waited_for": 6},
    Category.ANSWER_REMINDER: TO_ASA | HELD,
    Category.ACCEPTED: TO_ASA | {name: CAMP[name] for name in WHERE_AND_WHEN} | {"seats": 3},
    Category.DECLINED: TO_ASA
    | {name: CAMP[name] for name in (*WHERE_AND_WHEN, "zone")}
    | {"undo_until": datetime(2026, 6, 1, 13, tzinfo=UTC)},
    Category.TENTATIVE: TO_ASA | HELD,
    Category.UNDONE: TO_ASA | HELD | {"comes": False},
    Category.EXPIRED: TO_ASA | {"camp_title": "Summer Camp 2026"},
    Category.CAMP_CHANGED: TO_ASA
    | HELD
    | {
        "seats": 4,
        "state": "issued",
        "before": {
            "title": "Summer Meeting 2026",
            "place": "Madison",
            "zone": "America/Chicago",
            "starts_on": date(2026, 7, 6),
            "ends_on": date(2026, 7, 8),
            "answer_by": date(2026, 6, 22),
        },
    },
    Category.WITHDRAWN: TO_ASA
    | {"camp_title": "Summer Camp 2026", "reason": "The camp is smaller", "kind": "by_staff", "waited": False},
}
