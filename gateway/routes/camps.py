"""Camps, invitations and sessions."""

from gateway.auth import EVERYBODY, INSTITUTE, Role
from gateway.endpoints.route import Route, transitions_of

CAMP_TRANSITIONS = {"inviting": "camps.open_invitations", "cancelled": "camps.cancel_camp"}
ANSWERING = INSTITUTE | {Role.PARTNER_LEAD, Role.PARTNER_EDITOR}
ANSWERS = {
    "accepted": "camps.accept_invitation",
    "tentative": "camps.answer_tentatively",
    "declined": "camps.decline_invitation",
    "undone": "camps.undo_answer",
    "fewer_seats": "camps.take_fewer_seats",
    "waiting": "camps.wait_on",
    "left": "camps.leave_waitlist",
    "rejoined": "camps.rejoin_waitlist",
}
INVITATION_TRANSITIONS = {
    "issued": "camps.reissue_invitation",
    "withdrawn": "camps.withdraw_invitation",
    "offered_fewer": "camps.offer_fewer_seats",
}
ROUTES = (
    Route("GET", "/v1/camps", EVERYBODY, "camps.list_camps"),
    Route("POST", "/v1/camps", INSTITUTE, "camps.announce_camp"),
    Route("GET", "/v1/camps/<camp_id>", EVERYBODY, "camps.show_camp"),
    Route("PATCH", "/v1/camps/<camp_id>", INSTITUTE, "camps.change_camp"),
    transitions_of("/v1/camps/<camp_id>", INSTITUTE, CAMP_TRANSITIONS, "a camp"),
    Route("GET", "/v1/camps/<camp_id>/seats", EVERYBODY, "camps.show_seats"),
    Route("GET", "/v1/camps/<camp_id>/waitlist", EVERYBODY, "camps.show_waitlist"),
    Route("POST", "/v1/invitation-batches", INSTITUTE, "camps.issue_invitations", creates=False),
    Route("GET", "/v1/invitations", EVERYBODY, "camps.list_invitations"),
    Route("POST", "/v1/invitations", INSTITUTE, "camps.issue_invitation"),
    Route("GET", "/v1/invitations/<invitation_id>", EVERYBODY, "camps.show_invitation"),
    Route("GET", "/v1/invitations/<invitation_id>/waitlist", EVERYBODY, "camps.show_waitlist_place"),
    transitions_of("/v1/invitations/<invitation_id>", INSTITUTE, INVITATION_TRANSITIONS, "an invitation"),
    Route(
        "POST",
        "/v1/invitations/<invitation_id>/answers",
        ANSWERING,
        transitions=ANSWERS,
        choice="answer",
        summary="Answer an invitation",
    ),
    Route("GET", "/v1/sessions", EVERYBODY, "camps.list_sessions"),
)
