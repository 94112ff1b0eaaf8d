"""What the institute can see of its faculty: read only."""

from chassis.domain.scope import EVERY_ORGANISATION, Scope
from chassis.persistence.queries import list_page
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.messages import Page, Paging
from chassis.schemas.operations import query
from services.partners.model.faculty.faculty_lifecycle import FacultyState
from services.partners.model.faculty.faculty_member import FacultyMember
from services.partners.repository.faculty import Faculty
from services.partners.schemas.faculty import FacultyMemberId, Topic
from services.partners.schemas.identity import PartnerId, PersonId
from services.partners.schemas.place import LanguageTag


@query(needs=EVERY_ORGANISATION)
def show_faculty_member(reading: Reading, scope: Scope, *, faculty_member_id: FacultyMemberId) -> FacultyMember:
    """Show a faculty member, with how they came to the faculty."""
    return Faculty(reading).get(faculty_member_id, scope=scope)


@query(needs=EVERY_ORGANISATION)
def list_faculty(
    reading: Reading,
    scope: Scope,
    *,
    paging: Paging,
    state: FacultyState | None = None,
    topic: Topic | None = None,
    language: LanguageTag | None = None,
    person_id: PersonId | None = None,
    from_partner_id: PartnerId | None = None,
) -> Page[FacultyMember]:
    """List the faculty: in one state, about one topic, in one language, or of those who came from one partner."""
    wanted = {"state": state, "topics": topic, "languages": language, "person_id": person_id}
    return list_page(Faculty(reading), paging, scope=scope, **wanted, **{"provenance.partner_id": from_partner_id})


QUERIES = (show_faculty_member, list_faculty)
