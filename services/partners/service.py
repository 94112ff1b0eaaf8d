"""Partners' contents page: everything it answers. It hears nothing yet."""

from typing import Any

from chassis.domain.scope import Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.rpc.server import command, query
from chassis.runtime.service import Service
from chassis.schemas.messages import page_of
from services.partners import schemas, use_cases, views
from services.partners.repository import Assessments, Partners, People

Answer = dict[str, Any]


class PartnersService(Service):
    """Who is in the programme, and are they a fit."""

    name = "partners"
    repositories = (Partners, People, Assessments)

    @command(schemas.ProposePartner, answers=schemas.Partner)
    def propose_partner(self, work: UnitOfWork, scope: Scope, **wanted: Any) -> Answer:
        """Propose a partner."""
        return use_cases.propose_partner(work=work, scope=scope, **wanted)

    @command(schemas.AdmitPartner, answers=schemas.Partner)
    def admit_partner(self, work: UnitOfWork, scope: Scope, **wanted: Any) -> Answer:
        """Admit a partner."""
        return use_cases.admit_partner(work=work, scope=scope, **wanted)

    @command(schemas.ChangePartner, answers=schemas.Partner)
    def change_partner(self, work: UnitOfWork, scope: Scope, **wanted: Any) -> Answer:
        """Change a partner's description."""
        return use_cases.change_partner(work=work, scope=scope, **wanted)

    @command(schemas.AssessPartner, answers=schemas.Assessment)
    def assess_partner(self, work: UnitOfWork, scope: Scope, **wanted: Any) -> Answer:
        """Assess a partner."""
        return use_cases.assess_partner(work=work, scope=scope, **wanted)

    @command(schemas.PausePartner, answers=schemas.Partner)
    def pause_partner(self, work: UnitOfWork, scope: Scope, **wanted: Any) -> Answer:
        """Pause a partnership."""
        return use_cases.pause_partner(work=work, scope=scope, **wanted)

    @command(schemas.ResumePartner, answers=schemas.Partner)
    def resume_partner(self, work: UnitOfWork, scope: Scope, **wanted: Any) -> Answer:
        """Resume a partnership."""
        return use_cases.resume_partner(work=work, scope=scope, **wanted)

    @command(schemas.DepartPartner, answers=schemas.Partner)
    def depart_partner(self, work: UnitOfWork, scope: Scope, **wanted: Any) -> Answer:
        """End a partnership."""
        return use_cases.depart_partner(work=work, scope=scope, **wanted)

    @command(schemas.ChangePerson, answers=schemas.Person)
    def change_person(self, work: UnitOfWork, scope: Scope, **wanted: Any) -> Answer:
        """Change a person's details."""
        return use_cases.change_person(work=work, scope=scope, **wanted)

    @command(schemas.LeavePerson, answers=schemas.Person)
    def leave_person(self, work: UnitOfWork, scope: Scope, **wanted: Any) -> Answer:
        """Record that a person has left."""
        return use_cases.leave_person(work=work, scope=scope, **wanted)

    @command(schemas.AddPerson, answers=schemas.Person)
    def add_person(self, work: UnitOfWork, scope: Scope, **wanted: Any) -> Answer:
        """Add a person."""
        return use_cases.add_person(work=work, scope=scope, **wanted)

    @query(schemas.ShowPartner, answers=schemas.Partner)
    def show_partner(self, work: UnitOfWork, scope: Scope, **asked: Any) -> Answer:
        """Show a partner."""
        return views.show_partner(work=work, scope=scope, **asked)

    @query(schemas.ListPartners, answers=page_of(schemas.Partner))
    def list_partners(self, work: UnitOfWork, scope: Scope, **asked: Any) -> Answer:
        """List partners."""
        return views.list_partners(work=work, scope=scope, **asked)

    @query(schemas.ShowReach, answers=schemas.Reach)
    def show_reach(self, work: UnitOfWork, scope: Scope, **asked: Any) -> Answer:
        """Show the reach of the programme."""
        return views.show_reach(work=work, scope=scope, **asked)

    @query(schemas.ShowPerson, answers=schemas.Person)
    def show_person(self, work: UnitOfWork, scope: Scope, **asked: Any) -> Answer:
        """Show a person."""
        return views.show_person(work=work, scope=scope, **asked)

    @query(schemas.ListPeople, answers=page_of(schemas.Person))
    def list_people(self, work: UnitOfWork, scope: Scope, **asked: Any) -> Answer:
        """List people."""
        return views.list_people(work=work, scope=scope, **asked)

    @query(schemas.ShowAssessment, answers=schemas.Assessment)
    def show_assessment(self, work: UnitOfWork, scope: Scope, **asked: Any) -> Answer:
        """Show an assessment of a partner."""
        return views.show_assessment(work=work, scope=scope, **asked)

    @query(schemas.ListAssessments, answers=page_of(schemas.Assessment))
    def list_assessments(self, work: UnitOfWork, scope: Scope, **asked: Any) -> Answer:
        """List a partner's assessments."""
        return views.list_assessments(work=work, scope=scope, **asked)
