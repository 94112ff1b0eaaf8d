"""Partners, their assessments, and people."""

from gateway.auth import ADMINISTRATION, EVERYBODY, INSTITUTE
from gateway.endpoints.route import Route, transitions_of

PARTNER_TRANSITIONS = {
    "admitted": "partners.admit_partner",
    "paused": "partners.pause_partner",
    "resumed": "partners.resume_partner",
    "renewed": "partners.renew_partner",
    "not_renewed": "partners.let_term_end",
    "renewal_reconsidered": "partners.reconsider_renewal",
    "departed": "partners.depart_partner",
    "graduated": "partners.graduate_partner",
}
ASSESSMENTS = "/v1/partners/<partner_id>/assessments"
ASSESSMENT_TRANSITIONS = {"withdrawn": "partners.withdraw_assessment"}
FIT = "/v1/partners/<partner_id>/fit"
FIT_DECISIONS = {"agreed": "partners.agree_on_fit", "reconsidered": "partners.reconsider_fit"}
DRAW_REACH = "partners.draw_reach"
LEADERSHIP = "/v1/partners/<partner_id>/leadership"
PERSON_TRANSITIONS = {
    "left": "partners.leave_person",
    "returned": "partners.return_person",
    "moved": "partners.move_person",
    "role_taken": "partners.take_role",
    "role_given_up": "partners.give_up_role",
    "role_restored": "partners.restore_role",
}
ERASURES = {"complete": "partners.erase_person"}
ROUTES = (
    Route("GET", "/v1/partners", EVERYBODY, "partners.list_partners"),
    Route("POST", "/v1/partners", INSTITUTE, "partners.propose_partner"),
    Route("GET", "/v1/partners/<partner_id>", EVERYBODY, "partners.show_partner"),
    Route("PATCH", "/v1/partners/<partner_id>", INSTITUTE, "partners.change_partner"),
    Route("GET", "/v1/partners/<partner_id>/changes", EVERYBODY, "partners.list_description_changes"),
    transitions_of("/v1/partners/<partner_id>", INSTITUTE, PARTNER_TRANSITIONS, "a partner"),
    Route("GET", ASSESSMENTS, EVERYBODY, "partners.list_assessments"),
    Route("POST", ASSESSMENTS, INSTITUTE, "partners.assess_partner"),
    Route("GET", f"{ASSESSMENTS}/<assessment_id>", EVERYBODY, "partners.show_assessment"),
    transitions_of(f"{ASSESSMENTS}/<assessment_id>", INSTITUTE, ASSESSMENT_TRANSITIONS, "an assessment"),
    Route("GET", "/v1/partners/<partner_id>/term", EVERYBODY, "partners.show_term"),
    Route("GET", FIT, EVERYBODY, "partners.show_fit"),
    Route("GET", "/v1/partners/<partner_id>/timeline", EVERYBODY, "partners.list_timeline"),
    Route(
        "POST",
        f"{FIT}/decisions",
        INSTITUTE,
        transitions=FIT_DECISIONS,
        choice="decision",
        summary="Decide how a partner fits",
    ),
    Route("GET", "/v1/portfolio.svg", EVERYBODY, DRAW_REACH, picture=DRAW_REACH),
    Route("GET", LEADERSHIP, EVERYBODY, "partners.show_leadership"),
    Route("PATCH", LEADERSHIP, INSTITUTE, "partners.name_sponsor"),
    Route("GET", "/v1/people", EVERYBODY, "partners.list_people"),
    Route("POST", "/v1/people", INSTITUTE, "partners.add_person"),
    Route("GET", "/v1/people/<person_id>", EVERYBODY, "partners.show_person"),
    Route("PATCH", "/v1/people/<person_id>", INSTITUTE, "partners.change_person"),
    transitions_of("/v1/people/<person_id>", INSTITUTE, PERSON_TRANSITIONS, "a person"),
    Route(
        "POST",
        "/v1/people/<person_id>/erasures",
        ADMINISTRATION,
        transitions=ERASURES,
        choice="erasure",
        summary="Erase who a person was",
    ),
)
