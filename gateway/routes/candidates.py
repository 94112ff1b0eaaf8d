"""Who waits for a place in the programme."""

from gateway.auth import EVERYBODY, INSTITUTE
from gateway.endpoints.route import Route, transitions_of

CANDIDATE = "/v1/candidates/<candidate_id>"
TRANSITIONS = {
    "moved": "partners.move_candidate",
    "withdrawn": "partners.withdraw_candidate",
    "declined": "partners.decline_candidate",
    "reinstated": "partners.reinstate_candidate",
}
ROUTES = (
    Route("GET", "/v1/candidates", EVERYBODY, "partners.show_waiting_list"),
    Route("POST", "/v1/candidates", INSTITUTE, "partners.become_candidate"),
    Route("GET", CANDIDATE, EVERYBODY, "partners.show_candidate"),
    transitions_of(CANDIDATE, INSTITUTE, TRANSITIONS, "a candidate"),
)
