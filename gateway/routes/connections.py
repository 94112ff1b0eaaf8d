"""Connections between two partners; either can propose one, and only the institute suggests."""

from gateway.auth import EVERYBODY, INSTITUTE, Role
from gateway.endpoints.route import Route, transitions_of

DRAW = "partners.draw_network"
CONNECTION = "/v1/connections/<connection_id>"
CONNECTING = INSTITUTE | {Role.PARTNER_LEAD, Role.PARTNER_EDITOR}
CONNECTION_TRANSITIONS = {
    "proposed": "partners.take_up_connection",
    "active": "partners.agree_to_connection",
    "declined": "partners.decline_connection",
    "ended": "partners.end_connection",
}
ROUTES = (
    Route("GET", "/v1/connections", EVERYBODY, "partners.list_connections"),
    Route("POST", "/v1/connections", CONNECTING, "partners.propose_connection"),
    Route("POST", "/v1/connection-suggestions", INSTITUTE, "partners.suggest_connection"),
    Route("GET", CONNECTION, EVERYBODY, "partners.show_connection"),
    Route("POST", f"{CONNECTION}/contacts", CONNECTING, "partners.note_contact"),
    Route("GET", "/v1/network", EVERYBODY, "partners.show_network", picture=DRAW),
    Route("GET", "/v1/network.svg", EVERYBODY, DRAW, picture=DRAW),
    transitions_of(CONNECTION, CONNECTING, CONNECTION_TRANSITIONS, "a connection"),
)
