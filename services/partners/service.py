"""Partners' contents page: everything it answers. It reacts to nothing yet."""

from chassis.runtime.service import Service
from services.partners import views
from services.partners.repository import Assessments, Partners, People
from services.partners.use_cases import assessment, partner, person


class PartnersService(Service):
    """Who is in the programme, and are they a fit."""

    name = "partners"
    repositories = (Partners, People, Assessments)
    commands = (
        partner.propose_partner,
        partner.admit_partner,
        partner.change_partner,
        partner.pause_partner,
        partner.resume_partner,
        partner.depart_partner,
        assessment.assess_partner,
        person.add_person,
        person.change_person,
        person.leave_person,
        person.return_person,
    )
    queries = (
        views.show_partner,
        views.list_partners,
        views.show_reach,
        views.show_person,
        views.list_people,
        views.show_assessment,
        views.list_assessments,
    )
