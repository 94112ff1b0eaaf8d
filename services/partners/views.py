"""What one can see of partners: read only."""

from dataclasses import dataclass

from chassis.domain.errors import NotFound
from chassis.domain.scope import EVERY_ORGANISATION, Scope
from chassis.persistence.queries import list_page
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.external_ids import ExternalId
from chassis.schemas.mail_addresses import canonical_address
from chassis.schemas.messages import Page, Paging
from chassis.schemas.operations import query
from services.partners.model.assessment import Assessment
from services.partners.model.partner import Partner
from services.partners.model.partner_lifecycle import IN_THE_PROGRAMME, PartnerState
from services.partners.model.person import Person, Role
from services.partners.model.person_lifecycle import PersonState
from services.partners.repository import Assessments, Partners, People
from services.partners.schemas import Address, AssessmentId, CountryCode, PartnerId, PersonId, Query


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Show the reach of the programme: its partners at present, by where they are and what they focus on."""

    partners: int
    continents: dict[str, int]
    countries: dict[str, int]
    scope_levels: dict[str, int]
    focus_areas: dict[str, int]


@query
def show_partner(reading: Reading, scope: Scope, *, partner_id: PartnerId) -> Partner:
    """Show a partner."""
    return Partners(reading).get(partner_id, scope=scope)


@query
def list_partners(
    reading: Reading,
    scope: Scope,
    *,
    paging: Paging,
    country: CountryCode | None = None,
    state: PartnerState | None = None,
    external_id: ExternalId | None = None,
    q: Query | None = None,
) -> Page[Partner]:
    """List partners: of one country, in one state, by what another system calls them, or by name."""
    wanted = {"country": country, "state": state, "external_id": external_id}
    return list_page(Partners(reading), paging, scope=scope, q=q, **wanted)


@query
def show_reach(reading: Reading, scope: Scope) -> Reach:
    """Show the reach of the programme: its partners at present, by where they are and what they focus on."""
    continents = _counted(reading, scope, "continent")
    return Reach(
        partners=sum(continents.values()),
        continents=continents,
        countries=_counted(reading, scope, "country"),
        scope_levels=_counted(reading, scope, "scope_level"),
        focus_areas=_counted(reading, scope, "focus_areas"),
    )


def _counted(reading: Reading, scope: Scope, by: str) -> dict[str, int]:
    return Partners(reading).counts(by, where={"state": {"$in": sorted(IN_THE_PROGRAMME)}}, scope=scope)


@query
def show_person(reading: Reading, scope: Scope, *, person_id: PersonId) -> Person:
    """Show a person."""
    return People(reading).get(person_id, scope=scope)


@query
def list_people(
    reading: Reading,
    scope: Scope,
    *,
    paging: Paging,
    partner_id: PartnerId | None = None,
    role: Role | None = None,
    state: PersonState | None = None,
    email: Address | None = None,
    external_id: ExternalId | None = None,
    q: Query | None = None,
) -> Page[Person]:
    """List people: of one partner, in one role, in one state, or by name or mail address, however that is spelt."""
    wanted = {"partner_id": partner_id, "role": role, "state": state, "external_id": external_id}
    address = canonical_address(email) if email else None
    return list_page(People(reading), paging, scope=scope, q=q, address=address, **wanted)


@query(needs=EVERY_ORGANISATION)
def show_assessment(
    reading: Reading, scope: Scope, *, partner_id: PartnerId, assessment_id: AssessmentId
) -> Assessment:
    """Show an assessment of a partner."""
    found = Assessments(reading).first({"_id": assessment_id, "partner_id": partner_id}, scope=scope)
    if found is None:
        raise NotFound(f"there is no assessment {assessment_id!r} of partner {partner_id!r}")
    return found


@query(needs=EVERY_ORGANISATION)
def list_assessments(reading: Reading, scope: Scope, *, paging: Paging, partner_id: PartnerId) -> Page[Assessment]:
    """List a partner's assessments, the oldest first."""
    Partners(reading).get(partner_id, scope=scope)
    return list_page(Assessments(reading), paging, scope=scope, partner_id=partner_id)
