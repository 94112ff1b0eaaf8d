"""Partners and people."""

from gateway.auth import EVERYBODY, INSTITUTE
from gateway.http import Route

ADMITTED = {"admitted": "partners.admit_partner"}
ROUTES = (
    Route("GET", "/v1/partners", EVERYBODY, asks="partners.list_partners"),
    Route("POST", "/v1/partners", INSTITUTE, asks="partners.propose_partner", status=201),
    Route("GET", "/v1/partners/<partner_id>", EVERYBODY, asks="partners.show_partner"),
    Route("POST", "/v1/partners/<partner_id>/transitions", INSTITUTE, moves=ADMITTED),
    Route("GET", "/v1/people", EVERYBODY, asks="partners.list_people"),
    Route("POST", "/v1/people", INSTITUTE, asks="partners.add_person", status=201),
    Route("GET", "/v1/people/<person_id>", EVERYBODY, asks="partners.show_person"),
)
