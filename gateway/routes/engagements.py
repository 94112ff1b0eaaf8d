"""Engagements, their milestones and the coaching of them."""

from gateway.auth import COACHES, EVERYBODY, IMPROVERS, INSTITUTE
from gateway.endpoints.route import ADDING, CHANGING, LISTING, SHOWING, Route

ENGAGEMENT_MOVES = {
    "agreed": "engagements.agree_engagement",
    "active": "engagements.activate_engagement",
    "paused": "engagements.suspend_engagement",
    "resumed": "engagements.take_up_engagement",
    "closed": "engagements.end_engagement",
}
MILESTONE_MOVES = {
    "reached": "engagements.reach_milestone",
    "reopened": "engagements.reopen_milestone",
    "rescheduled": "engagements.reschedule_milestone",
    "at_risk": "engagements.put_milestone_at_risk",
    "dropped": "engagements.drop_milestone",
}
HELD = {"held": "engagements.hold_coaching"}
ROUTES = (
    Route("GET", "/v1/engagements", EVERYBODY, LISTING, asks="engagements.list_engagements"),
    Route("GET", "/v1/engagements/<engagement_id>", EVERYBODY, SHOWING, asks="engagements.show_engagement"),
    Route(
        "POST",
        "/v1/engagements/<engagement_id>/transitions",
        INSTITUTE,
        CHANGING,
        moves=ENGAGEMENT_MOVES,
        summary="Change the state of an engagement",
    ),
    Route("GET", "/v1/milestones", EVERYBODY, LISTING, asks="engagements.list_milestones"),
    Route("POST", "/v1/milestones", IMPROVERS, ADDING, asks="engagements.plan_milestone", status=201),
    Route("GET", "/v1/milestones/<milestone_id>", EVERYBODY, SHOWING, asks="engagements.show_milestone"),
    Route(
        "POST",
        "/v1/milestones/<milestone_id>/transitions",
        IMPROVERS,
        CHANGING,
        moves=MILESTONE_MOVES,
        summary="Change the state of a milestone",
    ),
    Route("GET", "/v1/coaching-sessions", EVERYBODY, LISTING, asks="engagements.list_coaching_sessions"),
    Route("POST", "/v1/coaching-sessions", COACHES, ADDING, asks="engagements.schedule_coaching", status=201),
    Route("GET", "/v1/coaching-sessions/<session_id>", EVERYBODY, SHOWING, asks="engagements.show_coaching_session"),
    Route(
        "POST",
        "/v1/coaching-sessions/<session_id>/transitions",
        COACHES,
        CHANGING,
        moves=HELD,
        summary="Change the state of a coaching session",
    ),
)
