"""Who is faculty, how they came to be, and who asks for them."""

from gateway.auth import EVERYBODY, INSTITUTE, Role
from gateway.endpoints.route import Route, transitions_of

ASKING = INSTITUTE | {Role.PARTNER_LEAD, Role.PARTNER_EDITOR}
MEMBER = "/v1/faculty/<faculty_member_id>"
MEMBER_TRANSITIONS = {
    "considered": "partners.consider_faculty",
    "reconsidered": "partners.reconsider_faculty",
    "invited": "partners.invite_faculty",
    "orienting": "partners.orient_faculty",
    "active": "partners.appoint_faculty",
    "declined": "partners.decline_faculty",
    "withdrawn": "partners.withdraw_faculty",
    "emeritus": "partners.retire_faculty",
    "reinstated": "partners.reinstate_faculty",
}
REQUEST = "/v1/faculty-requests/<faculty_request_id>"
REQUEST_DECISIONS = {
    "granted": "partners.grant_faculty_request",
    "declined": "partners.decline_faculty_request",
    "reopened": "partners.reopen_faculty_request",
}
REQUEST_TRANSITIONS = {"withdrawn": "partners.withdraw_faculty_request"}
ROUTES = (
    Route("GET", "/v1/faculty", EVERYBODY, "partners.list_faculty"),
    Route("POST", "/v1/faculty", INSTITUTE, "partners.nominate_faculty"),
    Route("GET", MEMBER, EVERYBODY, "partners.show_faculty_member"),
    Route("PATCH", MEMBER, INSTITUTE, "partners.change_faculty_member"),
    transitions_of(MEMBER, INSTITUTE, MEMBER_TRANSITIONS, "a faculty member"),
    Route("GET", "/v1/faculty-access", EVERYBODY, "partners.show_faculty_access"),
    Route("GET", "/v1/faculty-requests", EVERYBODY, "partners.list_faculty_requests"),
    Route("POST", "/v1/faculty-requests", ASKING, "partners.request_faculty"),
    Route("GET", REQUEST, EVERYBODY, "partners.show_faculty_request"),
    transitions_of(REQUEST, ASKING, REQUEST_TRANSITIONS, "a request for faculty"),
    Route(
        "POST",
        f"{REQUEST}/decisions",
        INSTITUTE,
        transitions=REQUEST_DECISIONS,
        choice="decision",
        summary="Decide about a request for faculty",
    ),
)
