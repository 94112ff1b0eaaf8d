"""Engagements, their milestones and the coaching of them."""

from gateway.auth import COACHES, EVERYBODY, IMPROVERS, INSTITUTE
from gateway.endpoints.route import Route, transitions_of

ENGAGEMENT_TRANSITIONS = {
    "agreed": "engagements.agree_engagement",
    "redrafted": "engagements.redraft_engagement",
    "active": "engagements.activate_engagement",
    "paused": "engagements.pause_engagement",
    "resumed": "engagements.resume_engagement",
    "closed": "engagements.close_engagement",
    "reopened": "engagements.reopen_engagement",
    "lead_coach_replaced": "engagements.replace_lead_coach",
}
MILESTONE_TRANSITIONS = {
    "reached": "engagements.reach_milestone",
    "reopened": "engagements.reopen_milestone",
    "rescheduled": "engagements.reschedule_milestone",
    "at_risk": "engagements.put_milestone_at_risk",
    "dropped": "engagements.drop_milestone",
    "restored": "engagements.restore_milestone",
}
SESSION_TRANSITIONS = {
    "held": "engagements.hold_coaching",
    "retracted": "engagements.retract_coaching",
    "moved": "engagements.move_coaching",
    "cancelled": "engagements.cancel_coaching",
    "handed_over": "engagements.hand_over_coaching",
}
ROUTES = (
    Route("GET", "/v1/partners/<partner_id>/coaches", EVERYBODY, "engagements.show_coaches"),
    Route("GET", "/v1/engagements", EVERYBODY, "engagements.list_engagements"),
    Route("GET", "/v1/engagements/<engagement_id>", EVERYBODY, "engagements.show_engagement"),
    transitions_of("/v1/engagements/<engagement_id>", INSTITUTE, ENGAGEMENT_TRANSITIONS, "an engagement"),
    Route("GET", "/v1/milestones", EVERYBODY, "engagements.list_milestones"),
    Route("POST", "/v1/milestones", IMPROVERS, "engagements.plan_milestone"),
    Route("GET", "/v1/milestones/<milestone_id>", EVERYBODY, "engagements.show_milestone"),
    transitions_of("/v1/milestones/<milestone_id>", IMPROVERS, MILESTONE_TRANSITIONS, "a milestone"),
    Route("GET", "/v1/coaching-sessions", EVERYBODY, "engagements.list_coaching_sessions"),
    Route("POST", "/v1/coaching-sessions", COACHES, "engagements.schedule_coaching"),
    Route("GET", "/v1/coaching-sessions/<session_id>", EVERYBODY, "engagements.show_coaching_session"),
    transitions_of("/v1/coaching-sessions/<session_id>", COACHES, SESSION_TRANSITIONS, "a coaching session"),
)
