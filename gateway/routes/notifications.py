"""Coaching follow-ups, and whether letters have arrived."""

from gateway.auth import EVERYBODY
from gateway.http import Route

ROUTES = (
    Route("GET", "/v1/follow-ups", EVERYBODY, asks="notifications.list_follow_ups"),
    Route("GET", "/v1/follow-ups/<follow_up_id>", EVERYBODY, asks="notifications.show_follow_up"),
    Route("GET", "/v1/deliveries", EVERYBODY, asks="notifications.list_deliveries"),
    Route("GET", "/v1/deliveries/<delivery_id>", EVERYBODY, asks="notifications.show_delivery"),
)
