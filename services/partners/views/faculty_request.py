"""What one can see of requests for faculty, and how fast and how fairly they were answered: read only."""

from collections import defaultdict
from dataclasses import dataclass

from chassis.domain.scope import EVERY_ORGANISATION, Scope
from chassis.persistence.queries import list_page
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.messages import Page, Paging
from chassis.schemas.operations import query
from services.partners.model.faculty.faculty_request import AccessOfPartner, FacultyRequest, access_of, apart
from services.partners.model.faculty.faculty_request_lifecycle import FacultyRequestState
from services.partners.repository.faculty import FacultyRequests
from services.partners.schemas.faculty import FacultyRequestId, Topic
from services.partners.schemas.identity import PartnerId


@dataclass(frozen=True, kw_only=True)
class FacultyAccess:
    """How the requests of each partner for faculty were answered, and how far partners are apart in that.

    The two last are how much slower the slowest partner is answered than the fastest, by medians, and how many
    percentage points more of its requests are granted to one partner than to another.
    """

    partners: list[AccessOfPartner]
    response_seconds_apart: int | None
    granted_percent_apart: int | None


@query
def show_faculty_request(
    reading: Reading, scope: Scope, *, faculty_request_id: FacultyRequestId
) -> FacultyRequest:  # fmt: skip
    """Show a request for faculty."""
    return FacultyRequests(reading).get(faculty_request_id, scope=scope)


@query
def list_faculty_requests(
    reading: Reading,
    scope: Scope,
    *,
    paging: Paging,
    partner_id: PartnerId | None = None,
    state: FacultyRequestState | None = None,
    topic: Topic | None = None,
) -> Page[FacultyRequest]:
    """List requests for faculty: of one partner, in one state, or about one topic."""
    return list_page(FacultyRequests(reading), paging, scope=scope, partner_id=partner_id, state=state, topics=topic)


@query(needs=EVERY_ORGANISATION)
def show_faculty_access(reading: Reading, scope: Scope) -> FacultyAccess:
    """Show how many requests for faculty each partner made, how they were answered, how fast, and how fairly."""
    by_partner: dict[str, list[FacultyRequest]] = defaultdict(list)
    for each in FacultyRequests(reading).each({}, scope=scope):
        by_partner[each.partner_id].append(each)
    partners = [access_of(partner_id, made) for partner_id, made in sorted(by_partner.items())]
    return FacultyAccess(
        partners=partners,
        response_seconds_apart=apart({each.partner_id: each.median_response_seconds for each in partners}),
        granted_percent_apart=apart({each.partner_id: each.granted_percent for each in partners}),
    )


QUERIES = (show_faculty_request, list_faculty_requests, show_faculty_access)
