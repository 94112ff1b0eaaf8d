"""Camps, who is invited to them, and what will be shown there."""

from gateway.auth import EVERYBODY, INSTITUTE, Role
from gateway.endpoints.route import CHANGING, CREATING, LISTING, SHOWING, Route

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
    Route("GET", "/v1/camps", EVERYBODY, LISTING, asks="camps.list_camps"),
    Route("POST", "/v1/camps", INSTITUTE, CREATING, asks="camps.announce_camp", status=201),
    Route("GET", "/v1/camps/<camp_id>", EVERYBODY, SHOWING, asks="camps.show_camp"),
    Route(
        "POST",
        "/v1/camps/<camp_id>/transitions",
        INSTITUTE,
        CHANGING,
        moves=INVITING,
        summary="Change the state of a camp",
    ),
    Route("GET", "/v1/camps/<camp_id>/seats", EVERYBODY, SHOWING, asks="camps.show_seats"),
    Route("GET", "/v1/invitations", EVERYBODY, LISTING, asks="camps.list_invitations"),
    Route("GET", "/v1/invitations/<invitation_id>", EVERYBODY, SHOWING, asks="camps.show_invitation"),
    Route(
        "POST",
        "/v1/invitations/<invitation_id>/transitions",
        INSTITUTE,
        CHANGING,
        moves=WITHDRAWN,
        summary="Change the state of an invitation",
    ),
    Route(
        "POST",
        "/v1/invitations/<invitation_id>/answers",
        ANSWERING,
        CHANGING,
        moves=ANSWERS,
        choice="answer",
        summary="Answer an invitation",
    ),
    Route("GET", "/v1/sessions", EVERYBODY, LISTING, asks="camps.list_sessions"),
)
