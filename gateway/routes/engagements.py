"""Engagements, their milestones and the coaching of them."""

from gateway.auth import COACHES, EVERYBODY, IMPROVERS, INSTITUTE
from gateway.endpoints.route import Route

ENGAGEMENT_TRANSITIONS = {
    "agreed": "engagements.agree_engagement",
    "active": "engagements.activate_engagement",
    "paused": "engagements.suspend_engagement",
    "resumed": "engagements.take_up_engagement",
    "closed": "engagements.end_engagement",
}
MILESTONE_TRANSITIONS = {
    "reached": "engagements.reach_milestone",
    "reopened": "engagements.reopen_milestone",
    "rescheduled": "engagements.reschedule_milestone",
    "at_risk": "engagements.put_milestone_at_risk",
    "dropped": "engagements.drop_milestone",
}
SESSION_TRANSITIONS = {"held": "engagements.hold_coaching"}
ROUTES = (
    Route("GET", "/v1/engagements", EVERYBODY, "engagements.list_engagements"),
    Route("GET", "/v1/engagements/<engagement_id>", EVERYBODY, "engagements.show_engagement"),
    Route(
        "POST",
        "/v1/engagements/<engagement_id>/transitions",
        INSTITUTE,
        transitions=ENGAGEMENT_TRANSITIONS,
        summary="Change the state of an engagement",
    ),
    Route("GET", "/v1/milestones", EVERYBODY, "engagements.list_milestones"),
    Route("POST", "/v1/milestones", IMPROVERS, "engagements.plan_milestone"),
    Route("GET", "/v1/milestones/<milestone_id>", EVERYBODY, "engagements.show_milestone"),
    Route(
        "POST",
        "/v1/milestones/<milestone_id>/transitions",
        IMPROVERS,
        transitions=MILESTONE_TRANSITIONS,
        summary="Change the state of a milestone",
    ),
    Route("GET", "/v1/coaching-sessions", EVERYBODY, "engagements.list_coaching_sessions"),
    Route("POST", "/v1/coaching-sessions", COACHES, "engagements.schedule_coaching"),
    Route("GET", "/v1/coaching-sessions/<session_id>", EVERYBODY, "engagements.show_coaching_session"),
    Route(
        "POST",
        "/v1/coaching-sessions/<session_id>/transitions",
        COACHES,
        transitions=SESSION_TRANSITIONS,
        summary="Change the state of a coaching session",
    ),
)
