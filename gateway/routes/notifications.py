"""Coaching follow-ups, and whether letters have arrived."""

from gateway.auth import EVERYBODY, INSTITUTE, Role
from gateway.route import Route

COACHING = INSTITUTE | {Role.FACULTY}
CLOSED = {"completed": "notifications.confirm_follow_up", "skipped": "notifications.skip_follow_up"}
ROUTES = (
    Route("GET", "/v1/follow-ups", EVERYBODY, asks="notifications.list_follow_ups"),
    Route("GET", "/v1/follow-ups/<follow_up_id>", EVERYBODY, asks="notifications.show_follow_up"),
    Route("POST", "/v1/follow-ups/<follow_up_id>/transitions", COACHING, moves=CLOSED),
    Route("GET", "/v1/deliveries", EVERYBODY, asks="notifications.list_deliveries"),
    Route("GET", "/v1/deliveries/<delivery_id>", EVERYBODY, asks="notifications.show_delivery"),
    Route("GET", "/v1/deliveries/<delivery_id>/why", EVERYBODY, asks="notifications.explain_delivery"),
)
