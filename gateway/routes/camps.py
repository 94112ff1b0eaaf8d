"""Camps, who is invited to them, and what will be shown there."""

from gateway.auth import EVERYBODY, INSTITUTE, Role
from gateway.route import Route

INVITING = {"inviting": "camps.open_invitations"}
ANSWERING = INSTITUTE | {Role.PARTNER_LEAD, Role.PARTNER_EDITOR}
ANSWERS = {
    "accepted": "camps.accept_invitation",
    "tentative": "camps.leave_invitation_open",
    "declined": "camps.decline_invitation",
    "undone": "camps.take_back_answer",
}
WITHDRAWN = {"withdrawn": "camps.withdraw_invitation"}
ROUTES = (
    Route("GET", "/v1/camps", EVERYBODY, asks="camps.list_camps"),
    Route("POST", "/v1/camps", INSTITUTE, asks="camps.announce_camp", status=201),
    Route("GET", "/v1/camps/<camp_id>", EVERYBODY, asks="camps.show_camp"),
    Route("POST", "/v1/camps/<camp_id>/transitions", INSTITUTE, moves=INVITING),
    Route("GET", "/v1/camps/<camp_id>/seats", EVERYBODY, asks="camps.show_seats"),
    Route("GET", "/v1/invitations", EVERYBODY, asks="camps.list_invitations"),
    Route("GET", "/v1/invitations/<invitation_id>", EVERYBODY, asks="camps.show_invitation"),
    Route("POST", "/v1/invitations/<invitation_id>/transitions", INSTITUTE, moves=WITHDRAWN),
    Route("POST", "/v1/invitations/<invitation_id>/answers", ANSWERING, moves=ANSWERS, choice="answer"),
    Route("GET", "/v1/sessions", EVERYBODY, asks="camps.list_sessions"),
)
