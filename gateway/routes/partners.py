"""Partners, how they were assessed, and people."""

from gateway.auth import EVERYBODY, INSTITUTE
from gateway.endpoints.route import ADDING, CHANGING, CREATING, LISTING, SHOWING, Route

PARTNER_MOVES = {
    "admitted": "partners.admit_partner",
    "paused": "partners.pause_partner",
    "resumed": "partners.resume_partner",
    "departed": "partners.depart_partner",
}
ASSESSMENTS = "/v1/partners/<partner_id>/assessments"
LEFT = {"left": "partners.leave_person"}
ROUTES = (
    Route("GET", "/v1/partners", EVERYBODY, LISTING, asks="partners.list_partners"),
    Route("POST", "/v1/partners", INSTITUTE, CREATING, asks="partners.propose_partner", status=201),
    Route("GET", "/v1/partners/<partner_id>", EVERYBODY, SHOWING, asks="partners.show_partner"),
    Route("PATCH", "/v1/partners/<partner_id>", INSTITUTE, CHANGING, asks="partners.change_partner"),
    Route(
        "POST",
        "/v1/partners/<partner_id>/transitions",
        INSTITUTE,
        CHANGING,
        moves=PARTNER_MOVES,
        summary="Change the state of a partner",
    ),
    Route("GET", ASSESSMENTS, EVERYBODY, SHOWING, asks="partners.list_assessments"),
    Route("POST", ASSESSMENTS, INSTITUTE, ADDING, asks="partners.assess_partner", status=201),
    Route("GET", f"{ASSESSMENTS}/<assessment_id>", EVERYBODY, SHOWING, asks="partners.show_assessment"),
    Route("GET", "/v1/people", EVERYBODY, LISTING, asks="partners.list_people"),
    Route("POST", "/v1/people", INSTITUTE, ADDING, asks="partners.add_person", status=201),
    Route("GET", "/v1/people/<person_id>", EVERYBODY, SHOWING, asks="partners.show_person"),
    Route("PATCH", "/v1/people/<person_id>", INSTITUTE, CHANGING, asks="partners.change_person"),
    Route(
        "POST",
        "/v1/people/<person_id>/transitions",
        INSTITUTE,
        CHANGING,
        moves=LEFT,
        summary="Change the state of a person",
    ),
)
