"""Camps, who is invited to them, and what will be shown there."""

from gateway.auth import EVERYBODY, INSTITUTE
from gateway.route import CHANGING, CREATING, LISTING, SHOWING, Route

INVITING = {"inviting": "camps.open_invitations"}
ROUTES = (
    Route("GET", "/v1/camps", EVERYBODY, LISTING, asks="camps.list_camps"),
    Route("POST", "/v1/camps", INSTITUTE, CREATING, asks="camps.announce_camp", status=201),
    Route("GET", "/v1/camps/<camp_id>", EVERYBODY, SHOWING, asks="camps.show_camp"),
    Route("POST", "/v1/camps/<camp_id>/transitions", INSTITUTE, CHANGING, moves=INVITING),
    Route("GET", "/v1/camps/<camp_id>/seats", EVERYBODY, SHOWING, asks="camps.show_seats"),
    Route("GET", "/v1/invitations", EVERYBODY, LISTING, asks="camps.list_invitations"),
    Route("GET", "/v1/invitations/<invitation_id>", EVERYBODY, SHOWING, asks="camps.show_invitation"),
    Route("GET", "/v1/sessions", EVERYBODY, LISTING, asks="camps.list_sessions"),
)
