"""Partners' contents page: everything it answers, and everything it reacts to."""

from datetime import timedelta
from typing import Any

from nameko import config
from nameko.extensions import DependencyProvider

from chassis.domain.causation import Cause
from chassis.persistence.claims import Claims
from chassis.persistence.repository import Repository
from chassis.runtime.capability_keys import capability_keys
from chassis.runtime.service import PROCESS_NAME, Service, open_store
from chassis.runtime.timers import timer
from services.partners.model.inquiry.inquiry import InquiryPeriods
from services.partners.model.inquiry.inquiry_link import InquiryLinks
from services.partners.model.term import RenewalPeriods
from services.partners.repository.assessment import Assessments
from services.partners.repository.candidate import Candidates
from services.partners.repository.connection import CommonGrounds, Connections
from services.partners.repository.deed import Deeds
from services.partners.repository.description_change import DescriptionChanges
from services.partners.repository.faculty import Faculty, FacultyRequests
from services.partners.repository.fit import Fits
from services.partners.repository.inquiry import Inquiries
from services.partners.repository.inquiry_messages import FurtherMessages
from services.partners.repository.leadership import LeadershipTeams
from services.partners.repository.partner import Partners
from services.partners.repository.person import People
from services.partners.repository.programme import Programmes
from services.partners.repository.term import TermCalendars
from services.partners.repository.timeline import Timeline
from services.partners.settings import SECTIONS
from services.partners.use_cases import (
    assessment,
    connection,
    connection_dormancy,
    connection_suggestion,
    deed,
    faculty,
    faculty_request,
    fit,
    inquiry,
    inquiry_by_link,
    inquiry_delivery,
    inquiry_due,
    leadership,
    partner,
    person,
    term,
    timeline,
)
from services.partners.use_cases.candidacy import candidate, capacity
from services.partners.views import assessment as assessments
from services.partners.views import candidate as candidates
from services.partners.views import connection as connections
from services.partners.views import faculty as roster
from services.partners.views import faculty_request as faculty_requests
from services.partners.views import fit as fits
from services.partners.views import inquiry as inquiries
from services.partners.views import leadership as teams
from services.partners.views import network
from services.partners.views import partner as partners
from services.partners.views import person as people
from services.partners.views import reach as reaches
from services.partners.views import term as terms
from services.partners.views import timeline as timelines


class InquiryPeriodsProvider(DependencyProvider):
    """Injects how long the institute takes to answer an inquiry, and how long what was said in one is kept."""

    def setup(self) -> None:
        """Take the settings."""
        answer, kept = config["INQUIRY_ANSWER_SECONDS"], config["INQUIRY_KEPT_SECONDS"]
        self.periods = InquiryPeriods(answer=timedelta(seconds=answer), kept=timedelta(seconds=kept))

    def get_dependency(self, worker_ctx: Any) -> InquiryPeriods:
        """Inject the same for all."""
        return self.periods


class FacultyAnswerProvider(DependencyProvider):
    """Injects within which time the institute answers a request for faculty."""

    def get_dependency(self, worker_ctx: Any) -> timedelta:
        """Take the setting."""
        return timedelta(seconds=config["FACULTY_ANSWER_SECONDS"])


class InquiryLinksProvider(DependencyProvider):
    """Injects what reads the links by which inquirers see how far their inquiry is."""

    def bind(self, container: Any, attr_name: str) -> "InquiryLinksProvider":
        """Take the settings before anything starts; raises InvalidSettings without a secret."""
        bound: InquiryLinksProvider = super().bind(container, attr_name)
        bound.links = InquiryLinks(keys=capability_keys("LINK_SECRET"))
        return bound

    def get_dependency(self, worker_ctx: Any) -> InquiryLinks:
        """Inject the same for all."""
        return self.links


class ProgrammeCapacity(DependencyProvider):
    """Tells the programme, when the service starts, how many partners it is to carry at most."""

    def start(self) -> None:
        """Take the setting."""
        store, cause = open_store(self.container.service_name), Cause(correlation_id="programme_capacity")
        capacity.keep_to_capacity(store, config["PROGRAMME_CAPACITY"], cause=cause)


