"""Coaching follow-ups, and whether letters have arrived."""

from gateway.auth import EVERYBODY
from gateway.route import LISTING, SHOWING, Route

ROUTES = (
    Route("GET", "/v1/follow-ups", EVERYBODY, LISTING, asks="notifications.list_follow_ups"),
    Route("GET", "/v1/follow-ups/<follow_up_id>", EVERYBODY, SHOWING, asks="notifications.show_follow_up"),
    Route("GET", "/v1/deliveries", EVERYBODY, LISTING, asks="notifications.list_deliveries"),
    Route("GET", "/v1/deliveries/<delivery_id>", EVERYBODY, SHOWING, asks="notifications.show_delivery"),
)
