"""Coaching follow-ups, and whether letters have arrived."""

from gateway.auth import COACHES, EVERYBODY
from gateway.endpoints.route import CHANGING, LISTING, SHOWING, Route

CLOSED = {"completed": "notifications.confirm_follow_up", "skipped": "notifications.skip_follow_up"}
ROUTES = (
    Route("GET", "/v1/follow-ups", EVERYBODY, LISTING, asks="notifications.list_follow_ups"),
    Route("GET", "/v1/follow-ups/<follow_up_id>", EVERYBODY, SHOWING, asks="notifications.show_follow_up"),
    Route(
        "POST",
        "/v1/follow-ups/<follow_up_id>/transitions",
        COACHES,
        CHANGING,
        moves=CLOSED,
        summary="Change the state of a coaching follow-up",
    ),
    Route("GET", "/v1/deliveries", EVERYBODY, LISTING, asks="notifications.list_deliveries"),
    Route("GET", "/v1/deliveries/<delivery_id>", EVERYBODY, SHOWING, asks="notifications.show_delivery"),
    Route("GET", "/v1/deliveries/<delivery_id>/why", EVERYBODY, SHOWING, asks="notifications.explain_delivery"),
)