class PartnersService(Service):
    """Who is in the programme, and are they a fit."""

    name = "partners"
    settings = SECTIONS
    addresses_in_events = ("email", "contact_email", "asked_by_email")
    repositories = (
        Partners,
        DescriptionChanges,
        People,
        LeadershipTeams,
        Assessments,
        Fits,
        Deeds,
        Inquiries,
        FurtherMessages,
        TermCalendars,
        Timeline,
        Faculty,
        FacultyRequests,
        Connections,
        CommonGrounds,
        Programmes,
        Candidates,
    )
    inquiry_periods = InquiryPeriodsProvider()
    inquiry_links = InquiryLinksProvider()
    faculty_answer_period = FacultyAnswerProvider()
    programme_capacity = ProgrammeCapacity()
    reactions = (
        *fit.REACTIONS,
        *deed.REACTIONS,
        *term.REACTIONS,
        *inquiry_delivery.REACTIONS,
        *timeline.REACTIONS,
        *connection.REACTIONS,
        *connection_suggestion.REACTIONS,
        *candidate.REACTIONS,
    )
    commands = (
        *partner.COMMANDS,
        *assessment.COMMANDS,
        *fit.COMMANDS,
        *term.COMMANDS,
        *person.COMMANDS,
        *leadership.COMMANDS,
        *inquiry.COMMANDS,
        *inquiry_by_link.COMMANDS,
        *faculty.COMMANDS,
        *faculty_request.COMMANDS,
        *connection.COMMANDS,
        *candidate.COMMANDS,
    )
    queries = (
        *partners.QUERIES,
        *people.QUERIES,
        *assessments.QUERIES,
        *fits.QUERIES,
        *inquiries.QUERIES,
        *terms.QUERIES,
        *timelines.QUERIES,
        *roster.QUERIES,
        *faculty_requests.QUERIES,
        *reaches.QUERIES,
        *teams.QUERIES,
        *connections.QUERIES,
        *network.QUERIES,
        *candidates.QUERIES,
    )

    @timer("PARTNERS_LOOP_SECONDS")
    def note_overdue_inquiries(self) -> None:
        """Note which inquiries were not answered in time."""
        inquiry_due.note_overdue_inquiries(store=self.store, claims=self._claims(Inquiries))

    @timer("PARTNERS_LOOP_SECONDS")
    def note_overdue_faculty_requests(self) -> None:
        """Note which requests for faculty were not answered in time."""
        faculty_request.note_overdue_faculty_requests(store=self.store, claims=self._claims(FacultyRequests))

    @timer("PARTNERS_LOOP_SECONDS")
    def forget_inquirers(self) -> None:
        """Remove what was said in inquiries that led to no partner, some time after they were over."""
        inquiry_due.forget_inquirers(store=self.store, claims=self._claims(Inquiries))

    @timer("PARTNERS_LOOP_SECONDS")
    def note_due_assessments(self) -> None:
        """Note of which partners the yearly assessment is due, or overdue."""
        overdue_after = timedelta(days=config["ASSESSMENT_OVERDUE_DAYS"])
        fit.note_due_assessments(store=self.store, claims=self._claims(Fits), overdue_after=overdue_after)

    @timer("PARTNERS_LOOP_SECONDS")
    def tell_days_of_terms(self) -> None:
        """Tell the days of partners' terms: anniversaries, renewals that are due or overdue, and ends."""
        due, overdue = timedelta(days=config["RENEWAL_DUE_DAYS"]), timedelta(days=config["RENEWAL_OVERDUE_DAYS"])
        periods = RenewalPeriods(due=due, overdue=overdue)
        term.tell_days_of_terms(store=self.store, claims=self._claims(TermCalendars), periods=periods)

    @timer("PARTNERS_LOOP_SECONDS")
    def note_dormant_connections(self) -> None:
        """Note of which connections nothing is known for a long time."""
        dormant_after = timedelta(days=config["CONNECTION_DORMANT_DAYS"])
        claims = self._claims(Connections)
        connection_dormancy.note_dormant_connections(store=self.store, claims=claims, dormant_after=dormant_after)

    def _claims(self, repository: type[Repository[Any]]) -> Claims:
        lease = config["PARTNERS_LEASE_SECONDS"]
        return Claims(self.store, collection=repository.collection, owner=PROCESS_NAME, lease_seconds=lease)
