"""Partners, how they were assessed, and people."""

from gateway.auth import EVERYBODY, INSTITUTE
from gateway.route import Route

PARTNER_MOVES = {
    "admitted": "partners.admit_partner",
    "paused": "partners.pause_partner",
    "resumed": "partners.resume_partner",
    "departed": "partners.depart_partner",
}
LEFT = {"left": "partners.leave_person"}
ROUTES = (
    Route("GET", "/v1/partners", EVERYBODY, asks="partners.list_partners"),
    Route("POST", "/v1/partners", INSTITUTE, asks="partners.propose_partner", status=201),
    Route("GET", "/v1/partners/<partner_id>", EVERYBODY, asks="partners.show_partner"),
    Route("PATCH", "/v1/partners/<partner_id>", INSTITUTE, asks="partners.change_partner"),
    Route("POST", "/v1/partners/<partner_id>/transitions", INSTITUTE, moves=PARTNER_MOVES),
    Route("GET", "/v1/partners/<partner_id>/assessments", EVERYBODY, asks="partners.list_assessments"),
    Route("POST", "/v1/partners/<partner_id>/assessments", INSTITUTE, asks="partners.assess_partner", status=201),
    Route("GET", "/v1/partners/<partner_id>/assessments/<assessment_id>", EVERYBODY, asks="partners.show_assessment"),
    Route("GET", "/v1/people", EVERYBODY, asks="partners.list_people"),
    Route("POST", "/v1/people", INSTITUTE, asks="partners.add_person", status=201),
    Route("GET", "/v1/people/<person_id>", EVERYBODY, asks="partners.show_person"),
    Route("PATCH", "/v1/people/<person_id>", INSTITUTE, asks="partners.change_person"),
    Route("POST", "/v1/people/<person_id>/transitions", INSTITUTE, moves=LEFT),
)
