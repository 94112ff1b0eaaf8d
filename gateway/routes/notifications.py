"""Coaching follow-ups, and letters with their delivery."""

from gateway.auth import COACHES, EVERYBODY
from gateway.endpoints.route import Route, transitions_of

FOLLOW_UP_TRANSITIONS = {
    "completed": "notifications.complete_follow_up",
    "skipped": "notifications.skip_follow_up",
    "reopened": "notifications.reopen_follow_up",
}
ROUTES = (
    Route("GET", "/v1/follow-ups", EVERYBODY, "notifications.list_follow_ups"),
    Route("GET", "/v1/follow-ups/<follow_up_id>", EVERYBODY, "notifications.show_follow_up"),
    Route("GET", "/v1/follow-ups/<follow_up_id>/why", EVERYBODY, "notifications.explain_follow_up"),
    transitions_of("/v1/follow-ups/<follow_up_id>", COACHES, FOLLOW_UP_TRANSITIONS, "a coaching follow-up"),
    Route("GET", "/v1/deliveries", EVERYBODY, "notifications.list_deliveries"),
    Route("GET", "/v1/deliveries/<delivery_id>", EVERYBODY, "notifications.show_delivery"),
    Route("GET", "/v1/deliveries/<delivery_id>/why", EVERYBODY, "notifications.explain_delivery"),
    Route("GET", "/v1/reachability", EVERYBODY, "notifications.list_reachability"),
)
