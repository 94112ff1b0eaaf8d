"""What a letter of each category says, in samples."""

from datetime import UTC, date, datetime
from typing import Any

from services.notifications.model.invitation import ToldOfCamp
from services.notifications.model.letter_trigger import Category

TO_ASA: dict[str, Any] = {"recipient_name": "Åsa Påhittad", "partner_name": "Region Jönköping County"}
TO_KIM = {"recipient_name": "Åsa Påhittad of Jönköping"}
INQUIRY: dict[str, Any] = TO_KIM | {"organisation": TO_ASA["partner_name"]}
BY_LINK = {"inquiry_link": "https://partnerships.example/inquiry/inq_1.seal"}
IN_UTC = {"zone": "UTC"}
TO_ANSWER = IN_UTC | {"inquiry_id": "inq_1"}
ANSWER_BY = datetime(2026, 6, 11, 9, tzinfo=UTC)
ON_OTHER_DAYS = {"starts_on": date(2026, 7, 6), "ends_on": date(2026, 7, 8)}
REACHED = {"title": "Infections halved", "reached_on": date(2026, 6, 1)}
DUE = {"title": "Infections halved", "due_on": date(2026, 9, 1)}
SCORES = {"title": "Fewer infections", "month": date(2026, 5, 1), "self_score": "3.5", "faculty_score": "2.5"}
ASSESSED = {"partner_id": "prt_01k9x3q0w5m8k4t7v2z9y6c1d3"}
ASKED_FACULTY = {"faculty_request_id": "frq_1", "answer_by": ANSWER_BY, "zone": "Europe/Stockholm"}
WAITING: dict[str, Any] = {"candidate_id": "cnd_1", "since": datetime(2026, 6, 1, 9, tzinfo=UTC), "waiting": 2}
TERM = {"term_ends_on": date(2028, 12, 31)}
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
    "mode": "in_person",
    "starts_on": date(2026, 7, 13),
    "ends_on": date(2026, 7, 15),
    "zone": "America/New_York",
    "answer_by": date(2026, 6, 29),
    "until_hour": None,
    "link": "https://partnerships.example/rsvp/inv_1.seal",
}
PROGRAMME: dict[str, Any] = {
    "camp_title": "Summer Camp 2026",
    "zone": "America/New_York",
    "programme_link": "https://partnerships.example/programme/cmp_1.seal",
    "slots": [
        {
            "title": f"Huddles {difference}",
            "room": "Harbour",
            "starts_at": datetime(2026, 7, 14, 14, tzinfo=UTC),
            "ends_at": datetime(2026, 7, 14, 15, tzinfo=UTC),
            "difference": difference,
        }
        for difference in ("new", "moved", "same", "cancelled")
    ],
}
HARVEST: dict[str, Any] = {
    "camp_title": "Summer Camp 2026",
    "harvest_link": "https://partnerships.example/harvest/cmp_1.seal",
    "experiences": 3,
    "lessons": 2,
    "promises": 5,
    "nothing_to_publish": None,
    "again": False,
    "as_whom": "delegate",
}
AT_CAMP = {"title": "Every ward holds a daily safety huddle", "camp_title": "Summer Camp 2026"}
TO_LEADERS = AT_CAMP | {"presents": False}
HELD = CAMP | {"until_hour": "17:00"}
NO_HOUSE = {"venue": None}
COMES = {
    "remote": False,
    **{name: CAMP[name] for name in ("camp_title", "place", "mode", "starts_on", "ends_on")},
    **NO_HOUSE,
}
WHEN = ("camp_title", "starts_on", "ends_on", "link")
WHERE_AND_WHEN = ("camp_title", "place", "mode", "starts_on", "ends_on", "link")
SEATS: dict[str, Any] = {
    "seats": 4,
    "reasons": [{"kind": "milestone", "title": title} for title in ("Infections halved", "Ten wards")],
}
HELP = {
    "other_name": "Qulturum",
    "asks": True,
    "ask_title": "A huddle that lives at night",
    "offer_title": "Huddles, day and night",
}
PROMISED: dict[str, Any] = {
    "what": "A checklist at each insertion",
    "camp_title": "Summer Camp 2026",
    "made_on": date(2026, 7, 15),
    "due_on": date(2026, 10, 15),
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
    Category.COMMITMENT_REMINDER: TO_ASA | PROMISED | {"is_owner": True},
    Category.COMMITMENT_OVERDUE: TO_ASA | PROMISED | {"is_owner": True},
    Category.COMMITMENT_LATE: TO_ASA | PROMISED,
    Category.STALLED: TO_ASA | {"title": "Fewer infections", "since": date(2026, 2, 28)},
    Category.MOVED_ON: TO_ASA | {"title": "Fewer infections", "score": "3.0", "corrected": False},
    Category.SCORES_DIFFER: TO_ASA | SCORES,
    Category.ASSESSMENT_DUE: TO_ASA | ASSESSED | {"due_on": date(2027, 3, 1)},
    Category.ASSESSMENT_OVERDUE: TO_ASA | ASSESSED | {"due_on": date(2027, 3, 1)},
    Category.ASSESSORS_DIFFER: TO_ASA | ASSESSED | {"characteristics": ["reach", "desire_to_test"]},
    Category.ASSESSORS_AGREE: TO_ASA,
    Category.RENEWAL_DUE: TO_ASA | ASSESSED | TERM,
    Category.RENEWAL_OVERDUE: TO_ASA | ASSESSED | TERM,
    Category.TERM_GOES_ON: TO_ASA
    | {"reason": "There is more to do", "term_starts_on": date(2029, 1, 1), "term_ends_on": date(2031, 12, 31)}
    | {"was_to_end": True},
    Category.TERM_ENDS: TO_ASA | TERM | {"reason": "What it came for is reached"},
    Category.TERM_IS_OPEN: TO_ASA | TERM | {"reason": "A new government has other plans"},
    Category.PLACE_FREE: TO_ASA | WAITING | IN_UTC,
    Category.FACULTY_REQUESTED: TO_ASA | ASKED_FACULTY,
    Category.FACULTY_OVERDUE: TO_ASA | ASKED_FACULTY,
    Category.FACULTY_GRANTED: TO_ASA | {"names": ["Ngozi Invented"]},
    Category.CONNECTION_PROPOSED: TO_ASA
    | {"other_partner_name": "Region Skåne", "kind": "site_visit", "purpose": "To see your morning huddles"}
    | {"connection_id": "con_01k9x3q0w5m8k4t7v2z9y6c1d3"},
    Category.CONNECTION_DORMANT: TO_ASA
    | {"other_partner_name": "Region Skåne", "kind": "buddy", "quiet_since": date(2026, 3, 2)}
    | {"connection_id": "con_01k9x3q0w5m8k4t7v2z9y6c1d3"},
    Category.SCORES_AGREE: TO_ASA | SCORES | {"self_score": "3.0"},
    Category.PARTNERSHIP_PAUSED: TO_ASA | {"reason": "Elections", "paused_on": date(2026, 6, 1)},
    Category.PARTNERSHIP_RESUMED: TO_ASA | {"resumed_on": date(2026, 8, 1)},
    Category.FAREWELL: TO_ASA
    | {"reason": "Merged into another region", "departed_on": date(2026, 9, 30), "is_back": False},
    Category.GRADUATION: TO_ASA
    | {"reason": "Infections are halved in all hospitals", "departed_on": date(2026, 9, 30), "is_back": False},
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
    Category.COACH_CONFLICT: TO_ASA
    | {"coach_name": "Coach Okonkwo", "until": date(2027, 6, 1), "engagement_id": "eng_1"},
    Category.SESSION_COACH_CONFLICT: TO_ASA
    | SESSION
    | {"coach_name": "Coach Okonkwo", "until": None, "session_id": "cos_1"},
    Category.WILL_QUESTIONED: TO_ASA | {"change": "sponsor_left", "since": date(2026, 6, 1), "engagement_id": "eng_1"},
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
    Category.INVITATION: TO_ASA | CAMP | NO_HOUSE | SEATS,
    Category.WAITLISTED: TO_ASA
    | {name: CAMP[name] for name in WHERE_AND_WHEN}
    | NO_HOUSE
    | SEATS
    | {"position": 3, "joined_on": date(2026, 6, 1), "is_reopened": False},
    Category.WAITLIST_CLOSED: TO_ASA | {name: CAMP[name] for name in WHEN} | {"was_offered": True},
    Category.FEWER_SEATS: TO_ASA
    | {name: CAMP[name] for name in WHERE_AND_WHEN}
    | {"seats": 2, "before": 4, "offers_closed": False},
    Category.LEFT_WAITLIST: TO_ASA
    | {name: CAMP[name] for name in WHERE_AND_WHEN}
    | {"reason": "They told us", "kind": "by_staff"},
    Category.OFFER: TO_ASA | HELD | NO_HOUSE | SEATS | {"waited_for": 6},
    Category.ANSWER_REMINDER: TO_ASA | HELD,
    Category.ACCEPTED: TO_ASA | {name: CAMP[name] for name in WHERE_AND_WHEN} | NO_HOUSE | {"seats": 3},
    Category.DECLINED: TO_ASA
    | {name: CAMP[name] for name in (*WHERE_AND_WHEN, "zone")}
    | {"undo_until": datetime(2026, 6, 1, 13, tzinfo=UTC)},
    Category.TENTATIVE: TO_ASA | HELD,
    Category.UNDONE: TO_ASA | HELD | {"comes": False, "is_postponed": False},
    Category.EXPIRED: TO_ASA | {"camp_title": "Summer Camp 2026"},
    Category.INQUIRY_RECEIVED: INQUIRY | BY_LINK | IN_UTC | {"answer_by": ANSWER_BY},
    Category.INQUIRY_KNOWN: INQUIRY,
    Category.INQUIRY_ASKED_AGAIN: INQUIRY | BY_LINK,
    Category.INQUIRY_QUESTION: INQUIRY | BY_LINK | {"question": "How many hospitals are there?"},
    Category.INQUIRY_CLOSED: INQUIRY
    | IN_UTC
    | {"outcome": "almost", "answer": "Please ask us again in a year.", "removed_by": ANSWER_BY},
    Category.INQUIRY_WITHDRAWN: INQUIRY | IN_UTC | {"removed_by": ANSWER_BY},
    Category.INQUIRY_REOPENED: INQUIRY | BY_LINK | IN_UTC | {"answer_by": ANSWER_BY},
    Category.INQUIRY_TO_ANSWER: INQUIRY | TO_ANSWER | {"news": "received", "has_earlier": True, "answer_by": ANSWER_BY},
    Category.INQUIRY_OVERDUE: INQUIRY | TO_ANSWER | {"answer_by": ANSWER_BY},
    Category.GUEST_INVITED: TO_KIM | CAMP | NO_HOUSE | {"waited": False, "reasons": SEATS["reasons"]},
    Category.GUEST_WAITLISTED: TO_KIM
    | {name: CAMP[name] for name in WHERE_AND_WHEN}
    | NO_HOUSE
    | {"position": 3, "reasons": SEATS["reasons"]},
    Category.GUEST_WAITLIST_CLOSED: TO_KIM | {name: CAMP[name] for name in WHEN} | {"was_offered": False},
    Category.GUEST_ANSWERED: TO_KIM
    | {name: CAMP[name] for name in (*WHERE_AND_WHEN, "zone")}
    | {"answer": "declined", "undo_until": datetime(2026, 6, 10, 11, tzinfo=UTC)},
    Category.GUEST_ENDED: TO_KIM
    | {
        "camp_title": "Summer Camp 2026",
        "reason": "The programme is full",
        "withdrawn_for": "by_staff",
        "has_begun": False,
    },
    Category.GUEST_CAMP_CHANGED: TO_KIM
    | CAMP
    | NO_HOUSE
    | {"state": "issued", "postponed_because": None, "offers_closed": False, "zone_law": None}
    | {"before": {"title": "Summer Camp 2026", "place": "Chicago", "mode": "in_person", "venue": None} | ON_OTHER_DAYS},
    Category.CAMP_SESSION_ACCEPTED: TO_ASA | TO_LEADERS,
    Category.CAMP_SESSION_DECLINED: TO_ASA | TO_LEADERS | {"reason": "There were more proposals than slots"},
    Category.CAMP_SESSION_CANCELLED: TO_ASA | TO_LEADERS | {"reason": "The room is not to be had"},
    Category.CAMP_SESSION_REINSTATED: TO_ASA | TO_LEADERS,
    Category.CAMP_SESSION_EVIDENCE: TO_ASA | TO_LEADERS | {"evidence": "gone", "because": None, "to_staff": False},
    Category.CAMP_SESSION_EVIDENCE_HOLDS: TO_ASA | AT_CAMP,
    **dict.fromkeys((Category.DELEGATE_NAMED, Category.DELEGATE_CONFIRMED), TO_ASA | COMES),
    Category.DELEGATE_CAMP_CHANGED: TO_ASA | COMES | {"zone_law": None},
    Category.DELEGATE_CAMP_POSTPONED: TO_ASA
    | {name: CAMP[name] for name in ("camp_title", "starts_on", "ends_on")}
    | {"reason": "A storm"},
    Category.DELEGATE_WITHDRAWN: TO_ASA | {"camp_title": "Summer Camp 2026", "because_of": "by_hand"},
    Category.DIARY_ENTRY: TO_ASA | {"camp_title": "Summer Camp 2026"},
    Category.DIARY_CANCELLED: TO_ASA | {"camp_title": "Summer Camp 2026", "moved": False},
    Category.PROGRAMME_RELEASED: TO_ASA | PROGRAMME,
    Category.PROGRAMME_CHANGED: TO_ASA | PROGRAMME | {"number": 2, "zone_law": None},
    Category.CAMP_HARVEST: TO_ASA | HARVEST,
    Category.CAMP_CHANGED: TO_ASA
    | HELD
    | NO_HOUSE
    | {
        "seats": 4,
        "state": "issued",
        "opens_at": "09:00",
        "closes_at": "17:00",
        "postponed_because": None,
        "offers_closed": False,
        "zone_law": None,
        "before": ToldOfCamp(
            title="Summer Meeting 2026",
            place="Madison",
            zone="America/Chicago",
            starts_on=date(2026, 7, 6),
            ends_on=date(2026, 7, 8),
            answer_by=date(2026, 6, 22),
            opens_at="08:30",
            closes_at="16:30",
        ),
    },
    Category.WITHDRAWN: TO_ASA
    | {"camp_title": "Summer Camp 2026", "reason": "The camp is smaller", "kind": "by_staff", "waited": False}
    | {"has_begun": False},
    Category.SOURCE_CHANGED: TO_ASA
    | {"title": "Fewer infections", "organisation": "An airline", "is_withdrawn": True, "reason": "It was misheard"},
    Category.HELP_SUGGESTED: TO_ASA
    | HELP
    | {"reasons": [{"kind": "topic", "what": "daily_huddles"}, {"kind": "focus_area", "what": "safer_care"}]},
    Category.HELP_MATCHED: TO_ASA | HELP | {"contacts": [{"name": "Bo Exempel", "email": "bo@region.example"}]},
    Category.HELP_ENDED: TO_ASA | HELP | {"because": "declined", "reason": "Nobody is free this spring"},
}
